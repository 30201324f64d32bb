//! When what is reported, settled and final.

use anyhow::{Context, Result};
use gridpact_readings::dataset::Dataset;
use gridpact_units::{IntervalIndex, Reading, Seconds};

/// How long after a window's end its report reaches the chain: meters and oracles need a while.
pub const REPORT_DELAY: u64 = 900;

/// How long a settled window stays provisional where no grid's file says it: a day, as suits a small grid.
pub const USUAL_CHALLENGE_PERIOD: Seconds = Seconds::DAY;

/// One report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Position of the stretch.
    pub stretch: usize,
    /// Position of the first interval among all intervals.
    pub from: usize,
    /// Number of intervals.
    pub intervals: usize,
    /// Number of the first interval on the chain.
    pub first: IntervalIndex,
    /// When it is settled.
    pub settled_at: u64,
    /// When it becomes final.
    pub final_at: u64,
}

impl Slice {
    /// Its readings, interval by interval, one a home.
    ///
    /// # Errors
    /// It is of other readings.
    pub fn readings(&self, dataset: &Dataset) -> Result<Vec<Reading>> {
        let homes = dataset.meters.len();
        let end = self
            .from
            .checked_add(self.intervals)
            .and_then(|end| end.checked_mul(homes));
        let range = self
            .from
            .checked_mul(homes)
            .zip(end)
            .filter(|(_, end)| *end <= dataset.readings.len());
        let (from, to) = range.context("a report beyond the readings")?;
        Ok(dataset.readings.range(from..to))
    }
}

/// Cuts every stretch into reports of `window` intervals, each provisional for so long; the last of a stretch may be shorter.
pub fn schedule(dataset: &Dataset, window: u32, challenge_period: Seconds) -> Vec<Slice> {
    let window = usize::try_from(window).unwrap_or(usize::MAX).max(1);
    let mut slices = Vec::new();
    let mut from = 0_usize;
    for (stretch, span) in dataset.stretches.iter().enumerate() {
        let mut first = span.first;
        let mut left = span.intervals;
        while left > 0 {
            let intervals = window.min(left);
            let next = first.plus(intervals as u64);
            let settled_at = dataset.interval.start_of(next).saturating_add(REPORT_DELAY);
            slices.push(Slice {
                stretch,
                from,
                intervals,
                first,
                settled_at,
                final_at: settled_at.saturating_add(challenge_period.0),
            });
            first = next;
            from = from.saturating_add(intervals);
            left = left.saturating_sub(intervals);
        }
    }
    slices
}
