//! Readings of meters, one at most for a meter and interval: from Gridpact's own table, or from any other file that is read.
//!
//! ```csv
//! interval_start,meter,import_kwh,export_kwh,quality
//! 2024-06-01T12:00:00+02:00,house 1,0.125,0,measured
//! ```
//!
//! A grid's own tables say `slot` for `meter`. `quality` may be left out. A reading without a row is missing.

mod dataset;
mod merged;
pub(crate) mod written;

use core::fmt::Write;
use std::io;

use gridpact_units::{IntervalIndex, IntervalLength, Reading, Slot, UnixSeconds};

use crate::clock::Zone;
use crate::collected::Collected;
use crate::error::Error;
use crate::file::NamedFile;
use crate::findings::Finding;
use crate::meter_key::{naming, MeterKey, MeterName};
use crate::on_grid::{on_grid, OnGrid};
use crate::one_file;
use crate::one_file::our_table::columns::header;
use crate::options::Options;
use crate::rfc3339;
use crate::row_log::RowLog;
use merged::merged;

/// Meters' readings: one at most for a meter and interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingsTable<M> {
    files: Vec<String>,
    interval: IntervalLength,
    zone: Zone,
    /// In the order of their first rows.
    meters: Vec<M>,
    /// Of every meter, by start.
    series: Vec<RowLog>,
    findings: Vec<Finding>,
}

impl ReadingsTable<Slot> {
    /// Reads a grid's table, whose intervals are so long. What a slot may give is the registry's to say.
    ///
    /// # Errors
    /// A bad row, with its line; two rows that contradict each other, with both.
    pub fn by_slot(file: NamedFile, interval: IntervalLength) -> Result<Self, Error> {
        let options = Options {
            interval: Some(interval),
            limit: None,
            ..Options::default()
        };
        Self::read([file], &options)
    }
}

impl ReadingsTable<MeterName> {
    /// Reads a file of a neighbourhood that is no grid yet: the interval's length is that of most rows.
    ///
    /// # Errors
    /// As [`ReadingsTable::read`].
    pub fn by_meter(file: NamedFile) -> Result<Self, Error> {
        Self::read([file], &Options::default())
    }
}

impl<M: MeterKey> ReadingsTable<M> {
    /// Reads files together, each of any format. What is doubtful and can be read all the same is in
    /// [`ReadingsTable::findings`].
    ///
    /// # Errors
    /// A bad row, with its line; rows that contradict each other, with both; rows that tell no interval's length, or lie far from all
    /// others; a meter most of whose values no connection can give.
    pub fn read<'a>(
        files: impl IntoIterator<Item = NamedFile<'a>>,
        options: &Options,
    ) -> Result<Self, Error> {
        let mut collected = Collected::new(naming::<M>(), &options.names);
        for file in files {
            one_file::read(file, options, &mut collected)?;
        }
        let OnGrid {
            files,
            meters,
            interval,
            zone,
            series,
            findings,
        } = on_grid(collected, options)?;
        let column = M::COLUMNS.first().copied().unwrap_or_default();
        // Every name was read as one before.
        let meters = meters.iter().filter_map(|name| M::read(column, name).ok());
        Ok(Self {
            files,
            interval,
            zone,
            meters: meters.collect(),
            series,
            findings,
        })
    }

    /// Its readings, by interval, and by meter in an interval.
    pub fn readings(&self) -> impl Iterator<Item = (M, IntervalIndex, Reading)> + '_ {
        merged(&self.series).filter_map(|placed| {
            let meter = self.meters.get(placed.origin.meter as usize)?;
            let interval = self.interval.index_at(placed.start.0);
            Some((meter.clone(), interval, placed.reading))
        })
    }

    /// Writes them as our own table, which reads back as the same readings.
    ///
    /// # Errors
    /// What it is written to refuses it.
    pub fn write(&self, out: impl io::Write) -> io::Result<()> {
        let column = M::COLUMNS.first().copied().unwrap_or_default();
        let readings = self.readings();
        let readings = readings.map(|(meter, interval, reading)| (meter.to_string(), interval, reading));
        written::write(out, column, self.interval, readings)
    }

    /// The line of a reading, in its file; the first, where it is of several.
    pub fn line_of(&self, meter: M, interval: IntervalIndex) -> Option<u64> {
        self.place_of(meter, interval).map(|(_, line)| line)
    }

    /// The file and the line of a reading; the first, where it is of several.
    pub fn place_of(&self, meter: M, interval: IntervalIndex) -> Option<(&str, u64)> {
        let meter = self.meters.iter().position(|known| *known == meter)?;
        let start = UnixSeconds(self.interval.start_of(interval));
        let mut rows = self.series.get(meter)?.rows(u32::try_from(meter).ok()?);
        let row = rows.find(|row| row.at >= start).filter(|row| row.at == start)?;
        let file = self.files.get(usize::from(row.origin.file))?;
        Some((file, row.origin.line.into()))
    }
}

impl<M> ReadingsTable<M> {
    /// Names of the files.
    pub fn file(&self) -> String {
        self.files.join(", ")
    }

    /// Length of an interval.
    pub fn interval(&self) -> IntervalLength {
        self.interval
    }

    /// The zone of local days.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The meters, in the order of their first rows.
    pub fn meters(&self) -> &[M] {
        &self.meters
    }

    /// What was noticed, what matters most first.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
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
