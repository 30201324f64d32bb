//! Events, each one fact; one a window, never one a household.
//!
//! A reader looks for the keys it knows and passes over others: a later version may add some.

use cosmwasm_std::{Addr, Event, HexBinary};
use gridpact_units::{Amount, EnergyTotal, IntervalIndex, Price, Slot, UnixSeconds};

use super::accounts::CommunityAccount;

/// Name of [`SettlementEvent::AccountsOpened`].
pub const ACCOUNTS_OPENED: &str = "accounts_opened";
/// Name of [`SettlementEvent::Deposited`].
pub const DEPOSITED: &str = "deposited";
/// Name of [`SettlementEvent::Withdrawn`].
pub const WITHDRAWN: &str = "withdrawn";
/// Name of [`SettlementEvent::WindowSettled`].
pub const WINDOW_SETTLED: &str = "window_settled";
/// Name of [`SettlementEvent::WindowFinalised`].
pub const WINDOW_FINALISED: &str = "window_finalised";
/// Name of [`SettlementEvent::Swept`].
pub const SWEPT: &str = "swept";

/// What happened. Each field is an attribute of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a handful a transaction, each turned into an event at once"
)]
pub enum SettlementEvent {
    /// Accounts were opened.
    AccountsOpened {
        /// The roster that they are part of.
        roster_version: u32,
        /// Its first interval.
        from: IntervalIndex,
        /// Slot of the first account.
        first_slot: Slot,
        /// How many.
        count: u32,
    },
    /// Money came into an account.
    Deposited {
        /// The account's slot.
        slot: Slot,
        /// Who paid.
        payer: Addr,
        /// How much.
        amount: Amount,
    },
    /// Money went out to the owner.
    Withdrawn {
        /// The account's slot.
        slot: Slot,
        /// Its owner.
        owner: Addr,
        /// How much.
        amount: Amount,
        /// Whether windows await finality whose time is over, though this made windows final: a withdrawal of everything has
        /// not paid all then. One of what was free already looks at no window.
        more_ended: bool,
    },
    /// A window was settled, provisionally. `debits` = `credits` + `fees` + `rounding`.
    WindowSettled {
        /// First interval.
        first_interval: IntervalIndex,
        /// Number of intervals.
        intervals: u16,
        /// Revision of the report.
        revision: u16,
        /// All exports, each reduced to the meter's part in this grid.
        supply_mwh: EnergyTotal,
        /// All imports, each reduced to the meter's part in this grid.
        demand_mwh: EnergyTotal,
        /// All imports after each was cut to what its account could still pay. Where it is the demand, balances played no part: the
        /// report alone says what everybody pays and gets.
        payable_mwh: EnergyTotal,
        /// Energy bought, which is what was sold.
        traded_mwh: EnergyTotal,
        /// Demand that the price rule counted: what the accounts could pay at the rule's highest price after the window so far,
        /// summed over its intervals. Under a rule whose price depends on no demand, what they could pay at the price.
        counted_mwh: EnergyTotal,
        /// Sum of the debits.
        debits: Amount,
        /// Sum of the credits.
        credits: Amount,
        /// Sum of the fees.
        fees: Amount,
        /// What rounding left.
        rounding: Amount,
        /// Lowest price at which something was traded; 0 where nothing was.
        lowest_price: Price,
        /// Highest price at which something was traded; 0 where nothing was.
        highest_price: Price,
        /// When the window becomes final.
        final_at: UnixSeconds,
        /// SHA-256 of the free balances it was settled with, by seat: `archive::balances_hash` of `gridpact-report`.
        balances: [u8; 32],
        /// SHA-256 of what every seat pays and gets: `archive::results_hash` of `gridpact-report`.
        results: [u8; 32],
    },
    /// A window became final and its results moved into the accounts.
    WindowFinalised {
        /// First interval.
        first_interval: IntervalIndex,
        /// Sum of the credits that became free.
        credits: Amount,
    },
    /// Community money was paid out.
    Swept {
        /// `rounding`, or the fee's number.
        account: CommunityAccount,
        /// Who was paid: an account, the escrow of a project, or the account that stands for a project which is over.
        payee: String,
        /// How much.
        amount: Amount,
    },
}

impl From<SettlementEvent> for Event {
    fn from(event: SettlementEvent) -> Self {
        match event {
            SettlementEvent::AccountsOpened {
                roster_version,
                from,
                first_slot,
                count,
            } => Self::new(ACCOUNTS_OPENED)
                .add_attribute("roster_version", roster_version.to_string())
                .add_attribute("from", from.to_string())
                .add_attribute("first_slot", first_slot.to_string())
                .add_attribute("count", count.to_string()),
            SettlementEvent::Deposited { slot, payer, amount } => Self::new(DEPOSITED)
                .add_attribute("slot", slot.to_string())
                .add_attribute("payer", payer)
                .add_attribute("amount", amount.to_string()),
            SettlementEvent::Withdrawn {
                slot,
                owner,
                amount,
                more_ended,
            } => Self::new(WITHDRAWN)
                .add_attribute("slot", slot.to_string())
                .add_attribute("owner", owner)
                .add_attribute("amount", amount.to_string())
                .add_attribute("more_ended", more_ended.to_string()),
            SettlementEvent::WindowSettled {
                first_interval,
                intervals,
                revision,
                supply_mwh,
                demand_mwh,
                payable_mwh,
                traded_mwh,
                counted_mwh,
                debits,
                credits,
                fees,
                rounding,
                lowest_price,
                highest_price,
                final_at,
                balances,
                results,
            } => Self::new(WINDOW_SETTLED)
                .add_attribute("first_interval", first_interval.to_string())
                .add_attribute("intervals", intervals.to_string())
                .add_attribute("revision", revision.to_string())
                .add_attribute("supply_mwh", supply_mwh.to_string())
                .add_attribute("demand_mwh", demand_mwh.to_string())
                .add_attribute("payable_mwh", payable_mwh.to_string())
                .add_attribute("traded_mwh", traded_mwh.to_string())
                .add_attribute("counted_mwh", counted_mwh.to_string())
                .add_attribute("debits", debits.to_string())
                .add_attribute("credits", credits.to_string())
                .add_attribute("fees", fees.to_string())
                .add_attribute("rounding", rounding.to_string())
                .add_attribute("lowest_price", lowest_price.to_string())
                .add_attribute("highest_price", highest_price.to_string())
                .add_attribute("final_at", final_at.to_string())
                .add_attribute("balances", HexBinary::from(&balances).to_hex())
                .add_attribute("results", HexBinary::from(&results).to_hex()),
            SettlementEvent::WindowFinalised {
                first_interval,
                credits,
            } => Self::new(WINDOW_FINALISED)
                .add_attribute("first_interval", first_interval.to_string())
                .add_attribute("credits", credits.to_string()),
            SettlementEvent::Swept {
                account,
                payee,
                amount,
            } => Self::new(SWEPT)
                .add_attribute("account", account.to_string())
                .add_attribute("payee", payee)
                .add_attribute("amount", amount.to_string()),
        }
    }
}
