//! CSV files row by row, with errors that say where.

use std::io::{self, BufRead, BufReader, Read};

use gridpact_units::decimal::energy::KILOWATT_HOUR_DECIMALS;
use gridpact_units::{decimal, Energy};

use crate::error::{BadRow, Error};
use crate::file::{Folder, NamedFile};

/// The rows of a CSV file with a header, one at a time.
pub struct CsvRows<'a> {
    file: String,
    header: Vec<String>,
    reader: csv::Reader<Box<dyn Read + 'a>>,
    record: csv::StringRecord,
    /// Lines before the header.
    skipped: u64,
}

impl<'a> CsvRows<'a> {
    /// Reads the header, before which `skipped` lines stand.
    ///
    /// # Errors
    /// The file cannot be read, or its header is no text.
    pub fn new(file: NamedFile<'a>, skipped: u64) -> Result<Self, Error> {
        let name = file.name.clone();
        let mut bytes = BufReader::with_capacity(1 << 16, file.into_bytes());
        for _ in 0..skipped {
            bytes
                .skip_until(b'\n')
                .map_err(|error| unreadable(&name, error))?;
        }
        // Flexible, so that a row of the wrong length gets our own message.
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(Box::new(bytes) as Box<dyn Read + 'a>);
        let header = reader
            .headers()
            .map_err(|error| refused(&name, skipped, error))?
            .iter()
            // A byte order mark, which spreadsheets like to write, is no part of the first name.
            .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        Ok(Self {
            file: name,
            header,
            reader,
            record: csv::StringRecord::new(),
            skipped,
        })
    }

    /// As [`CsvRows::new`], of a file in a folder, whose first line is the header.
    pub(crate) fn of(folder: &'a dyn Folder, name: &str) -> Result<Self, Error> {
        Self::new(NamedFile::of(folder, name)?, 0)
    }

    /// File name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Column names.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Position of a named column.
    ///
    /// # Errors
    /// There is none.
    pub fn column(&self, name: &str) -> Result<usize, Error> {
        let found = self.header.iter().position(|have| have == name);
        found.ok_or_else(|| self.bad_header(&format!("a column named {name}")))
    }

    /// An error in the header line.
    pub fn bad_header(&self, expected: &str) -> Error {
        Error::from(Box::new(BadRow {
            file: self.file.clone(),
            line: self.skipped.saturating_add(1),
            column: (1, "header".to_owned()),
            expected: expected.to_owned(),
            got: self.header.join(","),
        }))
    }

    /// Goes to the next row; `false` at the end. Every row must have as many cells as the header.
    ///
    /// # Errors
    /// A row of another length, after which the next can still be read; a file that cannot be read on.
    pub fn advance(&mut self) -> Result<bool, Error> {
        let read = self.reader.read_record(&mut self.record);
        if !read.map_err(|error| refused(&self.file, self.skipped, error))? {
            return Ok(false);
        }
        if self.record.len() != self.header.len() {
            let expected = format!("{} columns as in the header", self.header.len());
            let got = format!("{} columns", self.record.len());
            let last = self.record.len().min(self.header.len()).saturating_sub(1);
            return Err(self.bad(last, &expected, &got));
        }
        Ok(true)
    }

    /// Line of the current row.
    pub fn line(&self) -> u64 {
        let line = self.record.position().map_or(0, csv::Position::line);
        line.saturating_add(self.skipped)
    }

    /// A cell of the current row, blanks around it taken off.
    pub fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    /// A cell as a whole number of 10^-`scale` of its unit.
    ///
    /// # Errors
    /// Something else stands there, by its place.
    pub fn decimal(&self, column: usize, scale: u32, unit: &str) -> Result<u64, Error> {
        let text = self.cell(column);
        let value = decimal::parse(text, scale)
            .ok()
            .and_then(|value| u64::try_from(value).ok());
        value.ok_or_else(|| {
            let max = decimal::show(u64::MAX.into(), scale);
            let expected = format!("{unit} as digits with at most {scale} behind the point, below {max}");
            self.bad(column, &expected, text)
        })
    }

    /// A cell of kWh.
    ///
    /// # Errors
    /// Something else stands there, by its place.
    pub fn energy(&self, column: usize) -> Result<Energy, Error> {
        self.decimal(column, KILOWATT_HOUR_DECIMALS, "kWh").map(Energy)
    }

    /// An error in a cell of the current row.
    pub fn bad_cell(&self, column: usize, expected: &str) -> Error {
        self.bad(column, expected, self.cell(column))
    }

    /// An error in the current row.
    fn bad(&self, column: usize, expected: &str, got: &str) -> Error {
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

fn unreadable(file: &str, source: io::Error) -> Error {
    Error::Unreadable {
        file: file.to_owned(),
        source,
    }
}

/// What the CSV reader complains of: of rows only that they are no text, since their lengths are looked at here.
fn refused(file: &str, skipped: u64, error: csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(source) => unreadable(file, source),
        csv::ErrorKind::Utf8 { .. } => Error::NotText {
            file: file.to_owned(),
            line: line.saturating_add(skipped),
        },
        other => unreadable(file, io::Error::other(format!("{other:?}"))),
    }
}
