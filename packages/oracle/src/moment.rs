//! Moments as meters and gateways write them.

use gridpact_readings::clock::Zone;
use gridpact_units::UnixSeconds;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::Timestamp;

/// Later numbers are milliseconds: as seconds they would lie 3,000 years ahead.
const MILLISECONDS_FROM: u64 = 100_000_000_000;

/// A text that is no moment, or that could be two.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMoment {
    /// Something else.
    #[error("expected a time as 2026-12-01T00:00:00Z or unix seconds, got `{0}`")]
    Shape(String),
    /// A local time that the clock never showed, as in the hour that is left out in spring.
    #[error("expected a time that the local clock shows, got `{0}`")]
    Never(String),
    /// A local time that the clock showed twice, as in the doubled hour in autumn.
    #[error("expected a time that says its zone, or one that the local clock shows once, got `{0}`")]
    Twice(String),
}

/// Reads a moment: RFC 3339, a local time of `zone`, or unix seconds or milliseconds. Parts of a second are cut.
///
/// # Errors
/// Something else; a local time that never was, or was twice.
pub fn parse(text: &str, zone: Zone) -> Result<UnixSeconds, NotMoment> {
    let shown = || text.chars().take(48).collect::<String>();
    let shape = || NotMoment::Shape(shown());
    if text.starts_with(|first: char| first.is_ascii_digit()) && !text.contains(['-', ':']) {
        let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
        let number: u64 = whole.parse().map_err(|_| shape())?;
        return Ok(UnixSeconds(match number {
            MILLISECONDS_FROM.. => number.div_euclid(1_000),
            seconds => seconds,
        }));
    }
    // The parser takes names of zones in brackets, which would ask this machine's files.
    if text.contains('[') || text.len() > 48 {
        return Err(shape());
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return u64::try_from(moment.as_second())
            .map(UnixSeconds)
            .map_err(|_| shape());
    }
    let local: DateTime = text.parse().map_err(|_| shape())?;
    of_local(local, zone, shown)
}

/// A local time of a zone, where it is one moment.
///
/// # Errors
/// It never was, or was twice.
pub fn of_local(local: DateTime, zone: Zone, shown: impl Fn() -> String) -> Result<UnixSeconds, NotMoment> {
    let first = zone.to_utc(local).ok_or_else(|| NotMoment::Never(shown()))?;
    let later = first.saturating_add(3_600);
    if zone.local(later) == zone.local(first) {
        return Err(NotMoment::Twice(shown()));
    }
    u64::try_from(first)
        .map(UnixSeconds)
        .map_err(|_| NotMoment::Shape(shown()))
}

/// A local time with a stated distance from UTC, s.
///
/// # Errors
/// Before 1970.
pub fn at_offset(local: DateTime, offset: i32, shown: impl Fn() -> String) -> Result<UnixSeconds, NotMoment> {
    let as_utc = TimeZone::UTC
        .to_timestamp(local)
        .map_err(|_| NotMoment::Shape(shown()))?;
    let second = as_utc.as_second().saturating_sub(offset.into());
    u64::try_from(second)
        .map(UnixSeconds)
        .map_err(|_| NotMoment::Shape(shown()))
}
