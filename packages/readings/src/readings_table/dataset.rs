//! A table of meters to a neighbourhood's readings.

use gridpact_units::UnixSeconds;

use super::ReadingsTable;
use crate::dataset::{check_size, Dataset, Meter, Stretch};
use crate::error::Error;
use crate::meter_key::MeterName;
use crate::packed::Readings;
use crate::placed::Placed;
use crate::row_log::RowLog;

/// Readings that are always held, however few of them are there.
const SMALL: usize = 1_000_000;
/// At least one of so many readings is there in more than that: one wrong year in a few rows must not fill the memory.
const SPARSE: usize = 1_000;

impl ReadingsTable<MeterName> {
    /// A reading for every meter and interval from the first start to the last, missing where there is no row.
    ///
    /// # Errors
    /// More than a grid or the memory holds.
    pub fn into_dataset(self) -> Result<Dataset, Error> {
        let index = |at: UnixSeconds| self.interval.index_at(at.0);
        let first = self
            .series
            .iter()
            .filter_map(|log| Some(index(log.rows(0).next()?.at)))
            .min();
        let last = self.series.iter().filter_map(|log| log.last().map(index)).max();
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        let rows: usize = self.series.iter().map(RowLog::len).sum();
        let intervals = last.since(first).unwrap_or_default().saturating_add(1);
        let intervals = usize::try_from(intervals).unwrap_or(usize::MAX);
        let width = self.meters.len();
        check_size(width, intervals)?;
        let all = intervals.saturating_mul(width);
        if all > SMALL && rows.saturating_mul(SPARSE) < all {
            return Err(Error::Sparse {
                file: self.file(),
                readings: rows,
                intervals,
                meters: width,
            });
        }

        // Rows come in any order, so the meters' order must not depend on theirs.
        let mut order: Vec<(usize, &MeterName)> = self.meters.iter().enumerate().collect();
        order.sort_by_key(|(_, MeterName(name))| (name.parse::<u64>().unwrap_or(u64::MAX), name));
        let mut meters: Vec<Meter> = order
            .iter()
            .map(|(_, name)| Meter::home(name.to_string()))
            .collect();
        let mut slots = vec![0; width];
        for (slot, (position, _)) in order.iter().enumerate() {
            if let Some(place) = slots.get_mut(*position) {
                *place = slot;
            }
        }
        let mut readings = Readings::missing(intervals.saturating_mul(width));
        let mut took = vec![false; width];
        for ((position, log), slot) in (0..).zip(self.series).zip(slots) {
            for placed in log.rows(position).map(|row| Placed::of(&row)) {
                let interval = self.interval.index_at(placed.start.0).since(first);
                let interval = usize::try_from(interval.unwrap_or_default()).unwrap_or(usize::MAX);
                let at = interval.saturating_mul(width).saturating_add(slot);
                readings.set(at, placed.reading);
                if let Some((meter, took)) = meters.get_mut(slot).zip(took.get_mut(slot)) {
                    meter.has_pv |= !placed.reading.export.is_zero();
                    *took |= !placed.reading.import.is_zero();
                }
            }
        }
        // Gives and never takes: a roof of its own.
        for (meter, took) in meters.iter_mut().zip(took) {
            meter.producer = meter.has_pv && !took;
        }
        let notes = vec!["own generation used behind the meter is not in the data".to_owned()];
        Ok(Dataset {
            name: self.files.join(", "),
            attribution: String::new(),
            notes,
            findings: self.findings,
            zone: self.zone,
            interval: self.interval,
            stretches: vec![Stretch { first, intervals }],
            meters,
            readings,
            own_use: None,
        })
    }
}
