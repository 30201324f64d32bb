//! How many intervals the next report covers: a pure function of what the chain asks for, the rules and the time.

use gridpact_types::registry::answers::NextReportResponse;
use gridpact_units::{IntervalLength, UnixSeconds};

use crate::config::ReportRules;

/// The intervals that a report made now covers; `None`: wait.
///
/// It ends at the last boundary of a window (counted from `offset` after midnight UTC) whose delay is over. Where the chain
/// lets it go no further, because a roster ends or a report holds no more, it ends there, once that end's delay is over.
pub fn extent(
    next: &NextReportResponse,
    length: IntervalLength,
    rules: &ReportRules,
    now: UnixSeconds,
) -> Option<u16> {
    let first = next.first_interval?;
    let start = length.start_of(first);
    let most = length.start_of(first.plus(next.max_intervals.into()));
    let ready = now.0.checked_sub(rules.delay.0 .0)?;
    let end = match last_boundary(rules, most.min(ready)).filter(|end| *end > start) {
        Some(end) => end,
        // Another whole interval has passed behind it, and yet the chain stops there.
        None if most > start && most <= ready && is_cut(most, length, now) => last_boundary(rules, most)
            .filter(|end| *end > start)
            .unwrap_or(most),
        None => return None,
    };
    let seconds = end.checked_sub(start)?;
    let intervals = seconds.checked_div(length.seconds().into())?;
    u16::try_from(intervals).ok().filter(|intervals| *intervals > 0)
}

/// Whether something else than time keeps the report from going further.
fn is_cut(end: u64, length: IntervalLength, now: UnixSeconds) -> bool {
    end.saturating_add(length.seconds().into()) <= now.0
}

/// The last boundary of a window at a moment or before.
fn last_boundary(rules: &ReportRules, moment: u64) -> Option<u64> {
    let (window, offset) = (rules.window.0 .0, rules.offset.0 .0);
    let since = moment.checked_sub(offset)?;
    Some(moment.saturating_sub(since.checked_rem(window)?))
}
