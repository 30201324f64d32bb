//! What stands below a table: sums, dates of printing, remarks. It is left out and told; anywhere else such a row is refused.

use super::CsvRows;
use crate::error::Error;

/// Lines below a table that are no table of their own.
const MAX_LINES: usize = 20;

/// Goes through rows up to what stands below them.
pub(crate) struct Footer {
    /// The column of moments, which every row of the table has.
    column: usize,
    /// What should stand there.
    expected: String,
    /// Whether a row of the table came.
    begun: bool,
    /// The first line that is none, and why it would be refused.
    first: Option<(u64, Error)>,
    lines: usize,
}

impl Footer {
    pub fn new(column: usize, expected: impl Into<String>) -> Self {
        Self {
            column,
            expected: expected.into(),
            begun: false,
            first: None,
            lines: 0,
        }
    }

    /// Goes to the next row of the table; `false` at the end. Rows without a letter in them are passed over, and so is a row of
    /// units directly below the header.
    pub fn advance(&mut self, rows: &mut CsvRows) -> Result<bool, Error> {
        loop {
            let refused = match rows.advance() {
                Ok(false) => break,
                Ok(true) if rows.is_blank() || (!self.begun && rows.is_units()) => continue,
                Ok(true) if self.is_row(rows) => None,
                Ok(true) => Some(rows.bad_cell(self.column, &self.expected)),
                Err(error @ Error::BadRow(_)) if !begins_with_digit(rows.cell(0)) => Some(error),
                Err(error) => return Err(error),
            };
            let Some(error) = refused else {
                self.begun = true;
                return match self.first.take() {
                    Some((_, error)) => Err(error),
                    None => Ok(true),
                };
            };
            self.lines = self.lines.saturating_add(1);
            if !self.begun || self.lines > MAX_LINES {
                return Err(self.first.take().map_or(error, |(_, first)| first));
            }
            self.first.get_or_insert((rows.line(), error));
        }
        Ok(false)
    }

    /// Whether a time may stand where one should, and not a remark with a date in it.
    fn is_row(&self, rows: &CsvRows) -> bool {
        let cell = rows.cell(self.column);
        let number = |sign: char| sign.is_ascii_digit();
        cell.starts_with(number) || (cell.contains(number) && !rows.is_blank_but(self.column))
    }

    /// Where what stands below begins.
    pub fn line(&self) -> Option<u64> {
        self.first.as_ref().map(|(line, _)| *line)
    }
}

/// Whether a cell begins as moments do.
fn begins_with_digit(cell: &str) -> bool {
    cell.starts_with(|sign: char| sign.is_ascii_digit())
}
