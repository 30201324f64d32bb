//! What is not there: rows that are absent, meters that join or leave.

use gridpact_units::{IntervalLength, UnixSeconds};

use crate::collected::Collected;
use crate::findings::what::What;
use crate::placed::Placed;

/// Tells, of readings by meter and start, what is absent.
pub(super) fn tell(collected: &mut Collected, placed: &[Placed], interval: IntervalLength) {
    let starts = || placed.iter().map(|placed| placed.start);
    let (Some(begins), Some(last)) = (starts().min(), starts().max()) else {
        return;
    };
    for of_meter in placed.chunk_by(|placed, next| placed.origin.meter == next.origin.meter) {
        let (Some(first), Some(final_one)) = (of_meter.first(), of_meter.last()) else {
            continue;
        };
        let after = |placed: &Placed| UnixSeconds(placed.start.0.saturating_add(interval.seconds().into()));
        if first.start > begins {
            collected.notice(first.origin, What::Joins { at: first.start });
        }
        if final_one.start < last {
            collected.notice(final_one.origin, What::Leaves { at: after(final_one) });
        }
        for (placed, next) in of_meter.iter().zip(of_meter.iter().skip(1)) {
            let expected = after(placed);
            let absent = next
                .start
                .0
                .saturating_sub(expected.0)
                .checked_div(interval.seconds().into());
            let absent = absent.unwrap_or_default();
            if absent > 0 {
                collected.notice_times(placed.origin, absent, What::Absent { at: expected });
            }
        }
    }
}
