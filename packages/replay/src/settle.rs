//! Windows: settled, held, final.

use gridpact_market::{IntervalOutcome, WindowOutcome, WindowSettlement};
use gridpact_units::{IntervalIndex, Price, Reading, Slot, UnixSeconds};

use crate::accounts::Accounts;
use crate::books::{accounts, Books};
use crate::community::{add, Community};
use crate::error::EventError;
use crate::held::{HeldSeat, HeldWindow, Window};

/// Windows that a report makes final on the way, before it is settled.
pub const FINALISED_A_REPORT: usize = 4;

/// What a report came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The window.
    pub window: Window,
    /// The slot in every seat: `outcome.results` has the same order.
    pub slots: Vec<Slot>,
    /// What every seat bought, sold, pays and gets.
    pub outcome: WindowOutcome,
    /// The price of every interval, in order.
    pub prices: Vec<Price>,
    /// The windows that became final on the way, in this order.
    pub finalised: Vec<HeldWindow>,
}

/// Balances as they are once the first ended windows are final.
struct Finality {
    ended: Vec<(UnixSeconds, IntervalIndex)>,
    free: Accounts,
    community: Community,
}

impl Books {
    /// Makes windows final whose time is over, at most so many, the earliest end first; returns them.
    ///
    /// # Errors
    /// Amounts that do not fit, which no grid comes near.
    pub fn finalise(&mut self, now: UnixSeconds, limit: usize) -> Result<Vec<HeldWindow>, EventError> {
        let finality = self.finality(now, limit)?;
        Ok(self.write(finality))
    }

    /// Settles a window under its own roster: readings interval by interval, one a seat. First up to
    /// [`FINALISED_A_REPORT`] windows whose time is over become final, so that their credits pay. `each` sees every
    /// interval.
    ///
    /// # Errors
    /// No such roster, a number of readings other than seats x intervals, a window that is held already, what
    /// `gridpact-market` refuses.
    pub fn settle(
        &mut self,
        now: UnixSeconds,
        window: Window,
        readings: &[Reading],
        mut each: impl FnMut(&IntervalOutcome<'_>),
    ) -> Result<Settled, EventError> {
        let (first_interval, got) = (window.first_interval, window.roster_version);
        if self.held.keys().any(|(_, held)| *held == first_interval) {
            return Err(EventError::WindowHeld { first_interval });
        }
        let roster = self.rosters.get(&got).ok_or(EventError::UnknownRoster { got })?;
        let expected = roster.len().saturating_mul(window.intervals.into());
        if readings.len() != expected {
            return Err(EventError::Readings {
                expected,
                got: readings.len(),
            });
        }
        let mut finality = self.finality(now, FINALISED_A_REPORT)?;
        let accounts = accounts(roster, &finality.free);
        let mut settlement = WindowSettlement::new(&self.policy, &accounts);
        let mut prices = Vec::with_capacity(window.intervals.into());
        let mut index = first_interval;
        for readings in readings.chunks_exact(accounts.len().max(1)) {
            let interval = settlement.interval(index, readings)?;
            prices.push(interval.price);
            each(&interval);
            index = index.plus(1);
        }
        let outcome = settlement.finish()?;
        let slots: Vec<Slot> = accounts.iter().map(|account| account.slot).collect();
        let held = hold(window, &slots, &outcome);
        for seat in &held.seats {
            debit(&mut finality.free, seat)?;
        }
        let finalised = self.write(finality);
        self.held.insert((window.final_at, first_interval), held);
        Ok(Settled {
            window,
            slots,
            outcome,
            prices,
            finalised,
        })
    }

    /// What there would be; nothing is written yet.
    fn finality(&self, now: UnixSeconds, limit: usize) -> Result<Finality, EventError> {
        let over = ..=(now, IntervalIndex(u64::MAX));
        let mut finality = Finality {
            ended: Vec::new(),
            free: self.free.clone(),
            community: self.community.clone(),
        };
        for (end, window) in self.held.range(over).take(limit) {
            for HeldSeat { slot, credit, .. } in &window.seats {
                let free = finality.free.get_mut(*slot)?;
                *free = add(*free, *credit, "free balance")?;
            }
            finality.community.add(&window.community)?;
            finality.ended.push(*end);
        }
        Ok(finality)
    }

    fn write(&mut self, finality: Finality) -> Vec<HeldWindow> {
        self.free = finality.free;
        self.community = finality.community;
        let held = &mut self.held;
        finality.ended.iter().filter_map(|end| held.remove(end)).collect()
    }
}

fn hold(window: Window, slots: &[Slot], outcome: &WindowOutcome) -> HeldWindow {
    let seats = slots.iter().zip(&outcome.results).map(|(slot, result)| HeldSeat {
        slot: *slot,
        debit: result.debit,
        credit: result.credit,
    });
    HeldWindow {
        window,
        seats: seats.collect(),
        community: Community::of_window(outcome.community.rounding, &outcome.community.fees),
    }
}

/// `gridpact-market` lets nobody spend more than is free.
fn debit(free: &mut Accounts, seat: &HeldSeat) -> Result<(), EventError> {
    let HeldSeat { slot, debit, .. } = *seat;
    let free = free.get_mut(slot)?;
    *free = free.checked_sub(debit).ok_or(EventError::InsufficientFree {
        slot,
        free: *free,
        got: debit,
    })?;
    Ok(())
}
