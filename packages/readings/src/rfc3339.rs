//! Moments as RFC 3339 text. A zone is always named, since none is ever guessed.

use gridpact_units::UnixSeconds;
use jiff::civil::{Date, DateTime};
use jiff::Timestamp;

/// A text that is no moment.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("expected {}, got `{got}`", self.expected())]
pub struct NotMoment {
    /// What is wrong with it.
    pub flaw: Flaw,
    /// The text.
    pub got: String,
}

/// What a text lacks to be a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is a day, without a time.
    OnlyDay(Date),
    /// It does not say its zone.
    NoZone,
    /// It has a part of a second.
    Fraction,
    /// It lies before 1970.
    BeforeUnix,
    /// It is something else.
    Shape,
}

/// What stands where a moment should.
pub(crate) fn a_moment() -> String {
    let shape = NotMoment {
        flaw: Flaw::Shape,
        got: String::new(),
    };
    shape.expected()
}

impl NotMoment {
    /// What to write instead.
    pub fn expected(&self) -> String {
        let got = &self.got;
        let what = "an RFC 3339 time with its zone";
        match self.flaw {
            Flaw::OnlyDay(day) => format!("{what}; for midnight in UTC write {day}T00:00Z"),
            Flaw::NoZone => {
                format!("{what}; in UTC write {got}Z, where clocks are an hour ahead {got}+01:00")
            }
            Flaw::Fraction => format!("{what} and whole seconds, as 2026-12-01T00:00Z"),
            Flaw::BeforeUnix => format!("{what} in 1970 or later, as 2026-12-01T00:00Z"),
            Flaw::Shape => format!("{what}, as 2026-12-01T00:00Z or 2026-12-01T01:00+01:00"),
        }
    }
}

/// Reads `2026-12-01T00:00Z` or `2026-12-01T01:00:00+01:00`.
///
/// # Errors
/// Anything else: a day, a time without its zone, a blank for the T, a part of a second, a time before 1970.
pub fn parse(text: &str) -> Result<UnixSeconds, NotMoment> {
    let refuse = |flaw| NotMoment {
        flaw,
        got: text.to_owned(),
    };
    if let Some(day) = parse_day(text) {
        return Err(refuse(Flaw::OnlyDay(day)));
    }
    // The parser accepts more than RFC 3339: a blank for the T, zone names in brackets.
    let plain =
        text.is_ascii() && !text.contains('[') && matches!(text.as_bytes().get(10), Some(b'T' | b't'));
    if !plain {
        return Err(refuse(Flaw::Shape));
    }
    let moment: Timestamp = text.parse().map_err(|_| {
        let no_zone = text.parse::<DateTime>().is_ok();
        refuse(if no_zone { Flaw::NoZone } else { Flaw::Shape })
    })?;
    if moment.subsec_nanosecond() != 0 {
        return Err(refuse(Flaw::Fraction));
    }
    let seconds = u64::try_from(moment.as_second());
    seconds.map(UnixSeconds).map_err(|_| refuse(Flaw::BeforeUnix))
}

/// Reads a day as `2026-12-01`; nothing more may stand there, a time least of all.
pub fn parse_day(text: &str) -> Option<Date> {
    let shape = text.len() == "2026-12-01".len() && text.is_ascii();
    shape.then(|| text.parse().ok()).flatten()
}

/// `2026-12-01T00:00:00Z`.
pub fn show(moment: UnixSeconds) -> String {
    let shown = i64::try_from(moment.0)
        .ok()
        .and_then(|second| Timestamp::from_second(second).ok());
    shown.map_or_else(|| format!("second {moment}"), |shown| shown.to_string())
}
