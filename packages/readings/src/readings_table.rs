//! Gridpact's own table: a row a meter and interval, in any order.
//!
//! ```csv
//! interval_start,meter,import_kwh,export_kwh,quality
//! 2024-06-01T12:00:00+02:00,house 1,0.125,0,measured
//! ```
//!
//! A grid's own tables say `slot` for `meter`. `quality` may be left out. A reading without a row is missing.

mod columns;
mod dataset;

use core::fmt::Write;
use std::collections::HashMap;

use gridpact_units::{IntervalIndex, IntervalLength, Quality, Reading, Slot, UnixSeconds};

use crate::bounds::{MAX_METERS, MAX_READINGS};
use crate::csv_rows::CsvRows;
use crate::error::Error;
use crate::file::NamedFile;
use crate::rfc3339;
use columns::{check_header, header, quality, EXPORT, IMPORT, METER, START};

pub use columns::{MeterKey, MeterName};

/// Meters' readings as a table gives them: one at most for a meter and interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingsTable<M> {
    file: String,
    interval: IntervalLength,
    /// In the order of their first rows.
    meters: Vec<M>,
    /// By start, and by meter in an interval.
    rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    start: UnixSeconds,
    /// Position of its meter.
    meter: usize,
    reading: Reading,
    line: u64,
}

impl ReadingsTable<Slot> {
    /// Reads a grid's table, whose intervals are so long.
    ///
    /// # Errors
    /// A bad row, with its line; two rows for one reading, with both.
    pub fn by_slot(file: NamedFile, interval: IntervalLength) -> Result<Self, Error> {
        let (file, meters, rows) = read(file, Some(interval))?;
        Ok(Self {
            file,
            interval,
            meters,
            rows,
        })
    }

    /// Its readings, by interval.
    pub fn readings(&self) -> impl Iterator<Item = (Slot, IntervalIndex, Reading)> + '_ {
        self.rows.iter().filter_map(|row| {
            let slot = self.meters.get(row.meter)?;
            Some((*slot, self.interval.index_at(row.start.0), row.reading))
        })
    }

    /// The line of a reading.
    pub fn line_of(&self, slot: Slot, interval: IntervalIndex) -> Option<u64> {
        let meter = self.meters.iter().position(|known| *known == slot)?;
        let start = UnixSeconds(self.interval.start_of(interval));
        let found = self
            .rows
            .binary_search_by_key(&(start, meter), |row| (row.start, row.meter));
        found.ok().and_then(|at| self.rows.get(at)).map(|row| row.line)
    }
}

impl<M> ReadingsTable<M> {
    /// Name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Length of an interval.
    pub fn interval(&self) -> IntervalLength {
        self.interval
    }

    /// The meters, in the order of their first rows.
    pub fn meters(&self) -> &[M] {
        &self.meters
    }
}

/// A table to fill in: a row for each of these intervals and slots, all missing so far.
pub fn to_fill_in(
    interval: IntervalLength,
    intervals: impl IntoIterator<Item = IntervalIndex>,
    slots: &[Slot],
) -> String {
    let mut table = header("slot") + "\n";
    for index in intervals {
        let start = rfc3339::show(UnixSeconds(interval.start_of(index)));
        for slot in slots {
            // Writing to a String cannot fail.
            let _ = writeln!(table, "{start},{slot},,,missing");
        }
    }
    table
}

/// The file's name, its meters, and its rows in order.
fn read<M: MeterKey>(
    file: NamedFile,
    interval: Option<IntervalLength>,
) -> Result<(String, Vec<M>, Vec<Row>), Error> {
    let mut csv = CsvRows::new(file, 0)?;
    let has_quality = check_header::<M>(&csv)?;
    let (mut meters, mut rows) = (Meters::new(), Vec::new());
    while csv.advance()? {
        if rows.len() == MAX_READINGS {
            return Err(csv.bad_cell(START, &format!("at most {MAX_READINGS} rows")));
        }
        rows.push(Row {
            start: start(&csv, interval)?,
            meter: meters.position(&csv)?,
            reading: reading(&csv, has_quality)?,
            line: csv.line(),
        });
    }
    // Lines last, so that of two rows for one reading the earlier comes first.
    rows.sort_unstable_by_key(|row| (row.start, row.meter, row.line));
    let twice = rows.iter().zip(rows.iter().skip(1));
    let mut twice = twice.filter(|(row, next)| (row.start, row.meter) == (next.start, next.meter));
    if let Some((row, next)) = twice.next() {
        return Err(Error::Twice {
            file: csv.file().to_owned(),
            first: row.line,
            second: next.line,
            meter: meters.list.get(row.meter).map(M::told).unwrap_or_default(),
        });
    }
    Ok((csv.file().to_owned(), meters.list, rows))
}

/// The meters met so far.
struct Meters<M> {
    list: Vec<M>,
    known: HashMap<String, usize>,
}

impl<M: MeterKey> Meters<M> {
    fn new() -> Self {
        Self {
            list: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// The position of the current row's meter.
    fn position(&mut self, csv: &CsvRows) -> Result<usize, Error> {
        let text = csv.cell(METER);
        if let Some(position) = self.known.get(text) {
            return Ok(*position);
        }
        let column = csv.header().get(METER).map(String::as_str).unwrap_or_default();
        let meter = M::read(column, text).map_err(|expected| csv.bad_cell(METER, &expected))?;
        // A slot may be written with zeros before it.
        let known = self.list.iter().position(|known| *known == meter);
        let position = known.unwrap_or(self.list.len());
        if known.is_none() {
            if self.list.len() == MAX_METERS {
                return Err(csv.bad_cell(METER, &format!("at most {MAX_METERS} meters, a grid's seats")));
            }
            self.list.push(meter);
        }
        self.known.insert(text.to_owned(), position);
        Ok(position)
    }
}

/// The current row's start: of an interval where its length is known, else a whole minute.
fn start(csv: &CsvRows, interval: Option<IntervalLength>) -> Result<UnixSeconds, Error> {
    let text = csv.cell(START);
    let start = rfc3339::parse(text).map_err(|error| csv.bad_cell(START, &error.expected()))?;
    let length = interval.map_or(60, IntervalLength::seconds);
    if start.0.checked_rem(length.into()) == Some(0) {
        return Ok(start);
    }
    let expected = match interval {
        Some(_) => format!("the start of an interval of {length} s, counted from midnight UTC"),
        None => "the start of an interval, a whole minute".to_owned(),
    };
    Err(csv.bad_cell(START, &expected))
}

/// The current row's energies; a missing reading has none, whatever its cells say.
fn reading(csv: &CsvRows, has_quality: bool) -> Result<Reading, Error> {
    let quality = match has_quality {
        true => quality(csv)?,
        false => Quality::Measured,
    };
    Ok(match quality {
        Quality::Missing => Reading::MISSING,
        quality => Reading {
            import: csv.energy(IMPORT)?,
            export: csv.energy(EXPORT)?,
            quality,
        },
    })
}
