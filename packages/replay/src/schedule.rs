//! Which roster is in force when, and how far the grid's windows have come.

use gridpact_report::limit::ReportLimit;
use gridpact_report::Header;
use gridpact_units::{IntervalIndex, UnixSeconds};

use crate::error::EventError;

/// A grid's clock at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    pub limit: ReportLimit,
    pub now: UnixSeconds,
}

impl Clock {
    /// The interval that runs: all before it have ended.
    pub fn running(&self) -> IntervalIndex {
        self.limit.length.index_at(self.now.0)
    }
}

/// Rosters and windows, in their order in time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    /// First interval of every roster, ascending; the first is version 1.
    starts: Vec<IntervalIndex>,
    /// Where the last window ended; before the first, where the first roster begins.
    next: IntervalIndex,
    /// When a gap was last closed.
    last_closing: Option<UnixSeconds>,
}

impl Schedule {
    /// The oldest interval that may still be reported.
    fn oldest(&self, clock: &Clock) -> IntervalIndex {
        clock.limit.oldest(clock.now, self.last_closing)
    }

    /// Where the next window starts.
    pub fn next(&self) -> Result<IntervalIndex, EventError> {
        match self.starts.as_slice() {
            [] => Err(EventError::NoRoster),
            _ => Ok(self.next),
        }
    }

    /// Refuses a roster that begins too soon, or under another version than it must have: the newest where that begins
    /// just then, else a new one behind it.
    pub fn check_roster(&self, clock: &Clock, version: u32, from: IntervalIndex) -> Result<(), EventError> {
        let newest = self.starts.last().copied();
        let soonest = clock.running().plus(1).max(newest.unwrap_or_default());
        if from < soonest {
            return Err(EventError::RosterStart { soonest, got: from });
        }
        let (expected, got) = (self.version_from(from), version);
        if got == expected {
            Ok(())
        } else {
            Err(EventError::RosterVersion { expected, got })
        }
    }

    fn version_from(&self, from: IntervalIndex) -> u32 {
        let earlier = self.starts.iter().filter(|start| **start < from).count();
        u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Notes a roster that was checked.
    pub fn add_roster(&mut self, from: IntervalIndex) {
        if self.starts.is_empty() {
            self.next = from;
        }
        if self.starts.last() != Some(&from) {
            self.starts.push(from);
        }
    }

    /// The roster in force in an interval, and where it ends where a later one is scheduled.
    fn in_force(&self, interval: IntervalIndex) -> (u32, Option<IntervalIndex>) {
        let begun = self.starts.iter().take_while(|start| **start <= interval).count();
        let version = u32::try_from(begun).unwrap_or(u32::MAX);
        (version, self.starts.get(begun).copied())
    }

    /// Refuses a report for anything but what the next must cover. It starts where the last window ended.
    pub fn check_report(&self, clock: &Clock, header: &Header) -> Result<(), EventError> {
        let (first, expected) = (header.first_interval, self.next()?);
        if first != expected {
            return Err(EventError::Start { expected, got: first });
        }
        let (expected, ends) = self.in_force(first);
        let got = header.roster_version;
        if got != expected {
            return Err(EventError::RosterVersion { expected, got });
        }
        let end = first.plus(header.intervals.into());
        if let Some(ends) = ends.filter(|ends| end > *ends) {
            return Err(EventError::SpansRosters { ends, got: end });
        }
        let (running, oldest) = (clock.running(), self.oldest(clock));
        if end > running {
            return Err(EventError::NotEnded { running, got: end });
        }
        if first < oldest {
            return Err(EventError::TooOld { oldest, got: first });
        }
        Ok(())
    }

    /// Notes a window that was checked.
    pub fn add_window(&mut self, end: IntervalIndex) {
        self.next = end;
    }

    /// Closes the intervals that are too old to be reported: the first, and how many.
    pub fn close_gap(&mut self, clock: &Clock) -> Result<(IntervalIndex, u64), EventError> {
        let (next, oldest) = (self.next()?, self.oldest(clock));
        match oldest.since(next) {
            None | Some(0) => Err(EventError::NoGap { next, oldest }),
            Some(intervals) => {
                self.next = oldest;
                self.last_closing = Some(clock.now);
                Ok((next, intervals))
            }
        }
    }
}
