//! Which columns of a sample hold moments, and how they are written.

mod columns;
mod missing;
mod order;
mod written;

use jiff::civil::DateTime;

use super::moments::WITH_OFFSET;
use super::sample::Sample;
use super::words;
use columns::{clock_beside, number};
pub(super) use missing::missing;
use order::Order;
use written::{name, parsed, texts, whole, Found, CLOCKS, DAYS};

/// Where an interval's moments stand.
pub(super) struct Times {
    pub start: Vec<usize>,
    pub end: Option<Vec<usize>>,
    pub format: String,
    /// Whether `start` names ends.
    pub ends: bool,
    /// Whether 00:00 ends the day beside it.
    pub midnight_ends_day: bool,
    /// Seconds between what is written and what is meant.
    pub later: u32,
    /// What was assumed.
    pub notes: Vec<String>,
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
    let order = Order::of(sample, &first);
    let named = |is: fn(&str) -> bool| first.columns.iter().any(|column| is(name(sample, *column)));
    let ends = second.is_none() && (named(words::is_end) || (order.ends() && !named(words::is_start)));
    let called = name(sample, first.columns.first().copied().unwrap_or_default());
    if ends {
        notes.push(format!("`{called}` is taken for the end of an interval"));
    } else if second.is_none() {
        notes.push(format!(
            "`{called}` is taken for the start of an interval; where it is the end, write `ends = true` below [time]"
        ));
    }
    let midnight_ends_day = ends && order.midnight_ends_day;
    if midnight_ends_day {
        notes.push(format!(
            "00:00 of `{called}` ends the day that stands beside it, as 24:00 would"
        ));
    }
    let later = if ends { order.later } else { 0 };
    if later > 0 {
        notes.push(format!(
            "`{called}` names the last {} of an interval, which ends {later} s later",
            if later == 1 { "second" } else { "minute" }
        ));
    }
    Some(Times {
        start: first.columns,
        end: second.map(|second| second.columns),
        format: first.format,
        ends,
        midnight_ends_day,
        later,
        notes,
    })
}

/// All moments, from left to right.
fn found(sample: &Sample) -> Vec<Found> {
    let mut found = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    for column in 0..sample.header.len() {
        if used.contains(&column) || sample.cells(column).next().is_none() {
            continue;
        }
        let cells: Vec<&str> = sample.cells(column).collect();
        if cells.iter().all(|cell| parsed(cell, WITH_OFFSET).is_some()) {
            found.push(plain(vec![column], WITH_OFFSET));
            continue;
        }
        if let Some((format, ambiguous)) = best(&cells, whole()) {
            found.push(Found {
                columns: vec![column],
                format,
                ambiguous,
            });
            continue;
        }
        if let Some(format) = number(sample, column, &cells) {
            found.push(plain(vec![column], format));
            continue;
        }
        let Some(clock) = clock_beside(sample, column, &used) else {
            continue;
        };
        let pairs = texts(sample, &[column, clock]);
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

fn plain(columns: Vec<usize>, format: &str) -> Found {
    Found {
        columns,
        format: format.to_owned(),
        ambiguous: false,
    }
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
    // Where noon is told by letters, the month is written first.
    let unusual = |format: &str| format.contains("%p") && !format.starts_with("%m");
    fitting.sort_by_key(|(span, format)| (*span, unusual(format)));
    let several = matches!(fitting.as_slice(), [(one, _), (other, _), ..] if one == other);
    fitting.into_iter().next().map(|(_, format)| (format, several))
}
