//! CSV files row by row, with errors that say where.

mod numbers;

use core::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

use csv::{ByteRecord, StringRecord};

use crate::error::{BadRow, Error};
use crate::file::{peek, Folder, NamedFile};
use crate::text::surely_latin1;

/// The rows of a CSV file with a header, one at a time.
pub struct CsvRows<'a> {
    file: String,
    header: Vec<String>,
    reader: csv::Reader<Box<dyn Read + 'a>>,
    record: StringRecord,
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
        // Flexible, so that a row of the wrong length gets our own message.
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(cells.delimiter)
            .from_reader(cells.text);
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
            header_line: skipped.saturating_add(1),
            reader,
            record: StringRecord::new(),
            skipped,
            crlf: cells.crlf,
            delimiter: cells.delimiter,
            point: Cell::new((cells.delimiter == b',').then_some('.')),
            latin1: match cells.perhaps_latin1 {
                true => Latin1::Perhaps,
                false => Latin1::No,
            },
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

    /// Goes to the next row; `false` at the end. Every row must have as many cells as the header.
    ///
    /// # Errors
    /// A row of another length, after which the next can still be read; a file that cannot be read on.
    pub fn advance(&mut self) -> Result<bool, Error> {
        let mut bytes = core::mem::take(&mut self.record).into_byte_record();
        let read = self.reader.read_byte_record(&mut bytes);
        let more =
            read.map_err(|error| refused(&self.file, self.skipped.saturating_add(self.crlf.into()), error))?;
        self.record = match StringRecord::from_byte_record(bytes) {
            Ok(record) => record,
            Err(error) => self.as_latin1(&error.into_byte_record())?,
        };
        if !more {
            return Ok(false);
        }
        if self.latin1 == Latin1::Perhaps && !self.record.as_slice().is_ascii() {
            self.latin1 = Latin1::No;
        }
        if self.record.len() != self.header.len() {
            return Err(self.wrong_length());
        }
        Ok(true)
    }

    /// A row whose bytes are no UTF-8, where they can be nothing but letters of Latin-1.
    fn as_latin1(&mut self, bytes: &ByteRecord) -> Result<StringRecord, Error> {
        let line = bytes.position().map_or(0, csv::Position::line);
        let cells: Option<Vec<String>> = bytes.iter().map(surely_latin1).collect();
        let cells = cells
            .filter(|_| self.latin1 != Latin1::No)
            .ok_or_else(|| Error::NotText {
                file: self.file.clone(),
                line: line.saturating_add(self.skipped).saturating_add(self.crlf.into()),
            })?;
        self.latin1 = Latin1::Met;
        let mut record = StringRecord::from(cells);
        record.set_position(bytes.position().cloned());
        Ok(record)
    }

    /// Whether letters were taken for Latin-1 so far.
    pub fn met_latin1(&self) -> bool {
        self.latin1 == Latin1::Met
    }

    /// An error in a row that has more or fewer cells than the header.
    fn wrong_length(&self) -> Error {
        let columns = self.header.len();
        let semicolons = self.delimiter == b',' && self.record.iter().any(|cell| cell.contains(';'));
        let expected = match semicolons {
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
pub(crate) fn refused(file: &str, skipped: u64, error: csv::Error) -> Error {
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
