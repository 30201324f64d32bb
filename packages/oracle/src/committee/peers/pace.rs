//! How fast one line may bring something: a burst, and then so much a second. Who brings more is read slower, which costs only
//! its own line.

use std::time::Duration;

use tokio::time::Instant;

use super::bounds::{BURST, PER_SECOND};

/// What a line may still bring.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Units left at `since`, in thousandths; below zero: owed.
    left: i64,
    since: Instant,
}

const THOUSAND: i64 = 1_000;

impl Pace {
    /// A whole burst.
    pub fn new(now: Instant) -> Self {
        Self {
            left: full(),
            since: now,
        }
    }

    /// A frame of so many bytes came: how long to wait before the next one is read.
    pub fn took(&mut self, bytes: usize, now: Instant) -> Duration {
        let passed = i64::try_from(now.duration_since(self.since).as_millis()).unwrap_or(i64::MAX);
        let rate = i64::try_from(PER_SECOND).unwrap_or(i64::MAX);
        // A thousandth of a unit a millisecond for each unit a second.
        self.left = self.left.saturating_add(passed.saturating_mul(rate)).min(full());
        self.since = now;
        let units = i64::try_from(bytes.div_euclid(1_024).saturating_add(1)).unwrap_or(i64::MAX);
        self.left = self.left.saturating_sub(units.saturating_mul(THOUSAND));
        let owed = u64::try_from(self.left.saturating_neg()).unwrap_or(0);
        Duration::from_millis(owed.div_ceil(PER_SECOND))
    }
}

fn full() -> i64 {
    i64::try_from(BURST).unwrap_or(i64::MAX).saturating_mul(THOUSAND)
}
