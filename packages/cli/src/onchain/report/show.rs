//! Reports and windows as people read them.

use gridpact_attest::assignment::Assignment;
use gridpact_types::registry::answers::{WindowResponse, WindowState};
use gridpact_units::{IntervalLength, UnixSeconds};

use super::super::{listing, time, Listing};

/// What the next report must cover.
pub fn assignment(assignment: &Assignment) -> String {
    let next = &assignment.next;
    let moment = |interval| time::show(assignment.start_of(interval));
    let Some(first) = next.first_interval else {
        return "the grid has no meter yet: nothing can be reported\n".to_owned();
    };
    listing::facts([
        ("begins at", format!("{} (interval {})", moment(first), first.0)),
        ("may cover", format!("{} intervals now", next.max_intervals)),
        (
            "seats",
            format!("{} of roster {}", next.seats, next.roster_version),
        ),
        (
            "committee",
            format!("epoch {}, {} must sign", next.epoch, next.quorum),
        ),
        ("resolution", format!("{} mWh", next.resolution)),
        (
            "expires at",
            next.expires_at.map_or_else(|| "-".to_owned(), time::show),
        ),
        (
            "to be closed first",
            if next.gap {
                format!(
                    "yes: intervals before {} are too old",
                    moment(next.oldest_interval)
                )
            } else {
                "nothing".to_owned()
            },
        ),
    ])
}

/// The windows, a row each.
pub fn windows(windows: &[WindowResponse], length: IntervalLength) -> String {
    if windows.is_empty() {
        return "no window has been reported\n".to_owned();
    }
    let mut list = Listing::new([
        "from",
        "intervals",
        "revision",
        "signers",
        "reported at",
        "final at",
        "digest",
    ]);
    for window in windows {
        let from = time::show(UnixSeconds(length.start_of(window.first_interval)));
        let intervals = window.intervals.to_string();
        match &window.state {
            WindowState::Reported(report) => list.row([
                from,
                intervals,
                report.revision.to_string(),
                report.signers.count_ones().to_string(),
                time::show(report.reported_at),
                time::show(report.final_at),
                report.digest.to_hex(),
            ]),
            WindowState::Gap {} => list.row(without_report(from, intervals, "never: a gap")),
            WindowState::Other => list.row(without_report(
                from,
                intervals,
                "of a kind that this program does not know",
            )),
        }
    }
    list.to_string()
}

fn without_report(from: String, intervals: String, why: &str) -> [String; 7] {
    let none = || "-".to_owned();
    [from, intervals, none(), none(), why.to_owned(), none(), none()]
}
