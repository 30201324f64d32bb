//! How days and times of day are written, and what a sample shows so written.

use jiff::civil::DateTime;

use crate::profile::moments::{shown, Shown, WITH_OFFSET};
use crate::profile::sample::Sample;
use crate::stamps;

/// How days are written; the two orders of day and month are told apart by what comes out.
pub(super) const DAYS: [&str; 14] = [
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d. %m %Y",
    "%d %m %Y",
    "%m %d, %Y",
    "%G-W%V-%u",
];
/// How times of day are written.
pub(super) const CLOCKS: [&str; 5] = ["%H:%M:%S", "%H:%M", "%H%M", "%I:%M %p", "%I:%M:%S %p"];

/// One moment: a column, or a day's and a time's.
pub(super) struct Found {
    pub columns: Vec<usize>,
    pub format: String,
    pub ambiguous: bool,
}

pub(super) fn name(sample: &Sample, column: usize) -> &str {
    sample.header.get(column).map_or("", String::as_str)
}

/// Formats of a day and a time in one cell.
pub(super) fn whole() -> impl Iterator<Item = String> {
    DAYS.iter().flat_map(|day| {
        let clocks = CLOCKS.iter();
        clocks.flat_map(move |clock| [format!("{day} {clock}"), format!("{day}T{clock}")])
    })
}

/// The cells of these columns, joined by a blank, a row each.
pub(super) fn texts(sample: &Sample, columns: &[usize]) -> Vec<String> {
    let of = |row: &Vec<String>| {
        let cells: Option<Vec<&str>> = columns
            .iter()
            .map(|column| row.get(*column).map(String::as_str))
            .collect();
        cells.map(|cells| cells.join(" "))
    };
    sample.rows.iter().filter_map(of).collect()
}

/// What a clock shows, by a text so written.
pub(super) fn parsed(text: &str, format: &str) -> Option<DateTime> {
    if format == WITH_OFFSET {
        return stamps::with_offset(text);
    }
    match shown(text, format)? {
        (Shown::Clock(clock), _) => Some(clock),
        (Shown::At(at), _) => Some(crate::clock::civil(crate::clock::moment(at))),
    }
}
