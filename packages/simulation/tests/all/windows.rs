//! When windows of a grid begin and end.

use gridpact_readings::format::Source;
use gridpact_readings::selection::{Season, Selection};
use gridpact_simulation::schedule::{schedule, Windows};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::Seconds;

fn intervals(windows: &Windows) -> Vec<usize> {
    let selection = Selection {
        season: Some(Season::Summer),
        days: Some(2),
        homes: Some(1),
        ..Selection::default()
    };
    let dataset = Source::Bundled.load(&selection).unwrap();
    let slices = schedule(&dataset, 96, windows);
    let sum: usize = slices.iter().map(|slice| slice.intervals).sum();
    assert_eq!(sum, 192);
    slices.iter().map(|slice| slice.intervals).collect()
}

#[test]
fn a_window_ends_where_rosters_may_change_and_is_no_longer_than_the_report_limit() {
    let usual = Windows::default();
    assert_eq!(intervals(&usual), [96, 96]);
    // The data begins at midnight two hours east, at 22:00 UTC: 8 quarters before rosters do.
    let days = |offset: u64| Windows {
        rosters_begin: Some(RostersBegin {
            every: Seconds::DAY,
            offset: Seconds(offset),
        }),
        ..usual
    };
    assert_eq!(intervals(&days(0)), [8, 96, 88]);
    assert_eq!(intervals(&days(22 * 3_600)), [96, 96]);
    let short = Windows {
        report_limit: Some(Seconds(12 * 3_600)),
        ..days(0)
    };
    assert_eq!(intervals(&short), [8, 48, 48, 48, 40]);
    assert_eq!(intervals(&short.of_stated_length()), [96, 96]);
}
