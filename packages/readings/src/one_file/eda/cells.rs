//! A workbook's rows, one at a time.

use std::io::{Cursor, Read};

use calamine::{DataRef, DataType, Reader as _, Xlsx};
use jiff::civil::DateTime;
use jiff::fmt::strtime;

use super::unpacked;
use crate::error::Error;
use crate::file::Begun;

/// The most bytes of a workbook: a year of 200 metering points is 60 MB.
const MAX_PACKED: u64 = 256 << 20;
/// The most bytes of texts in one row.
const MAX_ROW: usize = 16 << 20;
/// Columns of a sheet, as spreadsheets have at most.
const MAX_COLUMNS: usize = 16_384;
/// The sheet that is read; without it the first.
const SHEET: &str = "Energiedaten";

/// What stands in a cell.
pub(super) enum Cell {
    /// A text, or a number as its digits.
    Text(String),
    /// A moment.
    Clock(DateTime),
}

impl Cell {
    fn of(data: &DataRef) -> Option<Self> {
        Some(match data {
            DataRef::Empty => return None,
            // Digits without an exponent, the fewest that are this float.
            DataRef::Float(number) => Self::Text(format!("{number}")),
            DataRef::Int(number) => Self::Text(number.to_string()),
            DataRef::String(text) => Self::Text(text.trim().to_owned()),
            DataRef::SharedString(text) => Self::Text(text.trim().to_owned()),
            DataRef::DateTime(moment) => {
                let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
                let part = |part: u8| i8::try_from(part).ok();
                let clock = DateTime::new(
                    i16::try_from(year).ok()?,
                    part(month)?,
                    part(day)?,
                    part(hour)?,
                    part(minute)?,
                    part(second)?,
                    0,
                );
                // A day's fraction as a float is up to half a second off.
                let up = jiff::Span::new().seconds(i64::from(milli >= 500));
                clock.ok()?.checked_add(up).map(Self::Clock).ok()?
            }
            other => Self::Text(
                other
                    .as_string()
                    .unwrap_or_else(|| "another kind of cell".to_owned()),
            ),
        })
    }

    /// As text.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Clock(clock) => clock.to_string(),
        }
    }

    /// The moment that it names.
    pub fn clock(&self) -> Option<DateTime> {
        match self {
            Self::Clock(clock) => Some(*clock),
            Self::Text(text) => ["%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"]
                .iter()
                .find_map(|format| strtime::parse(format, text).ok()?.to_datetime().ok()),
        }
    }
}

/// One row.
pub(super) struct Rows {
    /// Its number, from 1.
    pub number: u64,
    /// Its cells by column, those that are not empty.
    cells: Vec<(u32, Cell)>,
}

impl Rows {
    /// What stands in column A.
    pub fn first(&self) -> Option<&Cell> {
        self.cell(0)
    }

    /// What stands in a column.
    pub fn cell(&self, position: u32) -> Option<&Cell> {
        let found = self.cells.binary_search_by_key(&position, |(column, _)| *column);
        found.ok().and_then(|at| self.cells.get(at)).map(|(_, cell)| cell)
    }

    /// What stands behind column A.
    pub fn rest(&self) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells
            .iter()
            .filter(|(column, _)| *column > 0)
            .map(|(column, cell)| (*column, cell))
    }
}

/// Calls back with every row that is not empty, in order.
pub(super) fn each_row(
    file: &str,
    bytes: Begun<Box<dyn Read + '_>>,
    each: &mut dyn FnMut(&Rows) -> Result<(), Error>,
) -> Result<(), Error> {
    let refused = |what: String| Error::Format {
        file: file.to_owned(),
        line: 1,
        expected: "a workbook of Excel (.xlsx)".to_owned(),
        got: what,
    };
    let mut packed = Vec::new();
    let read = bytes.take(MAX_PACKED.saturating_add(1)).read_to_end(&mut packed);
    read.map_err(|source| Error::Unreadable {
        file: file.to_owned(),
        source,
    })?;
    if packed.len() as u64 > MAX_PACKED {
        return Err(refused(format!("more than {MAX_PACKED} bytes")));
    }
    unpacked::check(&packed).map_err(refused)?;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(packed.as_slice())).map_err(|error| refused(error.to_string()))?;
    let names = book.sheet_names();
    let sheet = names.iter().find(|name| *name == SHEET).or(names.first());
    let sheet = sheet.cloned().ok_or_else(|| refused("no sheet".to_owned()))?;
    let mut cells = book
        .worksheet_cells_reader(&sheet)
        .map_err(|error| refused(error.to_string()))?;
    let mut row = Rows {
        number: 0,
        cells: Vec::new(),
    };
    let mut texts = 0_usize;
    while let Some(cell) = cells
        .next_cell()
        .map_err(|error| refused(format!("{error} in row {}", row.number)))?
    {
        let (number, column) = cell.get_position();
        let number = u64::from(number).saturating_add(1);
        if number != row.number {
            finish(&mut row, each)?;
            if number < row.number {
                return Err(refused(format!("row {number} behind row {}", row.number)));
            }
            row.number = number;
            texts = 0;
        }
        if row.cells.len() >= MAX_COLUMNS {
            return Err(refused(format!("more than {MAX_COLUMNS} cells in row {number}")));
        }
        if let DataRef::String(text) = cell.get_value() {
            texts = texts.saturating_add(text.len());
        }
        if texts > MAX_ROW {
            return Err(refused(format!(
                "more than {MAX_ROW} bytes of text in row {number}"
            )));
        }
        row.cells
            .extend(Cell::of(cell.get_value()).map(|cell| (column, cell)));
    }
    finish(&mut row, each)
}

/// Hands over a row, and begins the next.
fn finish(row: &mut Rows, each: &mut dyn FnMut(&Rows) -> Result<(), Error>) -> Result<(), Error> {
    if !row.cells.is_empty() {
        row.cells.sort_by_key(|(column, _)| *column);
        each(row)?;
        row.cells.clear();
    }
    Ok(())
}
