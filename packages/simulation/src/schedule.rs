//! When what is reported, settled and final.

use anyhow::{Context, Result};
use gridpact_readings::dataset::Dataset;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{IntervalIndex, IntervalLength, Reading, Seconds};

/// How long after a window's end its report reaches the chain: meters and oracles need a while.
pub const REPORT_DELAY: u64 = 900;

/// How long a settled window stays provisional where no grid's file says it: a day, as suits a small grid.
pub const USUAL_CHALLENGE_PERIOD: Seconds = Seconds::DAY;

/// What a grid's file says of its windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// How long a settled window stays provisional, in which what was earned can neither be withdrawn nor spent.
    pub challenge_period: Seconds,
    /// When rosters may begin: no report spans such a change, so windows begin there.
    pub rosters_begin: Option<RostersBegin>,
    /// Intervals that ended longer ago are no longer reported: no window is longer.
    pub report_limit: Option<Seconds>,
}

impl Default for Windows {
    fn default() -> Self {
        Self {
            challenge_period: USUAL_CHALLENGE_PERIOD,
            rosters_begin: None,
            report_limit: None,
        }
    }
}

impl Windows {
    /// Without what the file says of their lengths, where a length is stated.
    #[must_use]
    pub fn of_stated_length(self) -> Self {
        Self {
            rosters_begin: None,
            report_limit: None,
            ..self
        }
    }

    /// The most intervals of a window that begins here, of `usual` at most.
    fn most(&self, first: IntervalIndex, length: IntervalLength, usual: usize) -> usize {
        let start = length.start_of(first);
        let to_change = self.rosters_begin.and_then(|rosters| {
            let every = rosters.every.0;
            let since = start
                .saturating_add(every)
                .saturating_sub(rosters.offset.0)
                .checked_rem(every)?;
            every.checked_sub(since)
        });
        let bounds = [to_change, self.report_limit.map(|limit| limit.0)];
        let intervals = |seconds: u64| seconds.checked_div(length.seconds().into());
        let bounds = bounds.into_iter().flatten().filter_map(intervals);
        let most = bounds.filter_map(|most| usize::try_from(most).ok()).min();
        most.map_or(usual, |most| most.clamp(1, usual.max(1)))
    }
}

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

/// Cuts every stretch into reports of `window` intervals, or fewer where the windows say so; the last of a stretch may be shorter.
pub fn schedule(dataset: &Dataset, window: u32, windows: &Windows) -> Vec<Slice> {
    let window = usize::try_from(window).unwrap_or(usize::MAX).max(1);
    let mut slices = Vec::new();
    let mut from = 0_usize;
    for (stretch, span) in dataset.stretches.iter().enumerate() {
        let mut first = span.first;
        let mut left = span.intervals;
        while left > 0 {
            let intervals = windows.most(first, dataset.interval, window).min(left);
            let next = first.plus(intervals as u64);
            let settled_at = dataset.interval.start_of(next).saturating_add(REPORT_DELAY);
            slices.push(Slice {
                stretch,
                from,
                intervals,
                first,
                settled_at,
                final_at: settled_at.saturating_add(windows.challenge_period.0),
            });
            first = next;
            from = from.saturating_add(intervals);
            left = left.saturating_sub(intervals);
        }
    }
    slices
}
