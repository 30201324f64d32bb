//! How long an interval may be reported: the rule that a registry enforces, and that whoever recomputes its books follows.
//!
//! Half-open time: interval i of length L is `[i L, (i + 1) L)`. It can be reported from its end on, until the limit is over:
//!
//! ```text
//! (i + 1) L <= now  and  (i + 1) L + limit >= age(now)
//! ```
//!
//! What is older was never reported, and anybody may close it as a gap. `age(now)` is now, but for the grace after a closing,
//! in which it stands still at the time of the closing. Else the oldest interval left would go too within one more interval,
//! and a committee slower than that could never report again after one silence.

use gridpact_units::{IntervalIndex, IntervalLength, Seconds, UnixSeconds};

/// Fewest intervals that a grace lasts.
const GRACE_INTERVALS: u64 = 4;
/// The part of the limit that a grace lasts: a quarter.
const GRACE_PART: u64 = 4;
/// Longest grace that a long limit gives. The money of a silent grid waits that much longer.
const MAX_GRACE: Seconds = Seconds::days(7);

/// How long after its end an interval of a grid may be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportLimit {
    /// Length of an interval.
    pub length: IntervalLength,
    /// The limit, no shorter than an interval: so the oldest interval that may be reported has ended.
    pub limit: Seconds,
}

impl ReportLimit {
    /// How long after a closing what was reportable stays so, and nothing else is closed: the longer of 4 intervals and a
    /// quarter of the limit, the latter at most 7 days.
    pub fn grace(self) -> Seconds {
        let intervals = u64::from(self.length.seconds()).saturating_mul(GRACE_INTERVALS);
        let part = self.limit.0.checked_div(GRACE_PART).unwrap_or_default();
        Seconds(part.min(MAX_GRACE.0).max(intervals))
    }

    /// The oldest interval that may still be reported, where a gap was last closed at `closing`, if ever.
    pub fn oldest(self, now: UnixSeconds, closing: Option<UnixSeconds>) -> IntervalIndex {
        let standing = closing.filter(|closing| now <= closing.plus(self.grace()));
        let cutoff = standing.unwrap_or(now).0.saturating_sub(self.limit.0);
        // Ends at (i + 1) L >= cutoff: i = ceil(cutoff / L) - 1. A length is never zero.
        let length = u64::from(self.length.seconds());
        IntervalIndex(cutoff.div_ceil(length.max(1)).saturating_sub(1))
    }

    /// The last second in which an interval that may be reported now still may.
    pub fn reportable_until(self, interval: IntervalIndex, closing: Option<UnixSeconds>) -> UnixSeconds {
        let end = UnixSeconds(self.length.start_of(interval.plus(1)));
        let by_limit = end.plus(self.limit);
        match closing {
            Some(closing) if interval >= self.oldest(closing, None) => {
                by_limit.max(closing.plus(self.grace()))
            }
            _ => by_limit,
        }
    }
}
