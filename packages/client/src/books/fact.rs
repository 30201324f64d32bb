//! What the grid's two contracts told of a transaction, read from their events.

use core::str::FromStr;

use gridpact_types::registry::events as registry;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::events as settlement;
use gridpact_units::{Amount, IntervalIndex, Price, Slot, UnixSeconds};

use super::error::Cause;
use crate::ChainEvent;

/// What kinds of events contracts make begin with.
const OF_CONTRACTS: &str = "wasm-";

/// One event of the registry or the settlement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "one is read, used and dropped before the next"
)]
pub(super) enum Fact {
    Proposed {
        proposal: u64,
    },
    Admitted {
        roster_version: u32,
        from: IntervalIndex,
        first_slot: Slot,
        count: usize,
    },
    Gone {
        proposal: u64,
        household: u32,
    },
    Accepted {
        first_interval: IntervalIndex,
        digest: String,
    },
    Known {
        digest: String,
    },
    GapClosed {
        first_interval: IntervalIndex,
        intervals: u64,
    },
    NoGap,
    Deposited {
        slot: Slot,
        amount: Amount,
    },
    Withdrawn {
        slot: Slot,
        amount: Amount,
    },
    Settled(SettledFact),
    Finalised {
        first_interval: IntervalIndex,
        credits: Amount,
    },
    Swept {
        account: CommunityAccount,
        amount: Amount,
    },
}

/// What the settlement told of a window that it settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SettledFact {
    pub first_interval: IntervalIndex,
    pub supply_milliwatt_hours: u128,
    pub demand_milliwatt_hours: u128,
    pub payable_milliwatt_hours: u128,
    pub traded_milliwatt_hours: u128,
    pub counted_milliwatt_hours: u128,
    pub debits: Amount,
    pub credits: Amount,
    pub fees: Amount,
    pub rounding: Amount,
    pub lowest_price: Price,
    pub highest_price: Price,
    pub final_at: UnixSeconds,
    /// Hashes, in hex.
    pub balances: String,
    pub results: String,
}

impl Fact {
    /// Reads an event; `None` where another contract made it, or where the books do not follow from it.
    ///
    /// # Errors
    /// An event of the grid's contracts that this program does not know: its books would miss something.
    pub fn read(event: &ChainEvent, contracts: [&str; 2]) -> Result<Option<Self>, Cause> {
        let Some(kind) = event.kind.strip_prefix(OF_CONTRACTS) else {
            return Ok(None);
        };
        let event = Attributes(event);
        // The chain itself writes who made it; a contract cannot.
        let made_by = event.text("_contract_address")?;
        if !contracts.contains(&made_by) {
            return Ok(None);
        }
        Ok(Some(match kind {
            registry::METER_PROPOSED => Self::Proposed {
                proposal: event.number("proposal")?,
            },
            registry::METERS_ADMITTED => Self::Admitted {
                roster_version: event.number("roster_version")?,
                from: IntervalIndex(event.number("from")?),
                first_slot: Slot(event.number("first_slot")?),
                count: event.number("count")?,
            },
            registry::PROPOSAL_GONE => Self::Gone {
                proposal: event.number("proposal")?,
                household: event.number("household")?,
            },
            registry::REPORT_ACCEPTED => Self::Accepted {
                first_interval: IntervalIndex(event.number("first_interval")?),
                digest: event.text("digest")?.to_owned(),
            },
            registry::REPORT_KNOWN => Self::Known {
                digest: event.text("digest")?.to_owned(),
            },
            registry::GAP_CLOSED => Self::GapClosed {
                first_interval: IntervalIndex(event.number("first_interval")?),
                intervals: event.number("intervals")?,
            },
            registry::NO_GAP => Self::NoGap,
            settlement::DEPOSITED => Self::Deposited {
                slot: Slot(event.number("slot")?),
                amount: event.number("amount")?,
            },
            settlement::WITHDRAWN => Self::Withdrawn {
                slot: Slot(event.number("slot")?),
                amount: event.number("amount")?,
            },
            settlement::WINDOW_SETTLED => Self::Settled(SettledFact {
                first_interval: IntervalIndex(event.number("first_interval")?),
                supply_milliwatt_hours: event.number("supply_mwh")?,
                demand_milliwatt_hours: event.number("demand_mwh")?,
                payable_milliwatt_hours: event.number("payable_mwh")?,
                traded_milliwatt_hours: event.number("traded_mwh")?,
                counted_milliwatt_hours: event.number("counted_mwh")?,
                debits: event.number("debits")?,
                credits: event.number("credits")?,
                fees: event.number("fees")?,
                rounding: event.number("rounding")?,
                lowest_price: event.number("lowest_price")?,
                highest_price: event.number("highest_price")?,
                final_at: UnixSeconds(event.number("final_at")?),
                balances: event.text("balances")?.to_owned(),
                results: event.text("results")?.to_owned(),
            }),
            settlement::WINDOW_FINALISED => Self::Finalised {
                first_interval: IntervalIndex(event.number("first_interval")?),
                credits: event.number("credits")?,
            },
            settlement::SWEPT => Self::Swept {
                account: event.number("account")?,
                amount: event.number("amount")?,
            },
            registry::PROPOSAL_DROPPED
            | registry::GRID_CREATED
            | registry::OWNERSHIP_UPDATED
            | settlement::ACCOUNTS_OPENED => return Ok(None),
            other => {
                return Err(Cause::UnknownEvent {
                    kind: other.to_owned(),
                });
            }
        }))
    }

    /// What a person calls it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Proposed { .. } => registry::METER_PROPOSED,
            Self::Admitted { .. } => registry::METERS_ADMITTED,
            Self::Gone { .. } => registry::PROPOSAL_GONE,
            Self::Accepted { .. } => registry::REPORT_ACCEPTED,
            Self::Known { .. } => registry::REPORT_KNOWN,
            Self::GapClosed { .. } => registry::GAP_CLOSED,
            Self::NoGap => registry::NO_GAP,
            Self::Deposited { .. } => settlement::DEPOSITED,
            Self::Withdrawn { .. } => settlement::WITHDRAWN,
            Self::Settled(_) => settlement::WINDOW_SETTLED,
            Self::Finalised { .. } => settlement::WINDOW_FINALISED,
            Self::Swept { .. } => settlement::SWEPT,
        }
    }
}

/// The attributes of an event, by the keys that its contract documents.
struct Attributes<'a>(&'a ChainEvent);

impl<'a> Attributes<'a> {
    fn text(&self, key: &str) -> Result<&'a str, Cause> {
        let found = self.0.attributes.iter().find(|(name, _)| name == key);
        found
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| Cause::Attribute {
                event: self.0.kind.clone(),
                key: key.to_owned(),
                got: "none".to_owned(),
            })
    }

    fn number<N: FromStr>(&self, key: &str) -> Result<N, Cause> {
        let text = self.text(key)?;
        text.parse().map_err(|_| Cause::Attribute {
            event: self.0.kind.clone(),
            key: key.to_owned(),
            got: text.to_owned(),
        })
    }
}
