//! CSV files row by row, with errors that say where.

mod errors;
pub(crate) mod footer;
mod latin1;
pub(crate) mod limited;
mod numbers;
pub(crate) mod refused;
pub(crate) mod shape;
mod shapes;

use core::cell::Cell;
use std::io::{BufRead, BufReader, Read};

use csv::StringRecord;

use crate::error::Error;
use crate::file::{peek, Folder, NamedFile};
use latin1::Latin1;
use limited::RowLimit;
use refused::{refused, unreadable};
use shapes::Shapes;

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
    shapes: Cell<Shapes>,
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
            shapes: Cell::default(),
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

    /// The header's line, from 1.
    pub(crate) fn header_line(&self) -> u64 {
        self.header_line
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
        let columns = self.header.len();
        if self.record.len() > columns && self.record.iter().skip(columns).all(str::is_empty) {
            // Rows that end with the sign between cells.
            self.record.truncate(columns);
        }
        if self.record.len() != columns {
            return Err(self.wrong_length());
        }
        Ok(true)
    }

    /// Position of a column whose name no other has.
    pub(crate) fn only_column(&self, name: &str) -> Result<usize, Error> {
        let column = self.column(name)?;
        let mut more = self.header.iter().skip(column.saturating_add(1));
        match more.any(|other| other == name) {
            true => Err(self.bad_header(&format!("one column named {name}; name its second one otherwise"))),
            false => Ok(column),
        }
    }

    /// Whether all numbers so far look as if the sign of decimals stood between thousands.
    pub(crate) fn met_thousands(&self) -> bool {
        self.shapes.get().are_thousands()
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
