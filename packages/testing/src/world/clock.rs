//! Time as a story.

use gridpact_units::{IntervalLength, Seconds, UnixSeconds};

use super::World;

/// A block every so often.
const BLOCK_SECONDS: u64 = 5;

impl World {
    /// Now.
    pub fn now(&self) -> UnixSeconds {
        UnixSeconds(self.app.block_info().time.seconds())
    }

    /// Time passes, and blocks with it.
    pub fn advance(&mut self, by: Seconds) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(by.0);
            block.height += (by.0 / BLOCK_SECONDS).max(1);
        });
    }

    /// Time passes until this moment; it is there already where the moment is now.
    ///
    /// # Panics
    /// Where the moment is past.
    pub fn advance_to(&mut self, moment: UnixSeconds) {
        let ahead = moment.0.checked_sub(self.now().0);
        let ahead = ahead.expect("time does not run back");
        if ahead > 0 {
            self.advance(Seconds(ahead));
        }
    }

    /// Time passes until the next interval of this length begins.
    pub fn to_interval_start(&mut self, length: IntervalLength) {
        let next = length.index_at(self.now().0).plus(1);
        self.advance_to(UnixSeconds(length.start_of(next)));
    }

    /// 24 hours pass.
    pub fn a_day_passes(&mut self) {
        self.advance(Seconds::DAY);
    }

    /// So many days pass.
    pub fn days_pass(&mut self, days: u64) {
        self.advance(Seconds::days(days));
    }
}
