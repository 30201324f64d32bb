//! The first rows of somebody's table, to propose a profile from.

use std::io;

use crate::csv_rows::shape::unit_alone;
use crate::csv_rows::{Cells, CsvRows};
use crate::error::Error;
use crate::file::{peek, NamedFile};
use crate::foreign::{refuse_bytes, refuse_text, MARK};
use crate::numbers::Unit;
use crate::one_file::header::{likely, skip};
use crate::one_file::BEGINNING;
use crate::text::{as_utf8, Encoding};

/// Rows looked at: a week of quarter hours.
const MAX_ROWS: usize = 700;
/// Bytes of cells looked at.
const MAX_BYTES: usize = 16 << 20;
/// Rows below a table that may be none of it.
const BELOW: usize = 5;

/// A header and the first rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Units that stand in a row below the header, by column.
    pub units: Vec<Option<Unit>>,
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
        let (first, bytes) = peek(file.into_bytes(), MARK).map_err(unreadable)?;
        refuse_bytes(&name, &first)?;
        let (text, perhaps_latin1) = as_utf8(Box::new(bytes), encoding).map_err(unreadable)?;
        let (beginning, mut text) = peek(text, BEGINNING).map_err(unreadable)?;
        let beginning = String::from_utf8_lossy(&beginning).into_owned();
        refuse_text(&name, &beginning)?;
        let place = likely(&beginning);
        skip(&mut text, place.bytes).map_err(unreadable)?;
        let first = beginning.split('\n').next().unwrap_or_default();
        let cells = Cells {
            file: name.clone(),
            text: Box::new(text),
            delimiter: place.delimiter,
            perhaps_latin1,
            crlf: first.ends_with('\r'),
        };
        let mut csv = CsvRows::of_cells(cells, place.lines)?;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut units: Vec<Option<Unit>> = Vec::new();
        let mut bytes = 0_usize;
        while rows.len() < MAX_ROWS && bytes < MAX_BYTES {
            match csv.advance() {
                Ok(true) => {}
                Ok(false) => break,
                // What stands below a table is no row of it; whoever reads all of it looks whether it does.
                Err(Error::BadRow(_)) if !rows.is_empty() => break,
                Err(error) => return Err(error),
            }
            if csv.is_blank() {
                continue;
            }
            if rows.is_empty() && csv.is_units() {
                units = (0..csv.header().len())
                    .map(|column| unit_alone(csv.cell(column)))
                    .collect();
                continue;
            }
            let cells = (0..csv.header().len()).map(|column| csv.cell(column).to_owned());
            let row: Vec<String> = cells.collect();
            bytes = bytes.saturating_add(row.iter().map(String::len).sum());
            rows.push(row);
        }
        drop_below(&mut rows);
        Ok(Self {
            header: csv.header().to_vec(),
            units,
            rows,
        })
    }

    /// The cells of a column that are not empty.
    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &str> + '_ {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells.map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// The unit that stands below a column's name.
    pub(super) fn unit(&self, column: usize) -> Option<Unit> {
        self.units.get(column).copied().flatten()
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

/// Takes off rows at the end that begin with no number, where all others do: sums and remarks.
fn drop_below(rows: &mut Vec<Vec<String>>) {
    let digit = |sign: char| sign.is_ascii_digit();
    let numbered = |row: &Vec<String>| {
        let first = row.first().map(String::as_str).unwrap_or_default();
        let alone = row.iter().skip(1).all(String::is_empty);
        first.starts_with(digit) || (first.contains(digit) && !alone)
    };
    let below = rows.iter().rev().take_while(|row| !numbered(row)).count();
    let table = rows.len().saturating_sub(below);
    if below <= BELOW && table > 0 && rows.iter().take(table).all(numbered) {
        rows.truncate(table);
    }
}
