//! Rosters change at boundaries still in the future, and no report spans one.

use gridpact_report::Mode;
use gridpact_types::registry::answers::{NextReportResponse, RosterResponse};
use gridpact_types::registry::bounds::{MAX_FUTURE_ROSTERS, MAX_NOTICE};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, Seat, Slot};
use meter_registry::error::ContractError;

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
fn no_report_spans_a_change_and_each_interval_has_one_roster() {
    let mut grid = Grid::with_meters(2);
    grid.join(1, Some(FIRST.plus(2))).unwrap();
    grid.until_ended(FIRST.plus(3));
    let next = grid.next();
    assert_eq!((next.max_intervals, next.roster_version, next.seats), (2, 1, 2));
    let refused = grid.report(&UnsignedReport::new(1, 1, 2, FIRST, 3)).unwrap_err();
    assert_eq!(
        refused,
        ContractError::SpansRosters {
            ends: FIRST.plus(2),
            got: FIRST.plus(3)
        }
    );
    // Nor does one written for the roster after.
    let refused = grid.report(&UnsignedReport::new(1, 2, 3, FIRST, 2)).unwrap_err();
    assert_eq!(refused, ContractError::RosterVersion { expected: 1, got: 2 });
    grid.report(&UnsignedReport::new(1, 1, 2, FIRST, 2)).unwrap();
    let next = grid.next();
    assert_eq!((next.max_intervals, next.roster_version, next.seats), (2, 2, 3));
    let refused = grid
        .report(&UnsignedReport::new(1, 1, 2, FIRST.plus(2), 2))
        .unwrap_err();
    assert_eq!(refused, ContractError::RosterVersion { expected: 2, got: 1 });
    grid.report(&UnsignedReport::new(1, 2, 3, FIRST.plus(2), 2))
        .unwrap();
}

#[test]
fn a_report_may_end_before_the_change_or_just_at_it() {
    for intervals in [1, 2] {
        let mut grid = Grid::with_meters(1);
        grid.join(1, Some(FIRST.plus(2))).unwrap();
        grid.until_ended(FIRST.plus(3));
        let draft = grid.unsigned(intervals);
        grid.report(&draft).unwrap();
        let expected = if intervals == 2 { 2 } else { 1 };
        assert_eq!(grid.next().roster_version, expected);
    }
}

#[test]
fn a_roster_begins_with_the_next_interval_by_default_and_never_with_one_that_runs() {
    let mut grid = Grid::new();
    grid.passes(QUARTER - 1);
    grid.join(1, None).unwrap();
    assert_eq!(roster(&grid, 1).from, FIRST);
    // In its first second an interval has begun.
    grid.passes(1);
    let latest = IntervalIndex((grid.now() + MAX_NOTICE.0) / QUARTER);
    let soonest = FIRST.plus(1);
    for got in [IntervalIndex(0), FIRST, latest.plus(1), IntervalIndex(u64::MAX)] {
        let refused = ContractError::From { soonest, latest, got };
        assert_eq!(grid.join(1, Some(got)).unwrap_err(), refused);
    }
    grid.join(1, Some(soonest)).unwrap();
    grid.join(1, Some(latest)).unwrap();
    assert_eq!(roster(&grid, 3).from, latest);
}

#[test]
fn admissions_for_one_boundary_make_one_roster_until_it_begins() {
    let mut grid = Grid::with_meters(2);
    grid.join(3, Some(FIRST)).unwrap();
    grid.join(1, None).unwrap();
    let first = roster(&grid, 1);
    assert_eq!((first.size, first.from), (6, FIRST));
    grid.set_time(FIRST.0 * QUARTER);
    grid.join(1, None).unwrap();
    assert_eq!(roster(&grid, 1), first);
    assert_eq!((roster(&grid, 2).size, roster(&grid, 2).from), (7, FIRST.plus(1)));
}

