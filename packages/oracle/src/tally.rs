//! What was counted since the start: for metrics and people.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gridpact_units::UnixSeconds;

/// What became of a reading that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// New, and on the disk.
    Kept,
    /// Known already.
    Known,
    /// Another value was known for the same moment.
    Contradicted,
    /// No reading: the payload says something else.
    Unreadable,
    /// Its time is before smart meters, or ahead of this machine's clock.
    BadTime,
    /// A retained message without own time: nobody knows from when it is.
    Retained,
    /// Between two that are kept.
    Between,
}

impl Outcome {
    /// As metrics name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Known => "known",
            Self::Contradicted => "contradicted",
            Self::Unreadable => "unreadable",
            Self::BadTime => "bad_time",
            Self::Retained => "retained",
            Self::Between => "between",
        }
    }
}

/// How a source is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceState {
    /// Connected, or its folder readable.
    pub up: bool,
    /// What went wrong last.
    pub trouble: Option<String>,
    /// The last reading's own time less this machine's, s.
    pub skew: Option<i64>,
}

/// What was counted. Cloning is cheap, and clones count together.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Mutex<Counts>>);

/// All that is counted.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Readings by source and what became of them.
    pub readings: BTreeMap<(String, Outcome), u64>,
    /// Sources by name.
    pub sources: BTreeMap<String, SourceState>,
    /// Last reading of meters by their own time.
    pub last: BTreeMap<String, UnixSeconds>,
    /// Readings of the last day that wait in quarantine or were dropped, by meter.
    pub quarantine: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts readings of a source.
    pub fn count(&self, source: &str, outcome: Outcome, readings: u64) {
        if readings == 0 {
            return;
        }
        let mut counts = self.lock();
        let count = counts.readings.entry((source.to_owned(), outcome)).or_default();
        *count = count.saturating_add(readings);
    }

    /// Notes a meter's reading, and how its time lies to this machine's.
    pub fn seen(&self, source: &str, meter: &str, at: UnixSeconds, now: UnixSeconds) {
        let mut counts = self.lock();
        let last = counts.last.entry(meter.to_owned()).or_default();
        *last = at.max(*last);
        let ahead =
            |later: UnixSeconds, earlier: UnixSeconds| i64::try_from(later.0.saturating_sub(earlier.0)).ok();
        let skew = if at > now {
            ahead(at, now)
        } else {
            ahead(now, at).map(i64::wrapping_neg)
        };
        counts.sources.entry(source.to_owned()).or_default().skew = skew;
    }

    /// A source works.
    pub fn up(&self, source: &str) {
        let mut counts = self.lock();
        let state = counts.sources.entry(source.to_owned()).or_default();
        state.up = true;
        state.trouble = None;
    }

    /// A source does not; told once for every new reason.
    pub fn down(&self, source: &str, trouble: &str) {
        let mut counts = self.lock();
        let state = counts.sources.entry(source.to_owned()).or_default();
        if state.up || state.trouble.as_deref() != Some(trouble) {
            eprintln!("{source}: {trouble}");
        }
        state.up = false;
        state.trouble = Some(trouble.to_owned());
    }

    /// A payload was none; the source itself works.
    pub fn unreadable(&self, source: &str, trouble: &str) {
        let mut counts = self.lock();
        let state = counts.sources.entry(source.to_owned()).or_default();
        if state.trouble.as_deref() != Some(trouble) {
            eprintln!("{source}: {trouble}");
        }
        state.trouble = Some(trouble.to_owned());
    }

    /// Notes how many of a meter's readings of the last day are not believed.
    pub fn quarantined(&self, meter: &str, readings: usize) {
        self.lock().quarantine.insert(meter.to_owned(), readings);
    }

    /// What was counted until now.
    pub fn counts(&self) -> Counts {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
