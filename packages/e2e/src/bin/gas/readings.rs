//! Readings as real homes have them: SimBench's 113 homes of one summer, later days standing for further homes.

use anyhow::{ensure, Result};
use gridpact_readings::dataset::Dataset;
use gridpact_readings::format::Source;
use gridpact_readings::selection::{Season, Selection};
use gridpact_units::Reading;

/// Intervals of a day.
const DAY: usize = 96;

/// The built-in summer week.
pub struct Summer {
    dataset: Dataset,
    homes: usize,
    days: usize,
}

impl Summer {
    /// Reads it.
    pub fn load() -> Result<Self> {
        let selection = Selection {
            season: Some(Season::Summer),
            ..Selection::default()
        };
        let dataset = Source::Bundled.load(&selection)?;
        let homes = dataset.meters.len();
        let days = dataset.readings.len() / homes / DAY;
        ensure!(days > 0, "the built-in data holds no whole day");
        Ok(Self { dataset, homes, days })
    }

    /// So many intervals of so many meters, interval by interval, beginning with an interval of the day.
    pub fn readings(&self, meters: usize, from: usize, intervals: usize) -> Vec<Reading> {
        let mut readings = Vec::with_capacity(meters * intervals);
        for interval in from..from + intervals {
            for meter in 0..meters {
                let (home, day) = (meter % self.homes, meter / self.homes % self.days);
                let row = (day * DAY + interval) % (self.days * DAY);
                readings.push(self.dataset.readings.at(row * self.homes + home));
            }
        }
        readings
    }
}
