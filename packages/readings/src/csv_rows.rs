//! CSV files row by row, with errors that say where.

mod errors;
pub(crate) mod limited;
mod numbers;
pub(crate) mod refused;

use core::cell::Cell;
use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, StringRecord};

use crate::error::Error;
use crate::file::{peek, Folder, NamedFile};
use crate::text::surely_latin1;
use limited::RowLimit;
use refused::{refused, unreadable};

/// The rows of a CSV file with a header, one at a time.
pub struct CsvRows<'a> {
    file: String,
    header: Vec<String>,
    reader: csv::Reader<Box<dyn Read + 'a>>,
    record: StringRecord,
    limit: RowLimit,
    /// Lines before those that the reader counts.
    skipped: u64,
    /// Whether lines end with a carriage return too, behind which the reader stops without counting a line.
    crlf: bool,
    /// The header's line.
    header_line: u64,
    delimiter: u8,
    /// The sign of decimals, once one was met.
    point: Cell<Option<char>>,
    latin1: Latin1,
}

/// Whether bytes that are no UTF-8 are letters of Latin-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Latin1 {
    /// Nothing else is known of the file.
    Perhaps,
    /// Some were.
    Met,
    /// The file says what it is, or has letters in UTF-8.
    No,
}

impl Latin1 {
    /// A row's letters; `None` of bytes that are no UTF-8 where they may be something else than letters of Latin-1.
    fn letters(&mut self, bytes: ByteRecord) -> Option<StringRecord> {
        let bytes = match StringRecord::from_byte_record(bytes) {
            Ok(row) => {
                if *self == Self::Perhaps && !row.as_slice().is_ascii() {
                    *self = Self::No;
                }
                return Some(row);
            }
            Err(error) => error.into_byte_record(),
        };
        let cells: Option<Vec<String>> = bytes.iter().map(surely_latin1).collect();
        let cells = cells.filter(|_| *self != Self::No)?;
        *self = Self::Met;
        let mut row = StringRecord::from(cells);
        row.set_position(bytes.position().cloned());
        Some(row)
    }
}

/// A text of cells, before its rows are read.
pub(crate) struct Cells<'a> {
    /// Name of the file.
    pub file: String,
    /// The text.
    pub text: Box<dyn Read + 'a>,
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether nothing says that it is UTF-8.
    pub perhaps_latin1: bool,
    /// Whether lines end with a carriage return too: the reader counts a line where that stands.
    pub crlf: bool,
}

/// Bytes in which a header shows what stands between its cells.
const FIRST: u64 = 4_096;

/// What stands between the cells of a header: what there is most of.
pub(crate) fn delimiter_of(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    let most = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter));
    most.unwrap_or(b',')
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
        let cells = Cells {
            file: name,
            text: Box::new(bytes),
            delimiter: b',',
            perhaps_latin1: false,
            crlf: false,
        };
        Self::of_cells(cells, skipped)
    }

    /// As [`CsvRows::new`], of a file in a folder, whose first line is the header; semicolons may stand between cells.
    pub(crate) fn of(folder: &'a dyn Folder, name: &str) -> Result<Self, Error> {
        let file = NamedFile::of(folder, name)?;
        let (first, text) = peek(file.into_bytes(), FIRST).map_err(|error| unreadable(name, error))?;
        let header = String::from_utf8_lossy(&first);
        let header = header.lines().next().unwrap_or_default();
        let cells = Cells {
            file: name.to_owned(),
            text: Box::new(text),
            delimiter: delimiter_of(header),
            perhaps_latin1: false,
            crlf: false,
        };
        Self::of_cells(cells, 0)
    }

    /// Reads the header of a text, before which `skipped` lines stood.
    pub(crate) fn of_cells(cells: Cells<'a>, skipped: u64) -> Result<Self, Error> {
        let name = cells.file;
        let (limit, text) = RowLimit::on(cells.text);
        // Flexible, so that a row of the wrong length gets our own message.
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(cells.delimiter)
            .from_reader(text);
        let header = reader.byte_headers();
        let header = header.map_err(|error| refused(&name, skipped, error))?.clone();
        let mut latin1 = match cells.perhaps_latin1 {
            true => Latin1::Perhaps,
            false => Latin1::No,
        };
        let header = latin1.letters(header).ok_or_else(|| Error::NotText {
            file: name.clone(),
            line: skipped.saturating_add(1),
        })?;
        let header = header
            .iter()
            // A byte order mark, which spreadsheets like to write, is no part of the first name.
            .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        Ok(Self {
            file: name,
            header,
            header_line: skipped.saturating_add(1),
            reader,
            record: StringRecord::new(),
            limit,
            skipped,
            crlf: cells.crlf,
            delimiter: cells.delimiter,
            point: Cell::new((cells.delimiter == b',').then_some('.')),
            latin1,
        })
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

    /// Goes to the next row; `false` at the end. Every row must have as many cells as the header.
    ///
    /// # Errors
    /// A row of another length, after which the next can still be read; a file that cannot be read on.
    pub fn advance(&mut self) -> Result<bool, Error> {
        self.limit.begin();
        let mut bytes = core::mem::take(&mut self.record).into_byte_record();
        let read = self.reader.read_byte_record(&mut bytes);
        let uncounted = self.skipped.saturating_add(self.crlf.into());
        let more = read.map_err(|error| refused(&self.file, uncounted, error))?;
        let line = bytes.position().map_or(0, csv::Position::line);
        self.record = self.latin1.letters(bytes).ok_or_else(|| Error::NotText {
            file: self.file.clone(),
            line: line.saturating_add(uncounted),
        })?;
        if !more {
            return Ok(false);
        }
        if self.record.len() != self.header.len() {
            return Err(self.wrong_length());
        }
        Ok(true)
    }

    /// Whether letters were taken for Latin-1 so far.
    pub fn met_latin1(&self) -> bool {
        self.latin1 == Latin1::Met
    }

    /// Line of the current row.
    pub fn line(&self) -> u64 {
        // The reader says where it began to look for the row, which may be blank lines before it, and where it stopped: behind the
        // row's own line, but for a row that the file ends with.
        let looked = self.record.position().map_or(0, csv::Position::line);
        let within = self.record.as_slice().bytes().filter(|byte| *byte == b'\n');
        let behind = within.count().saturating_add(1) as u64;
        let ended = self.reader.position().line().saturating_add(self.crlf.into());
        looked
            .saturating_add(self.crlf.into())
            .max(ended.saturating_sub(behind))
            .saturating_add(self.skipped)
    }

    /// A cell of the current row, blanks around it taken off.
    pub fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }
}
