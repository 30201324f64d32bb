//! Pauses between tries.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
const LAST: Duration = Duration::from_secs(60);

/// Pauses that double from a second to a minute.
#[derive(Clone, Debug)]
pub struct Backoff(Duration);

impl Default for Backoff {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl Backoff {
    /// The next pause.
    pub fn next_pause(&mut self) -> Duration {
        let pause = self.0;
        self.0 = self.0.saturating_mul(2).min(LAST);
        pause
    }

    /// Waits so long.
    pub async fn pause(&mut self) {
        let pause = self.next_pause();
        tokio::time::sleep(pause).await;
    }

    /// It worked: the next pause is the first again.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}
