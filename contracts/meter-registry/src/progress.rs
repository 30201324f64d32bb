//! Which intervals can be reported, and how far the reports have come. Pure.
//!
//! Half-open time: interval i of length L is `[i L, (i + 1) L)`. It can be reported while
//! `(i + 1) L <= now <= (i + 1) L + limit`, and closed as a gap from the second after.

use gridpact_report::Header;
use gridpact_storage::{Packed, ReadFormat, Reader};
use gridpact_types::registry::bounds::MAX_REVISION;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds, UnixSeconds};

use crate::bounds::MAX_INTERVALS;
use crate::error::ContractError;

/// The clock of a grid at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Length of an interval.
    pub length: IntervalLength,
    /// How long after its end an interval may be reported.
    pub limit: Seconds,
    /// The block's time.
    pub now: UnixSeconds,
    /// The block's height.
    pub height: u64,
}

impl Clock {
    /// The interval that runs now: all before it have ended.
    pub fn running(&self) -> IntervalIndex {
        self.length.index_at(self.now.0)
    }

    /// The oldest interval that may still be reported: the first that ended at `now - limit` or later. The limit is
    /// never shorter than an interval, so this one has ended.
    pub fn oldest(&self) -> IntervalIndex {
        let length = u64::from(self.length.seconds());
        let cutoff = self.now.0.saturating_sub(self.limit.0);
        // Ends at (i + 1) L >= cutoff: i = ceil(cutoff / L) - 1. A length is never zero.
        let ends = cutoff
            .checked_add(length.saturating_sub(1))
            .and_then(|sum| sum.checked_div(length));
        IntervalIndex(ends.unwrap_or(u64::MAX).saturating_sub(1))
    }
}

/// How far the grid's reports have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The epoch of every interval not yet reported.
    pub epoch: u32,
    /// The roster in force at `next_interval`; 0 before the first.
    pub roster_version: u32,
    /// Where the last window ended; before the first window, where the first roster begins.
    pub next_interval: IntervalIndex,
    /// Where the roster in force ends, if a later one is scheduled.
    pub roster_ends: Option<IntervalIndex>,
}

impl Progress {
    /// How many intervals the next report may cover: those that have ended under the roster in force, and that a report
    /// holds.
    pub fn reportable(&self, running: IntervalIndex) -> u16 {
        let end = self.roster_ends.map_or(running, |ends| ends.min(running));
        let ended = end.since(self.next_interval).unwrap_or(0);
        u16::try_from(ended).unwrap_or(MAX_INTERVALS).min(MAX_INTERVALS)
    }

    /// Checks everything that a header says against what the next report must be; cheap, so before any signature.
    pub fn check(&self, clock: &Clock, header: &Header) -> Result<(), ContractError> {
        let first = header.first_interval;
        if first != self.next_interval {
            return Err(ContractError::Start {
                expected: self.next_interval,
                got: first,
            });
        }
        if header.epoch != self.epoch {
            return Err(ContractError::Epoch {
                expected: self.epoch,
                got: header.epoch,
            });
        }
        if header.roster_version != self.roster_version {
            let (expected, got) = (self.roster_version, header.roster_version);
            return Err(ContractError::RosterVersion { expected, got });
        }
        if header.revision > MAX_REVISION {
            return Err(ContractError::Revision { got: header.revision });
        }
        let end = header.end();
        if let Some(ends) = self.roster_ends.filter(|ends| end > *ends) {
            return Err(ContractError::SpansRosters { ends, got: end });
        }
        if end > clock.running() {
            return Err(ContractError::NotEnded {
                running: clock.running(),
                got: end,
            });
        }
        if first < clock.oldest() {
            return Err(ContractError::TooOld {
                oldest: clock.oldest(),
                got: first,
            });
        }
        Ok(())
    }
}

impl Packed for Progress {
    const NAME: &'static str = "progress";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(self.roster_version.to_be_bytes());
        bytes.extend(self.next_interval.0.to_be_bytes());
        if let Some(ends) = self.roster_ends {
            bytes.extend(ends.0.to_be_bytes());
        }
    }
}

impl Progress {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        Some(Self {
            epoch: reader.u32()?,
            roster_version: reader.u32()?,
            next_interval: IntervalIndex(reader.u64()?),
            roster_ends: if reader.is_empty() {
                None
            } else {
                Some(IntervalIndex(reader.u64()?))
            },
        })
    }
}
