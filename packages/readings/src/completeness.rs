//! How much of a neighbourhood's readings is there, by meter and local day.

use gridpact_units::{IntervalIndex, Quality};
use serde::{Deserialize, Serialize};

use crate::dataset::Dataset;

/// Readings of one meter and day, counted.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCount {
    /// Intervals that the data covers on that day: 92, 96 or 100 of a whole day of quarter hours.
    pub intervals: u32,
    /// Of them measured, or held to the connection's limit.
    pub measured: u32,
    /// Of them substituted, final or not.
    pub substituted: u32,
}

impl DayCount {
    /// Without a reading.
    pub const fn missing(&self) -> u32 {
        self.intervals
            .saturating_sub(self.measured)
            .saturating_sub(self.substituted)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            intervals: self.intervals.saturating_add(other.intervals),
            measured: self.measured.saturating_add(other.measured),
            substituted: self.substituted.saturating_add(other.substituted),
        }
    }
}

/// All days of one meter.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct MeterDays {
    /// Its name.
    pub name: String,
    /// As [`Completeness::days`].
    pub days: Vec<DayCount>,
}

impl MeterDays {
    /// All days together.
    pub fn total(&self) -> DayCount {
        self.days
            .iter()
            .fold(DayCount::default(), |sum, day| sum.plus(*day))
    }
}

/// How much is there.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// The local days that the data covers, as `2024-06-03`, in order; a day that two stretches cover stands once.
    pub days: Vec<String>,
    /// In the data's order.
    pub meters: Vec<MeterDays>,
}

impl Completeness {
    /// Counts.
    pub fn of(dataset: &Dataset) -> Self {
        let mut days: Vec<String> = Vec::new();
        let mut last = None;
        let mut meters: Vec<MeterDays> = dataset
            .meters
            .iter()
            .map(|meter| MeterDays {
                name: meter.name.clone(),
                days: Vec::new(),
            })
            .collect();
        let mut rows = dataset.rows();
        for index in indices(dataset) {
            let Some(row) = rows.next() else { break };
            let day = dataset.local_day(index);
            if last != Some(day) {
                last = Some(day);
                days.push(day.to_string());
                meters
                    .iter_mut()
                    .for_each(|meter| meter.days.push(DayCount::default()));
            }
            for (meter, reading) in meters.iter_mut().zip(&row) {
                if let Some(count) = meter.days.last_mut() {
                    *count = count.plus(one(reading.quality));
                }
            }
        }
        Self { days, meters }
    }
}

/// One interval.
fn one(quality: Quality) -> DayCount {
    let (measured, substituted) = match quality {
        Quality::Measured | Quality::Limited => (1, 0),
        Quality::SubstitutedFinal | Quality::SubstitutedProvisional => (0, 1),
        Quality::Missing => (0, 0),
    };
    DayCount {
        intervals: 1,
        measured,
        substituted,
    }
}

/// The intervals of all stretches.
fn indices(dataset: &Dataset) -> impl Iterator<Item = IntervalIndex> + '_ {
    let of = |stretch: &crate::dataset::Stretch| {
        let first = stretch.first;
        (0..stretch.intervals as u64).map(move |offset| first.plus(offset))
    };
    dataset.stretches.iter().flat_map(of)
}
