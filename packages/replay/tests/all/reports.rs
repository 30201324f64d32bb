//! Which reports count.

use gridpact_replay::{Effect, Event, EventError};
use gridpact_report::quorum::QuorumError;
use gridpact_report::{Header, Resolution};
use gridpact_units::{Amount, IntervalIndex, Price, Reading};

use crate::support::*;

/// Two homes, of which the second has money.
fn grid() -> Grid {
    let mut grid = Grid::of(2);
    grid.deposit(1, 10_000).unwrap();
    grid
}

#[test]
fn a_report_tells_what_it_came_to() {
    let mut grid = grid();
    let settled = grid.settle(&[give(2), take(1), give(1), take(3)]);
    assert_eq!(settled.window.first_interval, FIRST);
    assert_eq!(settled.window.final_at.0, START + 2 * LENGTH + CHALLENGE);
    assert_eq!(settled.prices, [Price(A_KWH * 1_000); 2]);
    assert_eq!(settled.outcome.results[1].debit, Amount(2 * A_KWH));
    assert_eq!(settled.finalised, []);
    assert_eq!(grid.free(1), 10_000 - 2 * A_KWH);
    assert_eq!(grid.replay.next_interval(), Some(FIRST.plus(2)));
    assert_eq!(grid.replay.reports().len(), 1);
}

#[test]
fn a_report_must_be_the_next_one() {
    let mut grid = grid();
    grid.settle(&[give(1), take(1)]);
    let due = grid.header(1);
    let table: [(Header, EventError); 6] = [
        (
            Header {
                first_interval: FIRST.plus(2),
                ..due
            },
            EventError::Start {
                expected: FIRST.plus(1),
                got: FIRST.plus(2),
            },
        ),
        (
            Header { epoch: 2, ..due },
            EventError::Epoch { expected: 1, got: 2 },
        ),
        (
            Header {
                roster_version: 2,
                ..due
            },
            EventError::RosterVersion { expected: 1, got: 2 },
        ),
        (
            Header {
                resolution: Resolution::MILLIWATT_HOUR,
                ..due
            },
            EventError::Resolution {
                expected: 1_000,
                got: 1,
            },
        ),
        (
            Header { seats: 1, ..due },
            EventError::Readings { expected: 2, got: 1 },
        ),
        (
            Header {
                first_interval: IntervalIndex(FIRST.0 - 1),
                ..due
            },
            EventError::OtherReport {
                first_interval: IntervalIndex(FIRST.0 - 1),
            },
        ),
    ];
    for (header, refusal) in table {
        let readings = vec![give(1); header.seats.into()];
        assert_eq!(grid.report(header, &readings), Err(refusal));
    }
}

#[test]
fn an_interval_is_reported_from_its_end_until_the_limit_and_not_a_second_later() {
    for (now, allowed) in [
        (START + LENGTH - 1, false),
        (START + LENGTH, true),
        (START + LENGTH + LIMIT, true),
        (START + LENGTH + LIMIT + 1, false),
    ] {
        let mut grid = grid();
        grid.now = now;
        let event = grid.signed(grid.header(1), &[give(1), take(1)], &[0, 1, 2]);
        let carried = grid.apply(&event);
        assert_eq!(carried.is_ok(), allowed, "{carried:?}");
        let closed = grid.apply(&Event::GapClosed);
        let gap = now == START + LENGTH + LIMIT + 1;
        assert_eq!(closed.is_ok(), gap, "{closed:?}");
    }
}

#[test]
fn after_a_gap_what_is_left_can_be_reported_for_an_hour_and_nothing_else_is_closed() {
    // Two hours' limit, so the grace is four quarter hours.
    let closed = || {
        let mut grid = grid();
        grid.now = START + 20 * LENGTH;
        grid.apply(&Event::GapClosed).unwrap();
        let mut header = grid.header(1);
        header.first_interval = FIRST.plus(11);
        let report = grid.signed(header, &[give(1), take(1)], &[0, 1, 2]);
        (grid, report)
    };
    for (second, allowed) in [(0, true), (1, true), (3_600, true), (3_601, false)] {
        let (mut grid, report) = closed();
        grid.now += second;
        let reported = grid.apply(&report);
        assert_eq!(reported.is_ok(), allowed, "{reported:?}");
        let (mut grid, _) = closed();
        grid.now += second;
        let gap = grid.apply(&Event::GapClosed);
        assert_eq!(gap.is_ok(), !allowed, "{gap:?}");
    }
}