#[test]
fn a_roster_before_a_scheduled_one_is_refused() {
    let mut grid = Grid::with_meters(1);
    grid.join(1, Some(FIRST.plus(10))).unwrap();
    let refused = ContractError::BeforeScheduled {
        scheduled: FIRST.plus(10),
        got: FIRST.plus(9),
    };
    assert_eq!(grid.join(1, Some(FIRST.plus(9))).unwrap_err(), refused);
    // Adding to the very one is not.
    grid.join(1, Some(FIRST.plus(10))).unwrap();
    assert_eq!((roster(&grid, 2).size, roster(&grid, 1).size), (3, 1));
}

#[test]
fn only_so_many_rosters_wait_in_the_future() {
    let mut grid = Grid::new();
    for number in 0..u64::from(MAX_FUTURE_ROSTERS) {
        grid.join(1, Some(FIRST.plus(number))).unwrap();
    }
    let next = FIRST.plus(MAX_FUTURE_ROSTERS.into());
    let refused = ContractError::FutureRosters {
        got: MAX_FUTURE_ROSTERS,
    };
    assert_eq!(grid.join(1, Some(next)).unwrap_err(), refused);
    // Adding to the last needs no other; and when one has begun there is room again, reports or none.
    grid.join(1, Some(FIRST.plus(u64::from(MAX_FUTURE_ROSTERS) - 1)))
        .unwrap();
    grid.set_time(FIRST.0 * QUARTER - 1);
    assert_eq!(grid.join(1, Some(next)).unwrap_err(), refused);
    grid.passes(1);
    grid.join(1, Some(next)).unwrap();
}

#[test]
fn seats_end_at_what_a_report_holds() {
    let mut grid = Grid::new();
    for _ in 0..8 {
        grid.join(127, None).unwrap();
    }
    let refused = ContractError::FreeSeats { free: 8, got: 9 };
    assert_eq!(grid.join(9, None).unwrap_err(), refused);
    for proposal in 1_017..1_025 {
        grid.admit(vec![admission(proposal)], None).unwrap();
    }
    let refused = ContractError::FreeSeats { free: 0, got: 1 };
    assert_eq!(grid.admit(vec![admission(1_025)], None).unwrap_err(), refused);
    let next: NextReportResponse = grid.next();
    assert_eq!(next.seats, Mode::Open.max_seats());

    // And a report of them all is accepted.
    grid.until_ended(FIRST);
    let draft = grid.unsigned(1);
    grid.report(&draft).unwrap();

    let mut seats = vec![];
    let mut start_after = None;
    loop {
        let page: RosterResponse = grid
            .ask(QueryMsg::Roster {
                version: 1,
                start_after,
                limit: Some(250),
            })
            .unwrap();
        assert_eq!(page.size, Mode::Open.max_seats());
        seats.extend(page.seats);
        start_after = seats.last().map(|seat| seat.seat);
        if !page.more {
            break;
        }
    }
    assert_eq!(seats.len(), usize::from(Mode::Open.max_seats()));
    for (number, seat) in (0..).zip(&seats) {
        assert_eq!((seat.seat, seat.slot), (Seat(number), Some(Slot(number.into()))));
        assert_eq!((seat.import_limit.0, seat.export_limit.0), (LIMIT, LIMIT));
    }
}

#[test]
fn limits_of_every_size_come_back_as_they_were() {
    use gridpact_types::registry::messages::ExecuteMsg;
    use gridpact_units::Power;
    let mut grid = Grid::new();
    let watts = [
        1,
        127,
        128,
        16_383,
        16_384,
        2_097_151,
        2_097_152,
        99_999_999,
        100_000_000,
    ];
    let mut admissions = vec![];
    for (serial, watt) in (1..).zip(watts) {
        let other = 100_000_001 - watt;
        let meter = gridpact_types::registry::meters::MeterProposal {
            import_limit: Power(watt),
            export_limit: Power(other),
            ..meter(serial)
        };
        grid.send(&format!("home {serial}"), ExecuteMsg::ProposeMeter { meter })
            .unwrap();
        admissions.push(admission(serial));
    }
    grid.admit(admissions, None).unwrap();
    for (seat, watt) in roster(&grid, 1).seats.iter().zip(watts) {
        assert_eq!(
            (seat.import_limit.0, seat.export_limit.0),
            (watt, 100_000_001 - watt)
        );
    }
}
