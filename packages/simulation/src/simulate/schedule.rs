//! When what is reported, settled and final.

use gridpact_readings::Dataset;

/// How long after a window's end its report reaches the chain: meters and oracles need a while.
pub const REPORT_DELAY: u64 = 900;

/// How long a settled window stays provisional: a day, as suits a small grid.
pub const CHALLENGE_PERIOD: u64 = 86_400;

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
    pub first: gridpact_units::IntervalIndex,
    /// When it is settled.
    pub settled_at: u64,
    /// When it becomes final.
    pub final_at: u64,
}

/// Cuts every stretch into reports of `window` intervals; the last of a stretch may be shorter.
pub fn schedule(dataset: &Dataset, window: u32) -> Vec<Slice> {
    let mut slices = Vec::new();
    let mut from = 0;
    for (stretch, span) in dataset.stretches.iter().enumerate() {
        let mut done = 0;
        while done < span.intervals {
            let intervals = (window as usize).min(span.intervals - done);
            let first = span.first.plus(done as u64);
            let settled_at = dataset.interval.start_of(first.plus(intervals as u64)) + REPORT_DELAY;
            let final_at = settled_at + CHALLENGE_PERIOD;
            slices.push(Slice {
                stretch,
                from: from + done,
                intervals,
                first,
                settled_at,
                final_at,
            });
            done += intervals;
        }
        from += span.intervals;
    }
    slices
}
