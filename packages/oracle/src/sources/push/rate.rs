//! How often a sender may ask.

use std::time::Duration;

use tokio::time::Instant;

/// A bucket of requests that fills evenly, up to a minute's worth.
#[derive(Clone, Debug)]
pub struct Rate {
    per_minute: u32,
    /// When the bucket was, or will be, empty.
    empty_at: Instant,
}

impl Rate {
    /// A full bucket.
    pub fn new(per_minute: u32, now: Instant) -> Self {
        let minute = Duration::from_secs(60);
        Self {
            per_minute: per_minute.max(1),
            empty_at: now.checked_sub(minute).unwrap_or(now),
        }
    }

    /// Takes a request; or says how long to wait for one.
    ///
    /// # Errors
    /// The bucket is empty.
    pub fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let minute = Duration::from_secs(60);
        let one = minute.checked_div(self.per_minute).unwrap_or(minute);
        // Never more than a minute's worth.
        let oldest = now.checked_sub(minute).unwrap_or(now);
        let empty_at = self.empty_at.max(oldest);
        let after = empty_at.checked_add(one).unwrap_or(now);
        if after > now {
            return Err(after.duration_since(now));
        }
        self.empty_at = after;
        Ok(())
    }
}
