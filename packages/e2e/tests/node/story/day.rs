//! A summer day of SimBench homes, written to a file as an oracle's collector would.

use anyhow::{ensure, Result};
use gridpact_readings::format::Source;
use gridpact_readings::rfc3339;
use gridpact_readings::selection::{Season, Selection};
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Reading, UnixSeconds};

/// Quarter hours of a day.
pub const DAY: u16 = 96;

/// Homes and their readings.
pub struct Day {
    /// How many.
    homes: usize,
    /// Interval by interval, a reading a meter.
    readings: Vec<Reading>,
}

impl Day {
    /// So many homes of the bundled data, half of them with a roof of their own.
    pub fn of_summer(homes: usize) -> Result<Self> {
        let selection = Selection {
            days: Some(1),
            season: Some(Season::Summer),
            ..Selection::default()
        };
        let dataset = Source::Bundled.load(&selection)?;
        ensure!(dataset.interval == IntervalLength::QUARTER_HOUR && dataset.intervals() == usize::from(DAY));
        let has_pv = |meter: &usize| dataset.meters[*meter].has_pv;
        let (with, without): (Vec<usize>, Vec<usize>) = (0..dataset.meters.len()).partition(has_pv);
        let with = with.into_iter().take(homes / 2);
        let without = without.into_iter().take(homes - homes / 2);
        let mut chosen: Vec<usize> = with.chain(without).collect();
        chosen.sort_unstable();
        let rows = dataset.rows();
        // As meters tell it: whole Wh.
        let whole = |energy: Energy| Energy(energy.0 / 1_000 * 1_000);
        let read = |reading: Reading| Reading::measured(whole(reading.import), whole(reading.export));
        Ok(Self {
            homes,
            readings: rows
                .flat_map(|row| chosen.iter().map(|at| read(row[*at])).collect::<Vec<_>>())
                .collect(),
        })
    }

    /// In the format of `gridpact`: interval_start,slot,import_kwh,export_kwh, as if the day began with this interval.
    /// Home n has slot n.
    pub fn csv(&self, first: IntervalIndex) -> String {
        let mut text = "interval_start,slot,import_kwh,export_kwh\n".to_owned();
        for (number, row) in (0_u64..).zip(self.readings.chunks_exact(self.homes)) {
            let start = rfc3339::show(UnixSeconds(
                IntervalLength::QUARTER_HOUR.start_of(first.plus(number)),
            ));
            for (slot, reading) in row.iter().enumerate() {
                let (import, export) = (kwh(reading.import.0), kwh(reading.export.0));
                text.push_str(&format!("{start},{slot},{import},{export}\n"));
            }
        }
        text
    }
}

/// mWh as kWh, all six decimals.
fn kwh(milliwatt_hours: u64) -> String {
    format!(
        "{}.{:06}",
        milliwatt_hours / 1_000_000,
        milliwatt_hours % 1_000_000
    )
}
