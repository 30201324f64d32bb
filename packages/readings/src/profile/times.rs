//! Which columns of a sample hold moments, and how they are written.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::strtime;

use super::sample::Sample;
use super::words;
use crate::rfc3339;

/// With its offset: read as our own table reads it.
pub(crate) const WITH_OFFSET: &str = "rfc3339";
/// How days are written; the two orders of day and month are told apart by what comes out.
const DAYS: [&str; 8] = [
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d.%m.%y",
];
/// How times of day are written.
const CLOCKS: [&str; 3] = ["%H:%M:%S", "%H:%M", "%H%M"];

/// Where an interval's moments stand.
pub(super) struct Times {
    pub start: Vec<usize>,
    pub end: Option<Vec<usize>>,
    pub format: String,
    /// Whether `start` names ends.
    pub ends: bool,
    /// What was assumed.
    pub notes: Vec<String>,
}

/// One moment: a column, or a day's and a time's.
struct Found {
    columns: Vec<usize>,
    format: String,
    ambiguous: bool,
}

/// Finds them.
pub(super) fn find(sample: &Sample) -> Option<Times> {
    let mut all = found(sample).into_iter();
    let first = all.next()?;
    let second = all.next().filter(|second| second.format == first.format);
    let mut notes = Vec::new();
    if first.ambiguous {
        notes.push(format!(
            "days and months may be the other way round; `{}` is what follows best",
            first.format
        ));
    }
    let named_end = |found: &Found| {
        found
            .columns
            .iter()
            .any(|column| words::is_end(name(sample, *column)))
    };
    let ends = second.is_none() && named_end(&first);
    if ends {
        notes.push(format!(
            "`{}` is taken for the end of an interval",
            name(sample, first.columns.first().copied().unwrap_or_default())
        ));
    } else if second.is_none() {
        notes.push(format!(
            "`{}` is taken for the start of an interval; where it is the end, write `ends = true` below [time]",
            name(sample, first.columns.first().copied().unwrap_or_default())
        ));
    }
    Some(Times {
        start: first.columns,
        end: second.map(|second| second.columns),
        format: first.format,
        ends,
        notes,
    })
}

fn name(sample: &Sample, column: usize) -> &str {
    sample.header.get(column).map_or("", String::as_str)
}

/// All moments, from left to right.
fn found(sample: &Sample) -> Vec<Found> {
    let mut found = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    for column in 0..sample.header.len() {
        if used.contains(&column) || sample.cells(column).next().is_none() {
            continue;
        }
        let one = |text: &str, format: &str| parsed(text, format).is_some();
        if sample.cells(column).all(|cell| one(cell, WITH_OFFSET)) {
            found.push(plain(vec![column], WITH_OFFSET.to_owned()));
            continue;
        }
        let whole = DAYS.iter().flat_map(|day| {
            let clocks = CLOCKS.iter();
            clocks.flat_map(move |clock| [format!("{day} {clock}"), format!("{day}T{clock}")])
        });
        let cells: Vec<&str> = sample.cells(column).collect();
        if let Some((format, ambiguous)) = best(&cells, whole) {
            found.push(Found {
                columns: vec![column],
                format,
                ambiguous,
            });
            continue;
        }
        let Some(clock) = clock_beside(sample, column, &used) else {
            continue;
        };
        let pairs: Vec<String> = sample
            .rows
            .iter()
            .filter_map(|row| Some(format!("{} {}", row.get(column)?, row.get(clock)?)))
            .collect();
        let pairs: Vec<&str> = pairs.iter().map(String::as_str).collect();
        let formats = DAYS
            .iter()
            .flat_map(|day| CLOCKS.iter().map(move |clock| format!("{day} {clock}")));
        if let Some((format, ambiguous)) = best(&pairs, formats) {
            used.push(clock);
            found.push(Found {
                columns: vec![column, clock],
                format,
                ambiguous,
            });
        }
    }
    found
}

fn plain(columns: Vec<usize>, format: String) -> Found {
    Found {
        columns,
        format,
        ambiguous: false,
    }
}

/// The column of times of day to the right of a column of days.
fn clock_beside(sample: &Sample, column: usize, used: &[usize]) -> Option<usize> {
    let days = DAYS.iter().any(|format| {
        sample
            .cells(column)
            .all(|cell| Date::strptime(format, cell).is_ok())
    });
    let clock = column.checked_add(1).filter(|clock| !used.contains(clock))?;
    let is_clock = |format: &&str| {
        sample
            .cells(clock)
            .all(|cell| Time::strptime(*format, cell).is_ok())
    };
    let any = sample.cells(clock).next().is_some();
    (days && any && CLOCKS.iter().any(is_clock)).then_some(clock)
}

/// The format that all texts have; of several the one whose moments go on in the smallest steps, and that there were several.
fn best(texts: &[&str], formats: impl Iterator<Item = String>) -> Option<(String, bool)> {
    let mut fitting: Vec<(i64, String)> = Vec::new();
    for format in formats {
        let moments: Option<Vec<DateTime>> = texts.iter().map(|text| parsed(text, &format)).collect();
        let Some(moments) = moments.filter(|moments| !moments.is_empty()) else {
            continue;
        };
        let seconds: Vec<i64> = moments
            .iter()
            .map(|moment| crate::clock::seconds(*moment))
            .collect();
        let span = seconds
            .iter()
            .max()
            .copied()
            .unwrap_or_default()
            .saturating_sub(seconds.iter().min().copied().unwrap_or_default());
        fitting.push((span, format));
    }
    fitting.sort_by_key(|(span, _)| *span);
    let several = matches!(fitting.as_slice(), [(one, _), (other, _), ..] if one == other);
    fitting.into_iter().next().map(|(_, format)| (format, several))
}

/// What a clock shows, by a text so written.
fn parsed(text: &str, format: &str) -> Option<DateTime> {
    if format == WITH_OFFSET {
        return rfc3339::parse(text).ok().map(|_| DateTime::default());
    }
    strtime::parse(format, text).ok()?.to_datetime().ok()
}
