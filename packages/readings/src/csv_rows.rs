//! CSV files row by row, with errors that say where.

use core::fmt;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};

use gridpact_units::decimal;

/// The most bytes of one file after decompression, so that a small gzip cannot fill the disk or run for ever:
/// 41 million rows of our own format.
const MAX_FILE_BYTES: u64 = 4 << 30;

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Column by number, from 1, and name.
    pub column: (usize, String),
    /// What should stand there.
    pub expected: String,
    /// What does.
    pub got: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column: (number, name),
            expected,
            got,
        } = self;
        write!(
            f,
            "{file}, line {line}, column {number} ({name}): expected {expected}, got `{got}`"
        )
    }
}

impl std::error::Error for BadRow {}

/// A table with a header.
pub struct Table {
    file: String,
    header: Vec<String>,
    reader: csv::Reader<Box<dyn Read>>,
    record: csv::StringRecord,
    /// Lines before the header.
    skipped: u64,
}

impl Table {
    /// Opens a file, plain or gzip (`.gz`); `skip` lines stand before the header.
    pub fn open(path: &Path, skip: u64) -> Result<Self> {
        let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let reader: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
            Box::new(flate2::read::MultiGzDecoder::new(file))
        } else {
            Box::new(file)
        };
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into(),
        );
        Self::new(name, reader, skip)
    }

    /// Reads from memory.
    pub fn from_bytes(name: &str, bytes: &'static [u8]) -> Result<Self> {
        let reader: Box<dyn Read> = if name.ends_with(".gz") {
            Box::new(flate2::read::MultiGzDecoder::new(bytes))
        } else {
            Box::new(bytes)
        };
        Self::new(name.to_owned(), reader, 0)
    }

    fn new(file: String, reader: Box<dyn Read>, skipped: u64) -> Result<Self> {
        let mut reader = BufReader::with_capacity(1 << 16, reader.take(MAX_FILE_BYTES));
        for line in 1..=skipped {
            std::io::BufRead::skip_until(&mut reader, b'\n')
                .with_context(|| format!("{file}, line {line}"))?;
        }
        // Flexible, so that a row of the wrong length gets our own message.
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(Box::new(reader) as Box<dyn Read>);
        let header = reader
            .headers()
            .with_context(|| format!("{file}, line {}", skipped + 1))?;
        // A byte order mark, which spreadsheets like to write, is no part of the first name.
        let header = header
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        Ok(Self {
            file,
            header,
            reader,
            record: csv::StringRecord::new(),
            skipped,
        })
    }

    /// Column names.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Position of a named column.
    pub fn column(&self, name: &str) -> Result<usize> {
        self.header.iter().position(|have| have == name).ok_or_else(|| {
            let got = self.header.join(",");
            self.bad_header(&format!("a column named {name}"), &got)
        })
    }

    /// An error in the header line.
    pub fn bad_header(&self, expected: &str, got: &str) -> anyhow::Error {
        let line = self.skipped + 1;
        let column = (1, "header".to_owned());
        BadRow {
            file: self.file.clone(),
            line,
            column,
            expected: expected.to_owned(),
            got: got.to_owned(),
        }
        .into()
    }

    /// Goes to the next row; `false` at the end. Every row must have as many cells as the header.
    pub fn advance(&mut self) -> Result<bool> {
        let Self {
            file, reader, record, ..
        } = self;
        if !reader
            .read_record(record)
            .with_context(|| format!("cannot read {file}"))?
        {
            return Ok(false);
        }
        if self.record.len() != self.header.len() {
            let expected = format!("{} columns as in the header", self.header.len());
            let got = format!("{} columns", self.record.len());
            return Err(self.bad(
                self.record.len().min(self.header.len()).saturating_sub(1),
                &expected,
                &got,
            ));
        }
        Ok(true)
    }

    /// Line of the current row.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line) + self.skipped
    }

    /// A cell of the current row, blanks around it taken off.
    pub fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    /// A cell as a whole number of 10^-`scale` of its unit.
    pub fn decimal(&self, column: usize, scale: u32, unit: &str) -> Result<u64> {
        let text = self.cell(column);
        let most = u64::MAX;
        let value = decimal::parse(text, scale)
            .ok()
            .and_then(|value| u64::try_from(value).ok());
        value.ok_or_else(|| {
            let most = decimal::show(i128::from(most), scale);
            let expected = format!("{unit} as digits with at most {scale} behind the point, below {most}");
            self.bad(column, &expected, text)
        })
    }

    /// An error in the current row.
    pub fn bad(&self, column: usize, expected: &str, got: &str) -> anyhow::Error {
        let name = self.header.get(column).cloned().unwrap_or_default();
        BadRow {
            file: self.file.clone(),
            line: self.line(),
            column: (column + 1, name),
            expected: expected.to_owned(),
            got: got.to_owned(),
        }
        .into()
    }
}
