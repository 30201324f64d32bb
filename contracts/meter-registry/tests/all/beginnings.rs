//! When rosters may begin.

use gridpact_types::registry::answers::RosterResponse;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds};
use meter_registry::error::ContractError;
use meter_registry::grid_error::GridError;

use crate::harness::*;

fn roster(grid: &Grid, version: u32) -> RosterResponse {
    grid.ask(QueryMsg::Roster {
        version,
        start_after: None,
        limit: None,
    })
    .unwrap()
}

#[test]
fn rosters_begin_at_whole_intervals_of_30_days_at_most() {
    let month = 30 * DAY;
    for (length, every, offset, allowed) in [
        (900, 900, 0, true),
        (900, 0, 0, false),
        (900, 899, 0, false),
        (900, 901, 0, false),
        (900, 900, 900, false),
        (900, 1_800, 900, true),
        (900, 1_800, 901, false),
        (900, 1_800, 1_800, false),
        (900, DAY, DAY - 900, true),
        (900, DAY, DAY, false),
        (900, month, 0, true),
        (900, month + 900, 0, false),
        (900, u64::MAX, 0, false),
        (900, DAY, u64::MAX, false),
        (3_600, 5_400, 0, false),
        (3_600, 7_200, 1_800, false),
        (3_600, 7_200, 3_600, true),
    ] {
        let (every, offset) = (Seconds(every), Seconds(offset));
        let mut msg = grid_msg();
        msg.interval_length = IntervalLength::from_seconds(length).unwrap();
        msg.rosters_begin = RostersBegin { every, offset };
        let got = ContractError::Grid(GridError::RostersBegin {
            length,
            every,
            offset,
        });
        assert_eq!(
            Grid::try_new(msg).err(),
            (!allowed).then_some(got),
            "{every} {offset}"
        );
    }
}

#[test]
fn rosters_begin_only_where_the_grid_says() {
    // A day from 23:00 UTC on, midnight an hour east: START is 08:00 UTC.
    let mut grid = Grid::with(|msg| {
        msg.rosters_begin = RostersBegin {
            every: Seconds(DAY),
            offset: Seconds(23 * HOUR),
        };
    });
    let first = IntervalIndex((START + 15 * HOUR) / QUARTER);
    let latest = IntervalIndex((START + 90 * DAY) / QUARTER);
    // By default the next.
    grid.join(1, None).unwrap();
    assert_eq!(roster(&grid, 1).from, first);
    for (offset, next) in [(1, 96), (95, 96), (97, 192), (96 * 8 + 48, 96 * 9)] {
        let (got, next) = (first.plus(offset), first.plus(next));
        let refused = ContractError::NoBeginning { next, got };
        assert_eq!(grid.join(1, Some(got)).unwrap_err(), refused);
    }
    let refused = |soonest, got| ContractError::From { soonest, latest, got };
    let got = IntervalIndex(first.0 - 96);
    assert_eq!(grid.join(1, Some(got)).unwrap_err(), refused(first, got));
    let got = IntervalIndex(first.0 - 1);
    assert_eq!(grid.join(1, Some(got)).unwrap_err(), refused(first, got));
    grid.join(1, Some(first)).unwrap();
    grid.join(1, Some(first.plus(96 * 3))).unwrap();
    assert_eq!(
        (roster(&grid, 1).size, roster(&grid, 2).from),
        (2, first.plus(288))
    );
    // In the very second of a beginning it is too late for it.
    grid.set_time(first.0 * QUARTER - 1);
    let soon = |grid: &mut Grid| grid.join(1, Some(IntervalIndex(5))).unwrap_err();
    assert!(matches!(soon(&mut grid), ContractError::From { soonest, .. } if soonest == first));
    grid.passes(1);
    assert!(matches!(soon(&mut grid), ContractError::From { soonest, .. } if soonest == first.plus(96)));
}

#[test]
fn a_meter_at_every_beginning_leaves_reports_as_long_as_a_day() {
    let mut grid = Grid::with(|msg| {
        msg.rosters_begin.every = Seconds(DAY);
        msg.report_limit = Seconds(7 * DAY);
    });
    for _ in 0..6 * 96 {
        grid.join(1, None).unwrap();
        grid.passes(QUARTER);
    }
    let mut lengths = vec![];
    while grid.next().max_intervals > 0 {
        let report = grid.unsigned(u16::MAX);
        lengths.push(report.header.intervals);
        grid.report(&report).unwrap();
    }
    // From the first midnight to 08:00 of the seventh day.
    assert_eq!(lengths, [96, 96, 96, 96, 96, 32]);
}
