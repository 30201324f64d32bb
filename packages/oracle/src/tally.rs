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
}

/// How a meter's own clock lies to this machine's, as its readings show: own time less the time of receipt, s. The freshest of the
/// last half hour or hour counts, since readings may come late, and none comes before its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skew {
    half_hour: u64,
    this: Option<i64>,
    before: Option<i64>,
}

/// Half an hour, s.
const HALF_HOUR: u64 = 1_800;

impl Skew {
    fn note(&mut self, at: UnixSeconds, now: UnixSeconds) {
        let half_hour = now.0.div_euclid(HALF_HOUR);
        match half_hour.checked_sub(self.half_hour) {
            Some(0) => {}
            Some(1) => self.before = self.this.take(),
            // Long ago, or this machine's clock was put back.
            _ => (self.before, self.this) = (None, None),
        }
        self.half_hour = half_hour;
        let skew = i128::from(at.0).saturating_sub(now.0.into());
        let skew = i64::try_from(skew).unwrap_or(if at > now { i64::MAX } else { i64::MIN });
        self.this = self.this.max(Some(skew));
    }

    /// At a moment; none where nothing came for an hour.
    pub fn at(&self, now: UnixSeconds) -> Option<i64> {
        match now.0.div_euclid(HALF_HOUR).checked_sub(self.half_hour) {
            Some(0) => self.this.max(self.before),
            Some(1) => self.this,
            _ => None,
        }
    }
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
    /// Own clocks by source and meter.
    pub skews: BTreeMap<(String, String), Skew>,
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

    /// Notes what time a meter said it was, whether its reading was kept or not.
    pub fn heard(&self, source: &str, meter: &str, at: UnixSeconds, now: UnixSeconds) {
        let mut counts = self.lock();
        let which = (source.to_owned(), meter.to_owned());
        counts.skews.entry(which).or_default().note(at, now);
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
