//! Rows that are none of a table: blank ones, and those of units.

use super::CsvRows;
use crate::numbers::Unit;

/// The unit that a cell names and nothing else: `kWh`, `[kWh]`.
pub(crate) fn unit_alone(cell: &str) -> Option<Unit> {
    Unit::named(cell.trim().trim_matches(['[', ']', '(', ')']))
}

impl CsvRows<'_> {
    /// Whether no cell of the current row says anything.
    pub(crate) fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    /// The same of all cells but one.
    pub(crate) fn is_blank_but(&self, column: usize) -> bool {
        let mut others = (0..).zip(&self.record).filter(|(at, _)| *at != column);
        others.all(|(_, cell)| cell.trim().is_empty())
    }

    /// Whether the current row names units and has no number, as some stand below a header.
    pub(crate) fn is_units(&self) -> bool {
        let mut cells = self.record.iter();
        !cells.any(|cell| cell.contains(|sign: char| sign.is_ascii_digit()))
            && self.record.iter().any(|cell| unit_alone(cell).is_some())
    }
}
