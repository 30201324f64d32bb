//! Readings from files, as one [`Dataset`] whatever the format. Everything is checked before anything is returned:
//! a bad row names the file, the line, the column, what was expected and what came, and nothing is half-read.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "off the chain: sizes are bounded by the loaders"
)]

mod ausgrid;
mod bundled;
mod citylearn;
mod clock;
mod csv_file;
mod select;
mod simbench;
mod simbench_lists;
mod table;

use std::path::Path;

use anyhow::{bail, Context, Result};
use gridpact_units::{IntervalIndex, IntervalLength, Reading};
use jiff::civil::Date;

pub use clock::{rfc3339_utc, Zone};
pub use select::{From, Season, Selection};
pub use table::{BadRow, Table};

/// The most meters: a grid on the chain has at most 1,024 seats.
pub const MAX_METERS: usize = 1_024;

/// The most readings held at once, 64 a second for a year or 1,024 meters for 416 days of quarter hours: about 4 GB.
pub const MAX_READINGS: usize = 41_000_000;

/// A connection point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Its name in the data.
    pub name: String,
    /// A generator is known or seen behind it.
    pub has_pv: bool,
    /// A generator with no home behind it.
    pub producer: bool,
}

/// Intervals without a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first interval.
    pub first: IntervalIndex,
    /// How many.
    pub intervals: usize,
}

/// Readings of a neighbourhood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// One line for people.
    pub name: String,
    /// Licence and source, to be shown with the data; empty for a user's own file.
    pub attribution: String,
    /// What the loader assumed, one sentence each.
    pub notes: Vec<String>,
    /// Local time, for days and pictures.
    pub zone: Zone,
    /// Length of an interval.
    pub interval: IntervalLength,
    /// Stretches in order of time.
    pub stretches: Vec<Stretch>,
    /// Connection points.
    pub meters: Vec<Meter>,
    /// One a meter and interval, interval-major, stretch after stretch.
    pub readings: Vec<Reading>,
    /// Own generation used behind the meter in mWh, as `readings`; `None` where the data does not say.
    pub own_use: Option<Vec<u64>>,
}

impl Dataset {
    /// Number of intervals of all stretches.
    pub fn intervals(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.intervals).sum()
    }

    /// The local day on which an interval starts.
    pub fn local_day(&self, index: IntervalIndex) -> Date {
        self.zone
            .local(clock::moment(self.interval.start_of(index)))
            .date()
    }

    /// Local time less UTC at an interval's start, s.
    pub fn offset_at(&self, index: IntervalIndex) -> i32 {
        self.zone.offset_at(clock::moment(self.interval.start_of(index)))
    }

    /// Intervals in a day.
    pub fn intervals_per_day(&self) -> usize {
        (86_400 / self.interval.seconds()) as usize
    }
}

/// The formats read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A folder with SimBench's low-voltage loads, PV systems and profiles.
    Simbench,
    /// A folder with CityLearn's hourly consumption and generation of homes.
    Citylearn,
    /// Ausgrid's published solar home half-hour file.
    Ausgrid,
    /// Gridpact's own: interval_start,meter,import_kwh,export_kwh.
    Csv,
}

/// Reads what the options name: a path in a format, or the weeks built into the program.
pub fn load(source: Option<(&Path, Format)>, selection: &Selection) -> Result<Dataset> {
    let dataset = match source {
        None => bundled::load(),
        Some((path, format)) => {
            let loaded = match format {
                Format::Simbench => simbench::load(path, selection),
                Format::Citylearn => citylearn::load(path),
                Format::Ausgrid => ausgrid::load(path),
                Format::Csv => csv_file::load(path),
            };
            loaded.with_context(|| format!("cannot read {} as {format:?}", path.display()))
        }
    }?;
    let dataset = select::select(dataset, selection)?;
    check_size(dataset.meters.len(), dataset.intervals())?;
    Ok(dataset)
}

/// What a stretch is called: `winter week`, or its first and last local day.
pub fn label(dataset: &Dataset, stretch: &Stretch) -> String {
    let local = |index| dataset.local_day(index);
    let first = local(stretch.first);
    let last = local(stretch.first.plus(stretch.intervals.saturating_sub(1) as u64));
    let week = stretch.intervals == 7 * dataset.intervals_per_day() && dataset.zone == Zone::CentralEurope;
    match first.month() {
        12 | 1 | 2 if week => "winter week".to_owned(),
        6..=8 if week => "summer week".to_owned(),
        _ if first == last => first.to_string(),
        _ => format!("{first} to {last}"),
    }
}

/// Refuses what would not fit the chain or the memory, before it is built.
fn check_size(meters: usize, intervals: usize) -> Result<()> {
    if meters == 0 || intervals == 0 {
        bail!("no readings: expected at least one meter and one interval, got {meters} and {intervals}");
    }
    if meters > MAX_METERS {
        bail!(
            "too many meters: a grid has at most {MAX_METERS} seats, got {meters}; choose fewer with --homes"
        );
    }
    if meters.saturating_mul(intervals) > MAX_READINGS {
        bail!(
            "too many readings: at most {MAX_READINGS} fit the memory allowed, \
             got {meters} meters x {intervals} intervals; choose fewer with --days or --homes"
        );
    }
    Ok(())
}
