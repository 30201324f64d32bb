//! What is not there: rows that are absent, meters that join or leave.

use gridpact_units::{IntervalLength, UnixSeconds};

use crate::collected::Collected;
use crate::findings::what::What;
use crate::placed::Placed;

/// The interval behind a reading.
fn after(placed: &Placed, interval: IntervalLength) -> UnixSeconds {
    UnixSeconds(placed.start.0.saturating_add(interval.seconds().into()))
}

/// Tells which rows between a meter's readings are absent.
pub(super) fn tell_absent(collected: &mut Collected, of_meter: &[Placed], interval: IntervalLength) {
    for (placed, next) in of_meter.iter().zip(of_meter.iter().skip(1)) {
        let expected = after(placed, interval);
        let absent = next.start.0.saturating_sub(expected.0);
        let absent = absent.checked_div(interval.seconds().into()).unwrap_or_default();
        if absent > 0 {
            collected.notice_times(placed.origin, absent, What::Absent { at: expected });
        }
    }
}

/// Tells, of every meter's first and last reading, which begin later or end earlier than others.
pub(super) fn tell_ends(collected: &mut Collected, ends: &[(Placed, Placed)], interval: IntervalLength) {
    let begins = ends.iter().map(|(first, _)| first.start).min();
    let stops = ends.iter().map(|(_, last)| last.start).max();
    for (first, last) in ends {
        if Some(first.start) > begins {
            collected.notice(first.origin, What::Joins { at: first.start });
        }
        if Some(last.start) < stops {
            let at = after(last, interval);
            collected.notice(last.origin, What::Leaves { at });
        }
    }
}
