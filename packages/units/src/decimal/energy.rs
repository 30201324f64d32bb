//! Energy in kWh or Wh, power in kW or W: exact, with the unit named.

use core::fmt;

use super::{parse, show_trimmed};
use crate::{Energy, Power};

/// Decimals of a kWh in mWh.
pub const KILOWATT_HOUR_DECIMALS: u32 = 6;

/// Decimals of a Wh in mWh.
const WATT_HOUR_DECIMALS: u32 = 3;

/// A text that is no energy with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEnergy {
    /// The text.
    pub got: String,
}

impl fmt::Display for NotEnergy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected energy as `1.5 kWh` or `250 Wh`, not finer than 0.001 Wh, got `{}`",
            self.got
        )
    }
}

impl core::error::Error for NotEnergy {}

/// A text that is no power with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPower {
    /// The text.
    pub got: String,
}

impl fmt::Display for NotPower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected power in whole watts as `11 kW` or `4600 W`, at most {} kW, got `{}`",
            Power::MAX.0 / 1_000,
            self.got
        )
    }
}

impl core::error::Error for NotPower {}

/// Reads `1.5 kWh`, `250 Wh` or `0.25 Wh`.
///
/// # Errors
/// Another unit or none, no number, finer than 1 mWh, more than 2^64 mWh.
pub fn parse_energy(text: &str) -> Result<Energy, NotEnergy> {
    let units = [("kWh", KILOWATT_HOUR_DECIMALS), ("Wh", WATT_HOUR_DECIMALS)];
    let energy = with_unit(text, &units).and_then(|energy| u64::try_from(energy).ok());
    energy
        .map(Energy)
        .ok_or_else(|| NotEnergy { got: text.to_owned() })
}

/// Reads `11 kW` or `4600 W`.
///
/// # Errors
/// Another unit or none, no number, finer than 1 W, more than [`Power::MAX`].
pub fn parse_power(text: &str) -> Result<Power, NotPower> {
    let power = with_unit(text, &[("kW", 3), ("W", 0)]).and_then(|power| u32::try_from(power).ok());
    power
        .map(Power)
        .filter(|power| *power <= Power::MAX)
        .ok_or_else(|| NotPower { got: text.to_owned() })
}

/// A number before one of these units, the first that fits; at most one blank stands between.
fn with_unit(text: &str, units: &[(&str, u32)]) -> Option<u128> {
    let (number, scale) = units
        .iter()
        .find_map(|(unit, scale)| Some((text.strip_suffix(unit)?, *scale)))?;
    parse(number.strip_suffix(' ').unwrap_or(number), scale).ok()
}

/// mWh as `1.5 kWh`, without zeros at the end.
pub fn show_energy(milliwatt_hours: u128) -> String {
    format!("{} kWh", show_trimmed(milliwatt_hours, KILOWATT_HOUR_DECIMALS))
}

/// `4600 W`.
pub fn show_power(power: Power) -> String {
    format!("{} W", power.0)
}
