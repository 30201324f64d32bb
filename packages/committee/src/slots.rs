//! Slots by the clock: every member knows without a word which slot runs and when it ends.
//!
//! ```text
//! a(0) = 0,  a(k+1) = a(k) + max(T, floor(7 a(k) / 100)),  s(k) = origin + a(k)      (in whole seconds)
//! ```
//!
//! The slot's number is the revision of what is signed in it. So revisions grow with time alone, and whoever signs once a slot
//! never signs two drafts of one revision. Slots grow by 7 % once they are some 14 T from their origin: with T = 60 s there are 83
//! in a day, 144 in the 60 days of the longest report limit, and 254 would take more than 300 years.

use gridpact_units::Seconds;

use crate::bounds::LAST_REVISION;
use crate::moment::{milliseconds, Moment};

/// The slots of one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots {
    /// When the window's first slot begins.
    pub anchor: Moment,
    /// The number of that slot: 0, or where the slots of the window before go on.
    pub first: u16,
    /// The shortest slot, T; at least a second.
    pub shortest: Seconds,
}

impl Slots {
    /// When a slot begins; at most [`LAST_REVISION`] + 1 steps.
    pub fn start(&self, slot: u16) -> Moment {
        self.origin().plus(milliseconds(self.age(slot)))
    }

    /// The slot that runs; `None` before the first, and when no revision is left.
    pub fn at(&self, now: Moment) -> Option<u16> {
        if now < self.anchor {
            return None;
        }
        let since = now.since(self.origin());
        let mut end = self.next(self.age(self.first));
        for slot in self.first..=LAST_REVISION {
            if since < milliseconds(end) {
                return Some(slot);
            }
            end = self.next(end);
        }
        None
    }

    /// When slot 0 began, or would have begun.
    fn origin(&self) -> Moment {
        self.anchor.minus(milliseconds(self.age(self.first)))
    }

    /// How long after the origin a slot begins.
    fn age(&self, slot: u16) -> Seconds {
        let steps = slot.min(LAST_REVISION.saturating_add(1));
        (0..steps).fold(Seconds(0), |age, _| self.next(age))
    }

    /// How long after the origin the slot ends that begins at an age.
    fn next(&self, age: Seconds) -> Seconds {
        let part = age.0.saturating_mul(7).div_euclid(100);
        Seconds(age.0.saturating_add(part.max(self.shortest.0).max(1)))
    }
}
