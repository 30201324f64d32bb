//! What is wrong with the header, a row or a cell of it.

use super::CsvRows;
use crate::error::{BadRow, Error};

impl CsvRows<'_> {
    /// An error in the header line.
    pub fn bad_header(&self, expected: &str) -> Error {
        Error::from(Box::new(BadRow {
            file: self.file.clone(),
            line: self.header_line,
            column: (1, "header".to_owned()),
            expected: expected.to_owned(),
            got: self.header.join(","),
        }))
    }

    /// An error in a row that has more or fewer cells than the header.
    pub(super) fn wrong_length(&self) -> Error {
        let columns = self.header.len();
        let comma = self.delimiter == b',';
        let semicolons = comma && self.record.iter().any(|cell| cell.contains(';'));
        let number = |cell: &str| !cell.is_empty() && cell.trim().bytes().all(|sign| sign.is_ascii_digit());
        let last_two = self.record.len() > columns && self.record.iter().rev().take(2).all(number);
        let expected = match semicolons {
            false if comma && last_two => format!(
                "{columns} columns as in the header: commas within numbers cannot be told from those between them; save the table \
                 with semicolons or tabs between cells, or with decimal points"
            ),
            true => format!(
                "{columns} columns as in the header, separated by commas as there; separate both by semicolons to write \
                 decimal commas"
            ),
            false => format!("{columns} columns as in the header"),
        };
        let got = format!("{} columns", self.record.len());
        let last = self.record.len().min(columns).saturating_sub(1);
        self.bad(last, &expected, &got)
    }

    /// An error in a cell of the current row.
    pub fn bad_cell(&self, column: usize, expected: &str) -> Error {
        self.bad(column, expected, self.cell(column))
    }

    /// An error in the current row.
    pub(super) fn bad(&self, column: usize, expected: &str, got: &str) -> Error {
        let name = self.header.get(column).cloned().unwrap_or_default();
        Error::from(Box::new(BadRow {
            file: self.file.clone(),
            line: self.line(),
            column: (column.saturating_add(1), name),
            expected: expected.to_owned(),
            got: got.to_owned(),
        }))
    }
}
