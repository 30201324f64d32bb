//! Slots by the clock: every member knows without a word which slot runs and when it ends.
//!
//! ```text
//! s(0) = anchor,  s(k+1) = s(k) + max(T, floor(7 (s(k) - anchor) / 100))      (in whole seconds)
//! ```
//!
//! The slot's number is the revision of what is signed in it. So revisions grow with time alone, and whoever signs once a slot
//! never signs two drafts of one revision. Slots grow by 7 % once the window is some 14 T old: with T = 60 s there are 83 in a
//! day, 144 in the 60 days of the longest report limit, and 254 would take more than 300 years.

use gridpact_units::Seconds;

use crate::bounds::LAST_REVISION;
use crate::moment::{milliseconds, Moment};

/// The slots of one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots {
    /// When slot 0 begins.
    pub anchor: Moment,
    /// The shortest slot, T; at least a second.
    pub shortest: Seconds,
}

impl Slots {
    /// When a slot begins; at most [`LAST_REVISION`] + 1 steps.
    pub fn start(&self, slot: u16) -> Moment {
        let steps = slot.min(LAST_REVISION.saturating_add(1));
        (0..steps).fold(self.anchor, |start, _| self.next(start))
    }

    /// The slot that runs; `None` before the first, and when no revision is left.
    pub fn at(&self, now: Moment) -> Option<u16> {
        if now < self.anchor {
            return None;
        }
        let mut end = self.next(self.anchor);
        for slot in 0..=LAST_REVISION {
            if now < end {
                return Some(slot);
            }
            end = self.next(end);
        }
        None
    }

    /// When the slot ends that begins at a moment.
    fn next(&self, start: Moment) -> Moment {
        let age = start.since(self.anchor).div_euclid(Moment::PER_SECOND);
        let part = age.saturating_mul(7).div_euclid(100);
        start.plus(milliseconds(Seconds(part.max(self.shortest.0).max(1))))
    }
}
