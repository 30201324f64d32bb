//! A table of meters to a neighbourhood's readings.

use gridpact_units::{IntervalLength, Reading};

use super::{read, MeterName, ReadingsTable, Row};
use crate::clock::Zone;
use crate::dataset::{check_size, Dataset, Meter, Stretch};
use crate::error::{BadRow, Error};
use crate::file::NamedFile;
use crate::rfc3339;

impl ReadingsTable<MeterName> {
    /// Reads a table of a neighbourhood that is no grid yet: the interval's length is the smallest step between two starts.
    ///
    /// # Errors
    /// As [`ReadingsTable::by_slot`], and starts that tell no interval's length.
    pub fn by_meter(file: NamedFile) -> Result<Self, Error> {
        let (file, meters, rows) = read(file, None)?;
        let interval = interval_length(&file, &rows)?;
        Ok(Self {
            file,
            interval,
            meters,
            rows,
        })
    }

    /// A reading for every meter and interval from the first start to the last, missing where there is no row.
    ///
    /// # Errors
    /// More than a grid or the memory holds.
    pub fn into_dataset(self) -> Result<Dataset, Error> {
        let mut starts = self.rows.iter().map(|row| self.interval.index_at(row.start.0));
        let first = starts.next().unwrap_or_default();
        let last = starts.next_back().unwrap_or(first);
        let intervals = last.since(first).unwrap_or_default().saturating_add(1);
        let intervals = usize::try_from(intervals).unwrap_or(usize::MAX);
        let width = self.meters.len();
        check_size(width, intervals)?;

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
        let mut readings = vec![Reading::MISSING; intervals.saturating_mul(width)];
        let mut took = vec![false; width];
        for row in &self.rows {
            let interval = self.interval.index_at(row.start.0).since(first);
            let interval = usize::try_from(interval.unwrap_or_default()).unwrap_or(usize::MAX);
            let slot = slots.get(row.meter).copied().unwrap_or_default();
            let at = interval.saturating_mul(width).saturating_add(slot);
            if let Some(reading) = readings.get_mut(at) {
                *reading = row.reading;
            }
            if let Some((meter, took)) = meters.get_mut(slot).zip(took.get_mut(slot)) {
                meter.has_pv |= !row.reading.export.is_zero();
                *took |= !row.reading.import.is_zero();
            }
        }
        // Gives and never takes: a roof of its own.
        for (meter, took) in meters.iter_mut().zip(took) {
            meter.producer = meter.has_pv && !took;
        }
        Ok(Dataset {
            name: self.file,
            attribution: String::new(),
            notes: vec!["own generation used behind the meter is not in the data".to_owned()],
            zone: Zone::Fixed(0),
            interval: self.interval,
            stretches: vec![Stretch { first, intervals }],
            meters,
            readings,
            own_use: None,
        })
    }
}

/// The smallest step between two starts of sorted rows; all starts must lie on its grid, counted from 1970 as the chain
/// does.
fn interval_length(file: &str, rows: &[Row]) -> Result<IntervalLength, Error> {
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let steps = pairs.map(|(row, next)| next.start.0.saturating_sub(row.start.0));
    let step = steps.filter(|step| *step > 0).min();
    let step = step.ok_or_else(|| Error::TooFewStarts {
        file: file.to_owned(),
        got: rows.len().min(1),
    })?;
    let length = u32::try_from(step)
        .ok()
        .and_then(|step| IntervalLength::from_seconds(step).ok());
    let length = length.ok_or_else(|| Error::Step {
        file: file.to_owned(),
        step,
    })?;
    match rows
        .iter()
        .find(|row| length.start_of(length.index_at(row.start.0)) != row.start.0)
    {
        Some(row) => Err(Error::from(Box::new(BadRow {
            file: file.to_owned(),
            line: row.line,
            column: (1, "interval_start".to_owned()),
            expected: format!("a start on the {step}-second grid counted from midnight UTC"),
            got: rfc3339::show(row.start),
        }))),
        None => Ok(length),
    }
}
