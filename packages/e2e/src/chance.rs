//! Random moments that can be repeated: GRIDPACT_SEED is printed by every run.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

/// Numbers from a seed (xorshift64*).
pub struct Chance(u64);

impl Chance {
    /// The seed of GRIDPACT_SEED, or one of this moment.
    ///
    /// # Errors
    /// GRIDPACT_SEED is no number.
    pub fn new() -> Result<(u64, Self)> {
        let seed = match std::env::var("GRIDPACT_SEED") {
            Ok(text) => text
                .parse()
                .with_context(|| format!("GRIDPACT_SEED: expected a number, got {text:?}"))?,
            Err(_) => u64::from(SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos()),
        };
        // Zero would stay zero.
        Ok((seed, Self(seed | 1 << 63)))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16) % end
    }

    /// A while shorter than `end`, in whole milliseconds.
    pub fn moment(&mut self, end: Duration) -> Duration {
        let end = u64::try_from(end.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.below(end))
    }
}
