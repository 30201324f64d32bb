//! How one grid shares its surplus and what it costs: allocation rules, price rules and the settlement of one window.
//!
//! Pure: no chain, no clock, no float, no I/O. The energy-settlement contract, the browser and the command line run the
//! same code, so anybody can recompute from the chain's transactions what the contract computed.
//!
//! Two homes, one with 3 kWh to give and two that need 2 kWh each, one of which can pay for 0.5 kWh only:
//!
//! ```
//! use gridpact_market::{
//!     settle_window, Account, AllocationRule, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, Terms,
//! };
//! use gridpact_units::{Amount, Energy, EnergyTotal, IntervalIndex, IntervalLength, Price, Reading, Seconds, Slot};
//!
//! let policy = Policy {
//!     interval_length: IntervalLength::QUARTER_HOUR,
//!     buyers: AllocationRule::Even,
//!     sellers: AllocationRule::ProRata,
//!     price: PriceRule::Fixed { price: Price(200_000) }, // 0.20 a kWh, in thousandths of a cent
//!     tariff: Tariff::NONE,
//!     fees: vec![],
//!     rounding: RoundingRule::LARGEST_REMAINDER,
//!     withdrawal_notice: Seconds(0),
//!     own_injection: OwnInjection::Excluded,
//! };
//! policy.validate()?;
//!
//! let account = |slot, free| Account::new(Slot(slot), Terms::of_household(slot), Amount(free));
//! let accounts = [account(0, 0), account(1, 100), account(2, 1_000)];
//! let readings = [
//!     Reading::measured(Energy::ZERO, Energy(3_000_000)),
//!     Reading::measured(Energy(2_000_000), Energy::ZERO),
//!     Reading::measured(Energy(2_000_000), Energy::ZERO),
//! ];
//!
//! let outcome = settle_window(&policy, &accounts, IntervalIndex(1_958_400), &readings)?;
//! assert_eq!(outcome.results[1].bought, EnergyTotal(500_000)); // what 100 pays for
//! assert_eq!(outcome.results[2].bought, EnergyTotal(2_000_000)); // all it needs, not 1.5 kWh
//! assert_eq!(outcome.results[0].sold, EnergyTotal(2_500_000));
//! assert_eq!(outcome.results[0].credit, Amount(500));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bill;
mod bounds;
mod concerns;
mod divide;
mod error;
mod fee;
mod names;
mod order;
mod outcome;
mod own;
mod participant;
mod policy;
mod price;
mod rounding;
mod settle;
mod side;
mod tariff;
mod trade;
mod window;

pub use bounds::{
    MAX_FEES, MAX_FREE, MAX_READING, MAX_READINGS, MAX_TARIFF_BANDS, MAX_TARIFF_TABLES, MAX_UTC_OFFSETS,
    MAX_UTC_OFFSET_MINUTES, MAX_WEIGHT, MINUTES_PER_DAY, MIN_UTC_OFFSET_MINUTES,
};
pub use concerns::Concern;
pub use error::{PolicyError, SettleError};
pub use fee::{Fee, FeeAmount, FeeId, FeeKind};
pub use names::UnknownRule;
pub use outcome::{Community, IntervalOutcome, SeatResult, Totals, WindowOutcome};
pub use participant::{Account, Terms, TermsError};
pub use policy::{AllocationRule, OwnInjection, Policy, PriceRule};
pub use rounding::RoundingRule;
pub use settle::WindowSettlement;
pub use tariff::{Tariff, TariffBand, TariffTable, UtcOffset};
pub use window::settle_window;
