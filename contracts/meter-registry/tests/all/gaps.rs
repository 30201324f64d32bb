//! Silence: what was not reported in time is closed by anybody, and blocks nothing after it.

use gridpact_types::registry::answers::WindowState;
use gridpact_types::registry::events;
use gridpact_units::{IntervalIndex, Seconds};
use meter_registry::error::ContractError;

use crate::harness::*;

#[test]
fn nothing_is_closed_before_it_is_too_old_by_a_second() {
    let mut grid = Grid::with_meters(2);
    grid.until_ended(FIRST);
    grid.passes(HOUR);
    nothing_to_close(&mut grid, "2000001", FIRST);
    grid.passes(1);
    let response = grid.close_gap().unwrap();
    assert_eq!(
        attribute(&response, events::GAP_CLOSED, "first_interval"),
        FIRST.to_string()
    );
    assert_eq!(attribute(&response, events::GAP_CLOSED, "intervals"), "1");
    assert!(response.messages.is_empty());
    let window = &grid.windows()[0];
    assert_eq!(
        (window.first_interval, window.intervals, &window.state),
        (FIRST, 1, &WindowState::Gap {})
    );
    // Once.
    nothing_to_close(&mut grid, "2000002", FIRST.plus(1));
}

/// Closing succeeds, changes nothing, and tells so.
#[track_caller]
fn nothing_to_close(grid: &mut Grid, next: &str, oldest: IntervalIndex) {
    let before = grid.stored();
    let response = grid.close_gap().unwrap();
    assert_eq!(attribute(&response, events::NO_GAP, "next_interval"), next);
    assert_eq!(
        attribute(&response, events::NO_GAP, "oldest_interval"),
        oldest.to_string()
    );
    assert!(response.messages.is_empty());
    assert_eq!(grid.stored(), before);
}

#[test]
fn there_is_no_gap_before_the_first_interval() {
    let mut grid = Grid::new();
    grid.passes(90 * DAY);
    let oldest = IntervalIndex((grid.now() - HOUR) / QUARTER - 1);
    nothing_to_close(&mut grid, "none", oldest);
    grid.join(1, Some(IntervalIndex(grid.now() / QUARTER + 100)))
        .unwrap();
    let first = grid.next().first_interval.unwrap();
    assert_eq!(grid.next().max_intervals, 0);
    nothing_to_close(&mut grid, &first.to_string(), oldest);
}

#[test]
fn closing_and_reporting_in_one_transaction_works_whoever_closed_before() {
    for closed_before in 0..3 {
        let mut grid = Grid::with_meters(2);
        grid.until_ended(FIRST.plus(9));
        assert!(grid.next().gap);
        let report = grid.unsigned(u16::MAX);
        for _ in 0..closed_before {
            grid.close_gap().unwrap();
        }
        // Each of two carriers sends both; and so the second, for whom all is done.
        for _ in 0..2 {
            grid.close_gap().unwrap();
            grid.report(&report).unwrap();
        }
        assert_eq!(grid.windows().len(), 2);
    }
}

#[test]
fn after_a_gap_the_next_report_is_possible_at_once() {
    // At every second of an interval, the first reportable one has ended and is young enough.
    for limit in [HOUR, HOUR + 1, HOUR + 450, 2 * HOUR - 1, DAY] {
        for second in [0, 1, 449, 899] {
            let mut grid = Grid::with(|msg| msg.report_limit = Seconds(limit));
            grid.join(2, None).unwrap();
            grid.until_ended(FIRST);
            grid.passes(3 * DAY + second);
            // What the query foretells is what closing the gap leaves.
            let foretold = grid.next();
            assert!(foretold.gap);
            grid.close_gap().unwrap();
            let next = grid.next();
            assert!(!next.gap);
            assert!(next.max_intervals >= 1);
            assert_eq!(
                (next.first_interval, next.max_intervals),
                (foretold.first_interval, foretold.max_intervals)
            );
            let draft = grid.unsigned(u16::MAX);
            grid.report(&draft).unwrap();
        }
    }
}

