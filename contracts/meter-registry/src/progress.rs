//! How far the reports have come, and what the next one must be. Pure. How long an interval may be reported, and what of
//! that a closing changes, is the rule of `gridpact_report::limit`.

use gridpact_report::limit::ReportLimit;
use gridpact_report::Header;
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_types::registry::bounds::MAX_REVISION;
use gridpact_units::{IntervalIndex, UnixSeconds};

use crate::bounds::MAX_INTERVALS;
use crate::error::ContractError;

/// The clock of a grid at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Length of an interval, and how long after its end one may be reported.
    pub limit: ReportLimit,
    /// The block's time.
    pub now: UnixSeconds,
    /// The block's height.
    pub height: u64,
}

impl Clock {
    /// The interval that runs now: all before it have ended.
    pub fn running(&self) -> IntervalIndex {
        self.limit.length.index_at(self.now.0)
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
    /// When a gap was last closed; a grace follows, in which nothing else grows too old.
    pub last_closing: Option<UnixSeconds>,
}

impl Progress {
    /// The oldest interval that may still be reported.
    pub fn oldest(&self, clock: &Clock) -> IntervalIndex {
        clock.limit.oldest(clock.now, self.last_closing)
    }

    /// The intervals that grew too old to be reported: the first, and how many, if any. Before the first roster there is
    /// nothing to report, so nothing grows old.
    pub fn gap(&self, clock: &Clock) -> Option<(IntervalIndex, u64)> {
        let intervals = self.oldest(clock).since(self.next_interval)?;
        (self.roster_version != 0 && intervals > 0).then_some((self.next_interval, intervals))
    }

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
        let oldest = self.oldest(clock);
        if first < oldest {
            return Err(ContractError::TooOld { oldest, got: first });
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
        // No grid closes a gap at the beginning of time, so that second stands for never.
        write_varint(bytes, self.last_closing.unwrap_or_default().0);
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
            last_closing: Some(UnixSeconds(reader.varint_as()?)).filter(|closing| closing.0 > 0),
            roster_ends: if reader.is_empty() {
                None
            } else {
                Some(IntervalIndex(reader.u64()?))
            },
        })
    }
}
