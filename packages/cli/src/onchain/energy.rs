//! Energy in kWh or Wh, power in kW or W: exact, with the unit named.

use gridpact_units::{Energy, Power};

use gridpact_units::decimal;
use gridpact_units::decimal::show_trimmed;

/// Decimals of a kWh in mWh.
const KWH: u32 = 6;
/// Decimals of a Wh in mWh.
const WH: u32 = 3;

/// Reads `1.5 kWh`, `250 Wh` or `0.25 Wh` to mWh.
///
/// # Errors
/// Another unit or none, no number, finer than 1 mWh, more than 2^64 mWh.
pub fn parse_energy(text: &str) -> Result<Energy, String> {
    let units = [("kWh", KWH), ("Wh", WH)];
    let energy = parse(text, &units).and_then(|energy| u64::try_from(energy).ok());
    energy.map(Energy).ok_or_else(|| {
        format!("expected energy as `1.5 kWh` or `250 Wh`, not finer than 0.001 Wh, got `{text}`")
    })
}

/// Reads `11 kW` or `4600 W`.
///
/// # Errors
/// Another unit or none, no number, finer than 1 W, more than [`Power::MAX`].
pub fn parse_power(text: &str) -> Result<Power, String> {
    let power = parse(text, &[("kW", 3), ("W", 0)]).and_then(|power| u32::try_from(power).ok());
    power
        .map(Power)
        .filter(|power| *power <= Power::MAX)
        .ok_or_else(|| {
            format!(
                "expected power in whole watts as `11 kW` or `4600 W`, at most {} kW, got `{text}`",
                Power::MAX.0 / 1_000
            )
        })
}

fn parse(text: &str, units: &[(&str, u32)]) -> Option<u128> {
    let (number, scale) = units
        .iter()
        .find_map(|(unit, scale)| Some((text.strip_suffix(unit)?, *scale)))?;
    let number = number.strip_suffix(' ').unwrap_or(number);
    decimal::parse(number, scale).ok()
}

/// `1.5 kWh`, without zeros at the end.
pub fn show_energy(milliwatt_hours: u128) -> String {
    format!("{} kWh", show_trimmed(milliwatt_hours, KWH))
}

/// `4600 W`.
pub fn show_power(power: Power) -> String {
    format!("{} W", power.0)
}
