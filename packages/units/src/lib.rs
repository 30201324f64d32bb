//! Energy, money, price and time as integers, with the unit in the type, so that a wrong unit does not compile.
//!
//! Nothing here knows a chain, a clock or a float. Sums that could overflow are `checked_` and say so.

pub mod decimal;
mod decimal_string;
mod energy;
mod money;
mod reading;
mod time;

pub use energy::{Energy, EnergyTotal, Power};
pub use money::{Amount, BasisPoints, Ppm, Price, Value, MAX_PRICE, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};
pub use reading::{Quality, Reading, UnknownQuality};
pub use time::{IntervalIndex, IntervalLength, InvalidIntervalLength, Seat, Seconds, Slot, UnixSeconds};
