//! What was found in a table's columns.

use crate::numbers::Unit;
use crate::profile::sample::Sample;
use crate::profile::words::Way;

/// A column of numbers.
pub(super) struct Value {
    pub column: usize,
    pub unit: Unit,
    pub way: Option<Way>,
    pub register: bool,
    /// Whether its numbers have more digits than an energy.
    pub fine: bool,
    /// What stands between thousands.
    pub thousands: Option<char>,
    /// Whose it is, where each meter has its columns.
    pub meter: Option<String>,
}

/// What a column is called.
pub(super) fn header(sample: &Sample, column: usize) -> &str {
    sample.header.get(column).map_or("", String::as_str)
}

/// A column whose cells say which way a row counts, with the cells of both.
pub(super) type Directions = (usize, Vec<String>, Vec<String>);
