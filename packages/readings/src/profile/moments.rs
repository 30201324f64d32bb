//! Moments as somebody's table writes them, by a profile's format.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::Span;

/// With its offset: read as our own table reads it.
pub(crate) const WITH_OFFSET: &str = "rfc3339";
/// Seconds since 1970.
pub(super) const EPOCH: &str = "epoch";
/// Thousandths of a second since 1970.
pub(super) const EPOCH_MS: &str = "epoch_ms";
/// A spreadsheet's days since 1900, with the time as a part of a day.
pub(super) const EXCEL: &str = "excel";

/// Seconds of a day.
const DAY: u64 = 86_400;
/// 1 January 2100: later moments are no readings, and other numbers no moments.
const LAST: u64 = 4_102_444_800;
/// The days of 1970 and of 2100 as a spreadsheet counts them.
const EXCEL_DAYS: core::ops::Range<u64> = 25_569..73_051;

/// Names of months by their first letters, in English, German, Dutch, French, Spanish and Italian; of two that begin alike the
/// longer one first.
const MONTHS: [(&str, &str); 38] = [
    ("jan", "01"),
    ("jän", "01"),
    ("ene", "01"),
    ("gen", "01"),
    ("feb", "02"),
    ("fév", "02"),
    ("fev", "02"),
    ("mär", "03"),
    ("mar", "03"),
    ("maa", "03"),
    ("mrt", "03"),
    ("mrz", "03"),
    ("apr", "04"),
    ("avr", "04"),
    ("abr", "04"),
    ("mai", "05"),
    ("may", "05"),
    ("mei", "05"),
    ("mag", "05"),
    ("juil", "07"),
    ("jun", "06"),
    ("jui", "06"),
    ("giu", "06"),
    ("jul", "07"),
    ("lug", "07"),
    ("aug", "08"),
    ("aoû", "08"),
    ("ago", "08"),
    ("sep", "09"),
    ("set", "09"),
    ("okt", "10"),
    ("oct", "10"),
    ("ott", "10"),
    ("nov", "11"),
    ("dez", "12"),
    ("dec", "12"),
    ("déc", "12"),
    ("dic", "12"),
];

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A clock of the profile's zone.
    Clock(DateTime),
    /// A moment, whatever the zone: seconds since 1970.
    At(u64),
}

/// Reads a text so written; whether it says 24:00, which is then the next day's beginning.
pub(crate) fn shown(text: &str, format: &str) -> Option<(Shown, bool)> {
    match format {
        EPOCH => number(text).map(Shown::At).zip(Some(false)),
        EPOCH_MS => {
            let seconds = text.get(..text.len().checked_sub(3)?)?;
            let thousandths = text.get(seconds.len()..)?;
            (thousandths == "000")
                .then(|| number(seconds))
                .flatten()
                .map(Shown::At)
                .zip(Some(false))
        }
        EXCEL => excel(text).map(Shown::Clock).zip(Some(false)),
        _ => clock(text, format),
    }
}

/// A moment since 1970, without a sign or a point.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: u64 = text.parse().ok().filter(|_| digits)?;
    (seconds < LAST).then_some(seconds)
}

/// A spreadsheet's day and part of a day, to the nearest second.
fn excel(text: &str) -> Option<DateTime> {
    let (days, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(days) || !digits(part) {
        return None;
    }
    // Ten digits are a hundred thousandth of a second, far below what is asked for.
    let part = part.get(..10).unwrap_or(part);
    let days: u64 = days.parse().ok().filter(|days| EXCEL_DAYS.contains(days))?;
    let whole = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part: u64 = part.parse().ok()?;
    let seconds = part
        .checked_mul(DAY)?
        .checked_add(whole / 2)?
        .checked_div(whole)?;
    let since = days
        .checked_sub(EXCEL_DAYS.start)?
        .checked_mul(DAY)?
        .checked_add(seconds)?;
    let span = Span::new().try_seconds(i64::try_from(since).ok()?).ok()?;
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(span).ok()
}

/// A clock by strftime's letters.
fn clock(text: &str, format: &str) -> Option<(Shown, bool)> {
    let text = match format.contains("%z") {
        true => text,
        false => before_range(text),
    };
    let (named, midnight);
    let mut text = text;
    if text.bytes().any(|byte| byte.is_ascii_alphabetic()) && format.contains("%m") {
        named = months_as_numbers(text);
        text = &named;
    }
    let next_day = ends_at_24(text);
    if next_day {
        midnight = text.replacen("24:00", "00:00", 1);
        text = &midnight;
    }
    let clock = strtime::parse(format, text).ok()?.to_datetime().ok()?;
    let clock = match next_day {
        true => clock.checked_add(Span::new().days(1)).ok()?,
        false => clock,
    };
    // Of two digits that stand for a year without its century.
    (1970..2100)
        .contains(&clock.year())
        .then_some((Shown::Clock(clock), next_day))
}

/// Whether the time of day is 24:00, which only an end can be.
fn ends_at_24(text: &str) -> bool {
    text.find("24:00").is_some_and(|at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text
            .get(at..)
            .and_then(|time| time.strip_prefix("24:00"))
            .unwrap_or_default();
        matches!(before, Some(' ' | 'T') | None) && matches!(behind, "" | ":00")
    })
}

/// `00:00` of `00:00 - 00:15`: an interval by both its ends begins at the first.
fn before_range(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return text;
    };
    let dash = text.get(colon..).and_then(|time| time.find(['-', '\u{2013}']));
    let end = dash
        .and_then(|dash| colon.checked_add(dash))
        .and_then(|at| text.get(..at));
    end.unwrap_or(text).trim_end()
}

/// `3. 06 2024` of `3. Juni 2024`.
fn months_as_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(|letter: char| letter.is_alphabetic()) {
        let (before, from) = rest.split_at(begin);
        let end = from
            .find(|letter: char| !letter.is_alphabetic())
            .unwrap_or(from.len());
        let (word, behind) = from.split_at(end);
        let lower = word.to_lowercase();
        let month = MONTHS.iter().find(|(name, _)| lower.starts_with(name));
        out.push_str(before);
        out.push_str(month.map_or(word, |(_, number)| *number));
        rest = behind;
    }
    out.push_str(rest);
    out
}