#[test]
fn what_was_closed_is_closed_for_good() {
    let mut grid = Grid::with_meters(2);
    grid.until_ended(FIRST);
    let late = grid.unsigned(1);
    grid.passes(DAY);
    grid.close_gap().unwrap();
    // FIRST ended a day ago; with 4 quarter hours an hour, 92 are closed.
    let refused = ContractError::ClosedAsGap {
        first_interval: FIRST,
        intervals: 92,
    };
    assert_eq!(grid.report(&late).unwrap_err(), refused);
    let middle = UnsignedReport::new(1, 1, 2, FIRST.plus(5), 1);
    let refused = ContractError::Start {
        expected: FIRST.plus(92),
        got: FIRST.plus(5),
    };
    assert_eq!(grid.report(&middle).unwrap_err(), refused);
}

#[test]
fn a_gap_does_not_reach_into_what_can_still_be_reported() {
    let mut grid = Grid::with_meters(2);
    grid.until_ended(FIRST.plus(9));
    grid.close_gap().unwrap();
    // The last of 10 has just ended; those that ended within the hour stay: 5, both ends included.
    assert_eq!(grid.windows()[0].intervals, 5);
    assert_eq!(grid.next().first_interval, Some(FIRST.plus(5)));
    assert_eq!(grid.next().max_intervals, 5);
}

#[test]
fn a_report_cannot_jump_over_a_gap_that_is_not_closed() {
    let mut grid = Grid::with_meters(2);
    grid.until_ended(FIRST.plus(9));
    let draft = grid.unsigned(5);
    assert_eq!(draft.header.first_interval, FIRST.plus(5));
    let refused = ContractError::Start {
        expected: FIRST,
        got: FIRST.plus(5),
    };
    assert_eq!(grid.report(&draft).unwrap_err(), refused);
    grid.close_gap().unwrap();
    grid.report(&draft).unwrap();
}

#[test]
fn one_gap_spans_any_number_of_rosters_and_ends_in_the_right_one() {
    for silent in [0, 1, 2, 7, 8, 9, 20, 21, 40] {
        let mut grid = Grid::with_meters(1);
        // A meter more every third interval: roster v begins at FIRST + 3 (v - 1).
        for roster in 1..10 {
            grid.set_time((NOW + 3 * roster) * QUARTER);
            grid.join(1, None).unwrap();
            assert_eq!(grid.next().roster_version.min(1), 1);
        }
        let last = FIRST.plus(40);
        grid.until_ended(last);
        grid.set_time(grid.now().max((FIRST.0 + silent) * QUARTER + HOUR + 1));
        let oldest = grid.next().oldest_interval;
        let expected = ((oldest.0 - FIRST.0) / 3 + 1).min(10);
        grid.close_gap().unwrap();
        let next = grid.next();
        assert_eq!(u64::from(next.roster_version), expected);
        assert_eq!(u64::from(next.seats), expected);
        assert_eq!(grid.windows().len(), 1);
        let draft = grid.unsigned(u16::MAX);
        grid.report(&draft).unwrap();
    }
}

#[test]
fn a_gap_that_ends_within_an_older_roster_stops_the_next_report_at_its_end() {
    let mut grid = Grid::with_meters(1);
    grid.join(1, Some(FIRST.plus(2))).unwrap();
    grid.join(1, Some(FIRST.plus(4))).unwrap();
    grid.join(1, Some(FIRST.plus(8))).unwrap();
    // 5 stay reportable; FIRST + 5 is in roster 3, which ends at FIRST + 8.
    grid.until_ended(FIRST.plus(9));
    grid.close_gap().unwrap();
    let next = grid.next();
    assert_eq!(
        (next.first_interval, next.roster_version, next.max_intervals),
        (Some(FIRST.plus(5)), 3, 3)
    );
    let draft = grid.unsigned(u16::MAX);
    grid.report(&draft).unwrap();
    let next = grid.next();
    assert_eq!(
        (next.first_interval, next.roster_version, next.max_intervals),
        (Some(FIRST.plus(8)), 4, 2)
    );
}
