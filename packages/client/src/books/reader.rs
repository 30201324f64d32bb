use std::collections::BTreeMap;

use gridpact_replay::{Effect, Event, FeeId, GridTerms, Meter, Replay};
use gridpact_types::asset::Asset;
use gridpact_types::registry::events::METERS_ADMITTED;
use gridpact_units::{IntervalIndex, Slot, UnixSeconds};

use super::call::Addresses;
use super::compared::Compared;
use super::conversion::Conversion;
use super::error::Cause;
use super::step::{Step, ToReplay};
use super::told;
use crate::Transaction;

/// What a grid was made with.
#[derive(Clone, Debug, PartialEq)]
pub struct Founding {
    /// What its books follow from.
    pub terms: GridTerms,
    /// Address of its settlement.
    pub settlement: String,
    /// Its money.
    pub asset: Asset,
    /// Names of its fees, by their numbers.
    pub fees: BTreeMap<FeeId, String>,
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Transactions that did something to the grid's books.
    pub transactions: u64,
    /// What they did.
    pub events: u64,
    /// How much of it stands in no message, so that the contracts were believed.
    pub believed: u64,
}

/// A grid's books from transactions, whoever reads them and however: the conversion into events, and their replay.
///
/// Every message to the registry or the settlement, and every token sent to the settlement, must have its event among
/// those of the two contracts; also messages on behalf of others (authz). What another contract asked of the grid stands in
/// no message: deposits, withdrawals, sweeps, finality and gaps are then taken from the contracts' events, and meters must
/// be [learnt](BooksReader::learn); [`Counts::believed`] says how often. A report's bytes stand in its message alone: one
/// that another contract carried is an error. What a chain does outside of transactions (a proposal of its governance that
/// calls the grid) is missed, and shows as a difference.
///
/// Nothing else is believed: results, finality and balances are recomputed, and compared with what the contracts told of
/// every event.
#[derive(Clone, Debug)]
pub struct BooksReader {
    conversion: Conversion,
    replay: Replay,
    fees: BTreeMap<FeeId, String>,
    learnt: BTreeMap<Slot, Meter>,
    counts: Counts,
    differences: Vec<Compared>,
}

impl BooksReader {
    /// A grid that was just made.
    ///
    /// # Errors
    /// A policy or a committee that cannot be.
    pub fn new(founding: Founding) -> Result<Self, Cause> {
        Ok(Self {
            replay: Replay::new(founding.terms.clone())?,
            conversion: Conversion {
                grid: Addresses {
                    registry: founding.terms.registry.clone(),
                    settlement: founding.settlement,
                    asset: founding.asset,
                },
                terms: founding.terms,
                proposed: BTreeMap::new(),
                households: 0,
            },
            fees: founding.fees,
            learnt: BTreeMap::new(),
            counts: Counts::default(),
            differences: Vec::new(),
        })
    }

    /// The next transaction, in a block of this time. Transactions that failed, or did nothing to the grid, do nothing
    /// here. `each` sees every event and its effect.
    ///
    /// # Errors
    /// What cannot have happened under the grid's rules, or does not tell enough. Nothing can be read afterwards.
    pub fn read(
        &mut self,
        time: UnixSeconds,
        transaction: &Transaction,
        mut each: impl FnMut(&Event, &Effect),
    ) -> Result<(), Cause> {
        if transaction.code != 0 {
            return Ok(());
        }
        let steps = self.conversion.transaction(transaction)?;
        self.counts.transactions = self
            .counts
            .transactions
            .saturating_add((!steps.is_empty()).into());
        for Step {
            to_replay,
            told,
            in_message,
        } in steps
        {
            let event = self.event(to_replay)?;
            let effect = self.replay.apply(time, &event)?;
            self.counts.events = self.counts.events.saturating_add(1);
            self.counts.believed = self.counts.believed.saturating_add((!in_message).into());
            for difference in told::differences(&effect, &told) {
                let what = format!("transaction {}: {}", transaction.hash, difference.what);
                self.differences.push(Compared { what, ..difference });
            }
            each(&event, &effect);
        }
        Ok(())
    }

    /// The slots of meters that a transaction admits and whose terms stand in no message so far: they must be learnt
    /// before it is read.
    ///
    /// # Errors
    /// As [`BooksReader::read`].
    pub fn hidden_meters(&self, transaction: &Transaction) -> Result<Vec<Slot>, Cause> {
        let admits = |kind: &str| kind.strip_prefix("wasm-") == Some(METERS_ADMITTED);
        if transaction.code != 0 || !transaction.events.iter().any(|event| admits(&event.kind)) {
            return Ok(Vec::new());
        }
        let steps = self.conversion.clone().transaction(transaction)?;
        let hidden = steps.into_iter().filter_map(|step| match step.to_replay {
            ToReplay::Meters {
                first_slot, count, ..
            } => Some((first_slot.0..).take(count).map(Slot)),
            ToReplay::Event(_) => None,
        });
        Ok(hidden.flatten().collect())
    }

    /// A meter as the registry tells it.
    pub fn learn(&mut self, meter: Meter) {
        self.learnt.insert(meter.slot, meter);
    }

    /// The books, and what led to them.
    pub fn replay(&self) -> &Replay {
        &self.replay
    }

    /// Names of the fees, by their numbers.
    pub fn fees(&self) -> &BTreeMap<FeeId, String> {
        &self.fees
    }

    /// The grid's money.
    pub fn asset(&self) -> &Asset {
        &self.conversion.grid.asset
    }

    /// How much was read.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What the contracts told of events, where it is not what they come to.
    pub fn differences(&self) -> &[Compared] {
        &self.differences
    }

    fn event(&mut self, to_replay: ToReplay) -> Result<Event, Cause> {
        match to_replay {
            ToReplay::Event(event) => Ok(event),
            ToReplay::Meters {
                roster_version,
                from,
                first_slot,
                count,
            } => self.meters(roster_version, from, first_slot, count),
        }
    }

    fn meters(
        &mut self,
        roster_version: u32,
        from: IntervalIndex,
        first_slot: Slot,
        count: usize,
    ) -> Result<Event, Cause> {
        let mut meters = Vec::new();
        for slot in (first_slot.0..).take(count).map(Slot) {
            let meter = self.learnt.remove(&slot).ok_or(Cause::HiddenMeter { slot })?;
            self.conversion.found(meter.household);
            meters.push(meter);
        }
        Ok(Event::MetersAdmitted {
            roster_version,
            from,
            meters,
        })
    }
}
