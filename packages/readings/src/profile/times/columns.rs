//! Columns of a day alone, of a time of day beside it, and of moments that are numbers.

use jiff::civil::Date;

use super::written::{name, CLOCKS, DAYS};
use crate::profile::moments::{shown, EPOCH, EPOCH_MS, EXCEL};
use crate::profile::sample::Sample;
use crate::profile::words;

/// The format of a column of numbers that is called as times are, and changes.
pub(super) fn number(sample: &Sample, column: usize, cells: &[&str]) -> Option<&'static str> {
    let changes = cells.iter().any(|cell| Some(cell) != cells.first());
    if !changes || !words::is_time(name(sample, column)) {
        return None;
    }
    // A million of seconds is no moment of a meter, but a count of something else.
    let recent = |cell: &&str, digits: usize| cell.len() == digits && !cell.starts_with('0');
    [(EPOCH, 10), (EPOCH_MS, 13), (EXCEL, 0)]
        .into_iter()
        .find(|(format, digits)| {
            cells
                .iter()
                .all(|cell| (*digits == 0 || recent(cell, *digits)) && shown(cell, format).is_some())
        })
        .map(|(format, _)| format)
}

/// The column of times of day to the right of a column of days.
pub(super) fn clock_beside(sample: &Sample, column: usize, used: &[usize]) -> Option<usize> {
    if !is_days(sample, column) {
        return None;
    }
    let clock = column.checked_add(1).filter(|clock| !used.contains(clock))?;
    let is_clock = |format: &&str| {
        let format = format!("%Y-%m-%d {format}");
        sample
            .cells(clock)
            .all(|cell| shown(&format!("2024-06-01 {cell}"), &format).is_some())
    };
    let any = sample.cells(clock).next().is_some();
    (any && CLOCKS.iter().any(is_clock)).then_some(clock)
}

/// Whether a column holds days alone.
pub(super) fn is_days(sample: &Sample, column: usize) -> bool {
    let day = |format: &str, cell: &str| {
        Date::strptime(format, cell).is_ok()
            || shown(&format!("{cell} 12:00"), &format!("{format} %H:%M")).is_some()
    };
    let any = sample.cells(column).next().is_some();
    any && DAYS
        .iter()
        .any(|format| sample.cells(column).all(|cell| day(format, cell)))
}
