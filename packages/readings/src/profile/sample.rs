//! The first rows of somebody's table, to propose a profile from.

use std::io;

use crate::csv_rows::{delimiter_of, Cells, CsvRows};
use crate::error::Error;
use crate::file::{peek, NamedFile};
use crate::text::{as_utf8, Encoding};

/// Rows looked at: a week of quarter hours.
const MAX_ROWS: usize = 700;
/// Bytes of cells looked at.
const MAX_BYTES: usize = 16 << 20;
/// Bytes by which the header is told; one beyond is no table.
const BEGINNING: u64 = 4_096;

/// A header and the first rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, as many a row as columns.
    pub rows: Vec<Vec<String>>,
}

impl Sample {
    /// Reads it.
    ///
    /// # Errors
    /// What cannot be read as rows of one length.
    pub fn read(file: NamedFile, encoding: Option<Encoding>) -> Result<Self, Error> {
        let name = file.name.clone();
        let unreadable = |source: io::Error| Error::Unreadable {
            file: name.clone(),
            source,
        };
        let (text, perhaps_latin1) = as_utf8(file.into_bytes(), encoding).map_err(unreadable)?;
        let (beginning, text) = peek(text, BEGINNING).map_err(unreadable)?;
        let beginning = String::from_utf8_lossy(&beginning).into_owned();
        let first = beginning.split('\n').next().unwrap_or_default();
        let cells = Cells {
            file: name,
            text: Box::new(text),
            delimiter: delimiter_of(first.trim_end_matches('\r')),
            perhaps_latin1,
            crlf: first.ends_with('\r'),
        };
        let mut csv = CsvRows::of_cells(cells, 0)?;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut bytes = 0_usize;
        while rows.len() < MAX_ROWS && bytes < MAX_BYTES && csv.advance()? {
            let cells = (0..csv.header().len()).map(|column| csv.cell(column).to_owned());
            let row: Vec<String> = cells.collect();
            bytes = bytes.saturating_add(row.iter().map(String::len).sum());
            rows.push(row);
        }
        Ok(Self {
            header: csv.header().to_vec(),
            rows,
        })
    }

    /// The cells of a column that are not empty.
    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &str> + '_ {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells.map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// Different cells of a column, in the order of their first rows.
    pub(super) fn different(&self, column: usize) -> Vec<&str> {
        let mut different: Vec<&str> = Vec::new();
        for cell in self.rows.iter().filter_map(|row| row.get(column)) {
            if !different.contains(&cell.as_str()) {
                different.push(cell);
            }
        }
        different
    }
}
