//! When rosters may begin, in intervals. Pure.

use gridpact_types::registry::bounds::MAX_ROSTERS_EVERY;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds};

use crate::grid_error::GridError;

/// The intervals with which rosters may begin: those at a distance of `every` from `offset`.
///
/// No report spans two rosters. If one could begin with every interval, an operator who let in a meter at a time would make
/// every report one interval long, which costs the committee a window an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    every: u64,
    offset: u64,
}

impl Calendar {
    /// Checks that beginnings are whole intervals, and not too far apart to be announced.
    pub fn new(begin: RostersBegin, length: IntervalLength) -> Result<Self, GridError> {
        let whole = |seconds: Seconds| {
            let length = u64::from(length.seconds());
            let intervals = seconds.0.checked_div(length)?;
            (intervals.checked_mul(length) == Some(seconds.0)).then_some(intervals)
        };
        let RostersBegin { every, offset } = begin;
        match (whole(every), whole(offset)) {
            (Some(intervals @ 1..), Some(moved)) if every <= MAX_ROSTERS_EVERY && moved < intervals => {
                Ok(Self {
                    every: intervals,
                    offset: moved,
                })
            }
            _ => Err(GridError::RostersBegin {
                length: length.seconds(),
                every,
                offset,
            }),
        }
    }

    /// The first beginning at `interval` or later.
    pub fn next(&self, interval: IntervalIndex) -> IntervalIndex {
        let behind = interval.0.saturating_sub(self.offset);
        let steps = behind.div_ceil(self.every.max(1));
        IntervalIndex(steps.saturating_mul(self.every).saturating_add(self.offset))
    }
}