#[test]
fn a_gap_reaches_to_the_oldest_interval_that_may_be_reported() {
    let mut grid = grid();
    grid.now = START + 20 * LENGTH;
    let closed = Effect::GapClosed {
        first_interval: FIRST,
        intervals: 11,
    };
    assert_eq!(grid.apply(&Event::GapClosed), Ok(closed));
    assert_eq!(grid.replay.next_interval(), Some(FIRST.plus(11)));
    let none = EventError::NoGap {
        next: FIRST.plus(11),
        oldest: FIRST.plus(11),
    };
    assert_eq!(grid.apply(&Event::GapClosed), Err(none));
    let in_the_gap = Header {
        first_interval: FIRST.plus(3),
        ..grid.header(1)
    };
    let other = EventError::OtherReport {
        first_interval: FIRST.plus(3),
    };
    assert_eq!(grid.report(in_the_gap, &[give(1), take(1)]), Err(other));
    grid.settle(&[give(1), take(1)]);
}

#[test]
fn a_quorum_of_distinct_members_signs_for_this_grid() {
    let mut grid = grid();
    grid.now = START + LENGTH;
    let (header, readings) = (grid.header(1), [give(1), take(1)]);
    let refused = |cause: QuorumError| Err(EventError::Quorum(cause));
    let few = grid.signed(header, &readings, &[0, 1]);
    let too_few = QuorumError::TooFew { expected: 3, got: 2 };
    assert_eq!(grid.apply(&few), refused(too_few));
    let twice = grid.signed(header, &readings, &[0, 1, 1]);
    let (previous, got) = (1, 1);
    assert_eq!(
        grid.apply(&twice),
        refused(QuorumError::NotAscending { previous, got })
    );
    // What was signed is not what is carried.
    let Event::Report { signatures, .. } = grid.signed(header, &readings, &[0, 1, 2]) else {
        unreachable!()
    };
    let Event::Report { bytes, .. } = grid.signed(header, &[give(2), take(1)], &[]) else {
        unreachable!()
    };
    let forged = Event::Report { bytes, signatures };
    assert_eq!(grid.apply(&forged), refused(QuorumError::Invalid { member: 0 }));
}

#[test]
fn the_very_report_again_changes_nothing_and_another_is_refused() {
    let mut grid = grid();
    grid.now = START + LENGTH;
    let (header, readings) = (grid.header(1), [give(1), take(1)]);
    let report = grid.signed(header, &readings, &[0, 1, 2]);
    grid.apply(&report).unwrap();
    let books = format!("{:?}", grid.replay.books());
    // Whoever carries it, with whatever signatures: a quorum signed it then.
    let unsigned = grid.signed(header, &readings, &[]);
    for again in [&report, &unsigned] {
        assert_eq!(grid.apply(again), Ok(Effect::Known));
    }
    assert_eq!(format!("{:?}", grid.replay.books()), books);
    let other = grid.signed(header, &[give(2), take(1)], &[0, 1, 2]);
    let refusal = EventError::OtherReport {
        first_interval: FIRST,
    };
    assert_eq!(grid.apply(&other), Err(refusal));
}

#[test]
fn before_the_first_roster_nothing_is_reported() {
    let mut full = Grid::of(2);
    full.now = START + LENGTH;
    let report = full.signed(full.header(1), &[give(1), take(1)], &[0, 1, 2]);
    let mut grid = Grid::empty();
    grid.now = full.now;
    assert_eq!(grid.apply(&report), Err(EventError::NoRoster));
    assert_eq!(grid.apply(&Event::GapClosed), Err(EventError::NoRoster));
    assert_eq!(grid.replay.next_interval(), None);
}

#[test]
fn bytes_that_are_no_report_are_refused() {
    let mut grid = grid();
    grid.now = START + LENGTH;
    let Event::Report { bytes, signatures } = grid.signed(grid.header(1), &[give(1), take(1)], &[0, 1, 2])
    else {
        unreachable!()
    };
    for bytes in [vec![], vec![9], bytes[..bytes.len() - 1].to_vec()] {
        let signatures = signatures.clone();
        assert!(grid.apply(&Event::Report { bytes, signatures }).is_err());
    }
}

#[test]
fn a_missing_reading_neither_buys_nor_sells() {
    let mut grid = grid();
    let settled = grid.settle(&[Reading::MISSING, take(1)]);
    assert_eq!(settled.outcome.totals.traded.0, 0);
    assert_eq!(grid.free(1), 10_000);
}
