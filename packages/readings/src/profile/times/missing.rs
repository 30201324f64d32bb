//! Why no column of a sample holds moments, for whoever knows the table.

use super::columns::is_days;
use super::written::{name, parsed, texts, whole, CLOCKS};
use crate::profile::moments::{shown, WITH_OFFSET};
use crate::profile::sample::Sample;

/// Columns named by times of day that make a table of a row a day.
const ROW_A_DAY: usize = 24;
/// Columns of a row that are shown.
const SHOWN: usize = 6;

/// What was expected, and what came nearest.
pub(in crate::profile) fn missing(sample: &Sample) -> String {
    let expected = "expected a column of times, as 2024-06-03 00:15 or 03.06.2024 00:15";
    let of_day = |name: &String| {
        CLOCKS
            .iter()
            .any(|clock| shown(&format!("2024-06-01 {name}"), &format!("%Y-%m-%d {clock}")).is_some())
    };
    if sample.header.iter().filter(|name| of_day(name)).count() >= ROW_A_DAY {
        return format!(
            "{expected}, found a column a time of day: one row an interval is needed, not one a day"
        );
    }
    if sample.rows.is_empty() {
        return format!("{expected}, found a header without rows below it");
    }
    let columns = || 0..sample.header.len();
    if let Some(near) = columns().find_map(|column| nearly(sample, column)) {
        return format!("{expected}; {near}");
    }
    if let Some(days) = columns().find(|column| is_days(sample, *column)) {
        return format!(
            "{expected}; `{}` holds days without a time: readings of an hour or less are needed, no totals of days",
            name(sample, days)
        );
    }
    let first: Vec<&str> = sample
        .rows
        .first()
        .into_iter()
        .flatten()
        .take(SHOWN)
        .map(String::as_str)
        .collect();
    format!(
        "{expected}, found none below `{}`; the first row is `{}`",
        shown_header(sample),
        first.join("`, `")
    )
}

fn shown_header(sample: &Sample) -> String {
    let names: Vec<&str> = sample.header.iter().take(SHOWN).map(String::as_str).collect();
    names.join("`, `")
}

/// A column most of whose cells are moments, and one that is none.
fn nearly(sample: &Sample, column: usize) -> Option<String> {
    let cells = texts(sample, &[column]);
    for format in core::iter::once(WITH_OFFSET.to_owned()).chain(whole()) {
        let none = |cell: &&String| parsed(cell, &format).is_none();
        let wrong = cells.iter().filter(none).count();
        if wrong.saturating_mul(2) < cells.len() {
            let (row, cell) = (1..).zip(&cells).find(|(_, cell)| none(cell))?;
            return Some(format!(
                "`{}` holds times as {format}, but row {row} below the header has `{cell}`",
                name(sample, column)
            ));
        }
    }
    None
}
