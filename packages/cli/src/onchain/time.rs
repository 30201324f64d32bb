//! Moments and days as people state them, lengths of time as `14d`.

use core::fmt::Write;

use gridpact_readings::rfc3339;
use gridpact_units::{Seconds, UnixSeconds};

/// `2026-12-01T00:00:00Z`.
pub use rfc3339::show;

/// A moment as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// This very second.
    At(UnixSeconds),
    /// So long after the chain's last block.
    After(Seconds),
}

impl Moment {
    /// The second meant, where the chain's last block has the time `now`.
    pub fn from(self, now: UnixSeconds) -> UnixSeconds {
        match self {
            Self::At(time) => time,
            Self::After(wait) => now.plus(wait),
        }
    }
}

/// Reads `2026-12-01T00:00Z`, `2026-12-01T01:00+01:00`, `2026-12-01` (midnight UTC) or `+14d` (counted from the chain's last
/// block). As a clap value parser: no time zone is ever guessed.
///
/// # Errors
/// Anything else, a time before 1970, a part of a second.
pub fn parse_moment(text: &str) -> Result<Moment, String> {
    if let Some(wait) = text.strip_prefix('+') {
        return parse_duration(wait).map(Moment::After);
    }
    parse_time(text).map(Moment::At)
}

/// Reads a moment that stands for itself: as [`parse_moment`], without `+14d`.
///
/// # Errors
/// Anything else, a time before 1970, a part of a second.
pub fn parse_time(text: &str) -> Result<UnixSeconds, String> {
    let time = match rfc3339::parse_day(text) {
        Some(day) => rfc3339::parse(&format!("{day}T00:00Z")),
        None => rfc3339::parse(text),
    };
    time.map_err(|_| {
        format!(
            "expected a time with its zone as 2026-12-01T00:00Z or a day (UTC) as 2026-12-01, got `{text}`"
        )
    })
}

/// The units of a length of time, longest first.
const UNITS: [(char, u64); 5] = [('w', 604_800), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Reads `14d`, `6h`, `90m`, `30s`, `2w` or several as `1d12h`, longest first. The unit is always named.
///
/// # Errors
/// Anything else, and more seconds than 2^64.
pub fn parse_duration(text: &str) -> Result<Seconds, String> {
    let expected = || {
        format!("expected a length of time as 14d, 6h, 90m, 30s, 2w or 1d12h (weeks, days, hours, minutes, seconds), got `{text}`")
    };
    let mut rest = text;
    let mut units = UNITS.iter();
    let mut total: u64 = 0;
    if text.is_empty() {
        return Err(expected());
    }
    while !rest.is_empty() {
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit())
            .ok_or_else(expected)?;
        let (digits, tail) = rest.split_at(end);
        let count: u64 = digits.parse().map_err(|_| expected())?;
        // Every unit at most once, and in order: `1m1d` is more likely a slip than a wish.
        let (unit, seconds) = units
            .find(|(unit, _)| tail.starts_with(*unit))
            .ok_or_else(expected)?;
        let part = count.checked_mul(*seconds);
        total = part
            .and_then(|part| total.checked_add(part))
            .ok_or_else(expected)?;
        rest = tail.strip_prefix(*unit).unwrap_or_default();
    }
    Ok(Seconds(total))
}

/// `1d12h`: reads back as the same length. Weeks are shown as days.
pub fn show_duration(length: Seconds) -> String {
    let mut text = String::new();
    let mut rest = length.0;
    for (unit, seconds) in UNITS.iter().filter(|(unit, _)| *unit != 'w') {
        let count = rest.checked_div(*seconds).unwrap_or_default();
        rest = rest.saturating_sub(count.saturating_mul(*seconds));
        if count > 0 {
            // Writing to a String cannot fail.
            let _ = write!(text, "{count}{unit}");
        }
    }
    if text.is_empty() {
        text.push_str("0s");
    }
    text
}
