//! Readings of a neighbourhood, whatever file they came from.

use std::io;

use gridpact_units::{EnergyTotal, IntervalIndex, IntervalLength, Reading};
use jiff::civil::Date;

use crate::bounds::{MAX_METERS, MAX_READINGS};
use crate::clock::{self, Zone};
use crate::error::Error;
use crate::findings::Finding;
use crate::packed::{Energies, Readings};
use crate::readings_table::written;

/// A connection point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Its name in the data.
    pub name: String,
    /// A generator is known or seen behind it.
    pub has_pv: bool,
    /// A generator with no home behind it: known, or seen to give and never to take in the whole file.
    pub producer: bool,
}

impl Meter {
    /// A home of which no more is known.
    pub(crate) fn home(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            has_pv: false,
            producer: false,
        }
    }
}

/// Intervals without a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first interval.
    pub first: IntervalIndex,
    /// How many.
    pub intervals: usize,
}

impl Stretch {
    /// The last interval.
    pub fn last(&self) -> IntervalIndex {
        self.first.plus(self.intervals.saturating_sub(1) as u64)
    }
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
    /// What was doubtful in the files, what matters most first.
    pub findings: Vec<Finding>,
    /// Local time, for days and pictures.
    pub zone: Zone,
    /// Length of an interval.
    pub interval: IntervalLength,
    /// Stretches in order of time.
    pub stretches: Vec<Stretch>,
    /// Connection points.
    pub meters: Vec<Meter>,
    /// One a meter and interval, interval-major, stretch after stretch.
    pub readings: Readings,
    /// Own generation used behind the meter in mWh, as `readings`; `None` where the data does not say.
    pub own_use: Option<Energies>,
}

impl Dataset {
    /// Number of intervals of all stretches.
    pub fn intervals(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.intervals).sum()
    }

    /// The readings interval by interval, one a meter.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Reading>> + '_ {
        let width = self.meters.len();
        let starts = (0..self.intervals()).map(move |interval| interval.saturating_mul(width));
        starts.map(move |start| self.readings.range(start..start.saturating_add(width)))
    }

    /// All readings by interval, with their meter and when they are.
    pub fn readings(&self) -> impl Iterator<Item = (&str, IntervalIndex, Reading)> + '_ {
        let indices = self.stretches.iter().flat_map(|stretch| {
            let first = stretch.first;
            (0..stretch.intervals as u64).map(move |offset| first.plus(offset))
        });
        indices.zip(self.rows()).flat_map(|(index, row)| {
            let names = self.meters.iter().map(|meter| meter.name.as_str());
            names.zip(row).map(move |(name, reading)| (name, index, reading))
        })
    }

    /// Writes them as our own table; a reading that is missing is a row that says so. What was used behind a meter has no column there.
    ///
    /// # Errors
    /// What it is written to refuses it.
    pub fn write(&self, out: impl io::Write) -> io::Result<()> {
        written::write(out, "meter", self.interval, self.readings())
    }

    /// What every meter took and gave in all, as metered.
    pub fn totals(&self) -> Vec<(EnergyTotal, EnergyTotal)> {
        let mut totals = vec![(EnergyTotal::ZERO, EnergyTotal::ZERO); self.meters.len()];
        for row in self.rows() {
            for (total, reading) in totals.iter_mut().zip(&row) {
                *total = (total.0.plus(reading.import), total.1.plus(reading.export));
            }
        }
        totals
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
        let intervals = 86_400_u32.checked_div(self.interval.seconds());
        intervals.unwrap_or_default() as usize
    }

    /// What a stretch is called: `winter week`, or its first and last local day.
    pub fn label(&self, stretch: &Stretch) -> String {
        let (first, last) = (self.local_day(stretch.first), self.local_day(stretch.last()));
        let a_week = self.intervals_per_day().saturating_mul(7);
        let week = stretch.intervals == a_week && self.zone == Zone::CentralEurope;
        match first.month() {
            12 | 1 | 2 if week => "winter week".to_owned(),
            6..=8 if week => "summer week".to_owned(),
            _ if first == last => first.to_string(),
            _ => format!("{first} to {last}"),
        }
    }

    /// What it covers, for people.
    pub(crate) fn spans(&self) -> String {
        let span = |stretch: &Stretch| {
            let (first, last) = (self.local_day(stretch.first), self.local_day(stretch.last()));
            format!("{first} to {last}")
        };
        let spans: Vec<String> = self.stretches.iter().map(span).collect();
        spans.join(" and ")
    }
}

/// Refuses what would not fit the chain or the memory, before it is built.
pub(crate) fn check_size(meters: usize, intervals: usize) -> Result<(), Error> {
    if meters == 0 || intervals == 0 {
        return Err(Error::NoReadings { meters, intervals });
    }
    if meters > MAX_METERS {
        return Err(Error::TooManyMeters { got: meters });
    }
    if meters.saturating_mul(intervals) > MAX_READINGS {
        return Err(Error::TooManyReadings { meters, intervals });
    }
    Ok(())
}
