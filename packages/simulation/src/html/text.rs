//! Figures and moments as people read them.

use core::fmt::Display;

use gridpact_units::decimal::show_rounded;
use gridpact_units::{Amount, EnergyTotal, Price};

use crate::run::Currency;
use crate::sums::signed;

/// Decimals of 1 kWh in mWh.
const KWH_SCALE: u32 = 6;
/// Decimals that a value (mWh x base units per MWh) has beyond base units.
const VALUE_SCALE: u32 = 9;

/// Text safe inside an element or a quoted attribute: names come from files.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// `1,234.5 kWh`, from mWh.
pub fn kwh(milliwatt_hours: u128) -> String {
    let decimals = match milliwatt_hours {
        100_000_000.. => 0,
        1_000_000.. => 1,
        _ => 3,
    };
    format!(
        "{} kWh",
        show_rounded(signed(milliwatt_hours), KWH_SCALE, decimals)
    )
}

/// A total of energy in kWh.
pub fn energy(total: EnergyTotal) -> String {
    kwh(total.milliwatt_hours())
}

/// `12.34 EUR`, from base units; a loss has a minus.
pub fn money(base_units: i128, currency: &Currency) -> String {
    let scale = currency.scale();
    format!(
        "{} {}",
        show_rounded(base_units, scale, scale.min(2)),
        escape(&currency.name)
    )
}

/// Unsigned base units as [`money`].
pub fn amount(amount: Amount, currency: &Currency) -> String {
    money(signed(amount.base_units()), currency)
}

/// What energy costs at a price before anything is rounded, to four decimals of the main unit.
pub fn exact_value(milliwatt_hours: u64, price: Price, currency: &Currency) -> String {
    let value = signed(price.0.saturating_mul(u128::from(milliwatt_hours)));
    let scale = currency.scale().saturating_add(VALUE_SCALE);
    format!("{} {}", show_rounded(value, scale, 4), escape(&currency.name))
}

/// `0.2450 EUR/kWh`, from base units per MWh.
pub fn price(price: Price, currency: &Currency) -> String {
    format!(
        "{} {}/kWh",
        show_rounded(signed(price.0), currency.price_scale(), 4),
        escape(&currency.name)
    )
}

/// `41.3 %`; 0 where there is no whole.
pub fn percent(part: u128, whole: u128) -> String {
    let per_mille = part.saturating_mul(1_000).checked_div(whole).unwrap_or_default();
    format!("{} %", show_rounded(signed(per_mille), 1, 1))
}

/// `Mon 4 Jul 2016, 13:15`, local to the offset.
pub fn moment(unix_seconds: u64, utc_offset: i32) -> String {
    local(unix_seconds, utc_offset, "%a %-d %b %Y, %H:%M")
}

/// `Mon 4 Jul`, local to the offset.
pub fn date(unix_seconds: u64, utc_offset: i32) -> String {
    local(unix_seconds, utc_offset, "%a %-d %b")
}

fn local(unix_seconds: u64, utc_offset: i32, format: &str) -> String {
    let shifted = i64::try_from(unix_seconds)
        .unwrap_or(i64::MAX)
        .saturating_add(i64::from(utc_offset));
    jiff::Timestamp::from_second(shifted)
        .map_or_else(|_| unix_seconds.to_string(), |at| at.strftime(format).to_string())
}

/// `1,234,567`.
pub fn whole(number: u128) -> String {
    show_rounded(signed(number), 0, 0)
}

/// `1 home`, `3 homes`.
pub fn count(number: impl Display, noun: &str) -> String {
    let number = number.to_string();
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
