//! Who takes part from when on.

use gridpact_replay::{Books, Effect, Event, EventError, GridTerms, Meter, Replay};
use gridpact_units::{Amount, IntervalIndex, Seat, Slot};

use crate::support::*;

#[test]
fn a_roster_begins_strictly_in_the_future_and_not_before_a_scheduled_one() {
    let mut grid = Grid::empty();
    let too_soon = |soonest, got| Err(EventError::RosterStart { soonest, got });
    let running = IntervalIndex(FIRST.0 - 1);
    assert_eq!(grid.admit(1, running, 0..1), too_soon(FIRST, running));
    let later = FIRST.plus(4);
    assert_eq!(grid.admit(1, later, 0..1), Ok(Effect::Admitted));
    assert_eq!(grid.replay.next_interval(), Some(later));
    assert_eq!(grid.admit(2, FIRST, 1..2), too_soon(later, FIRST));
    grid.now = later.0 * LENGTH;
    let next = later.plus(1);
    assert_eq!(grid.admit(2, later, 1..2), too_soon(next, later));
    assert_eq!(grid.admit(2, next, 1..2), Ok(Effect::Admitted));
}

#[test]
fn admissions_for_one_boundary_make_one_roster() {
    let mut grid = Grid::empty();
    let version = |expected, got| Err(EventError::RosterVersion { expected, got });
    assert_eq!(grid.admit(2, FIRST, 0..1), version(1, 2));
    assert_eq!(grid.admit(0, FIRST, 0..1), version(1, 0));
    grid.admit(1, FIRST, 0..1).unwrap();
    assert_eq!(grid.admit(2, FIRST, 1..2), version(1, 2));
    grid.admit(1, FIRST, 1..2).unwrap();
    assert_eq!(grid.admit(1, FIRST.plus(1), 2..3), version(2, 1));
    grid.admit(2, FIRST.plus(1), 2..3).unwrap();
    let seats = |version| grid.replay.books().seats(version).map(|seats| seats.len());
    assert_eq!([seats(1), seats(2), seats(3)], [Some(2), Some(3), None]);
}

#[test]
fn books_alone_take_the_newest_roster_or_the_next_too() {
    let mut books = Books::new(policy()).unwrap();
    let version = |expected, got| Err(EventError::RosterVersion { expected, got });
    assert_eq!(books.open(0, &[meter(0)]), version(1, 0));
    assert_eq!(books.open(2, &[meter(0)]), version(1, 2));
    books.open(1, &[meter(0)]).unwrap();
    books.open(2, &[meter(1)]).unwrap();
    for got in [0, 1, 4] {
        assert_eq!(books.open(got, &[meter(2)]), version(3, got));
    }
    books.open(2, &[meter(2)]).unwrap();
}

#[test]
fn slots_may_leave_gaps_and_each_has_its_own_account() {
    let mut books = Books::new(policy()).unwrap();
    let at = |slot, seat| Meter {
        slot: Slot(slot),
        ..meter(seat)
    };
    books.open(1, &[at(1, 0), at(3, 1), at(2, 2)]).unwrap();
    for (slot, amount) in [(1, 10), (2, 20), (3, 30)] {
        books.deposit(Slot(slot), Amount(amount)).unwrap();
    }
    let accounts: Vec<_> = books.accounts().collect();
    let all = [(1, 10), (2, 20), (3, 30)].map(|(slot, free)| (Slot(slot), Amount(free)));
    assert_eq!(accounts, all);
    for none in [0, 4] {
        assert_eq!(books.free(Slot(none)), None);
    }
    let exists = EventError::AccountExists { slot: Slot(3) };
    assert_eq!(books.open(1, &[at(3, 3)]), Err(exists));
}

#[test]
fn seats_follow_each_other_and_slots_are_given_out_once() {
    let mut grid = Grid::of(2);
    let from = FIRST.plus(1);
    let refused = EventError::Seat {
        slot: Slot(3),
        expected: 2,
        got: Seat(3),
    };
    assert_eq!(grid.admit(2, from, 3..4), Err(refused));
    let again = Meter {
        slot: Slot(1),
        ..meter(2)
    };
    let twice = |meters| Event::MetersAdmitted {
        roster_version: 2,
        from,
        meters,
    };
    let exists = Err(EventError::AccountExists { slot: Slot(1) });
    assert_eq!(grid.apply(&twice(vec![again])), exists);
    let within = Meter {
        slot: Slot(2),
        ..meter(3)
    };
    let exists = Err(EventError::AccountExists { slot: Slot(2) });
    assert_eq!(grid.apply(&twice(vec![meter(2), within])), exists);
    assert_eq!(grid.apply(&twice(vec![])), Err(EventError::NoMeter));
    let weightless = Meter {
        weight: 0,
        ..meter(2)
    };
    let refused = grid.apply(&twice(vec![weightless])).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "slot 2: weight: expected 1 to 1000000, got 0"
    );
}

#[test]
fn who_joins_later_changes_no_earlier_window() {
    let mut grid = Grid::of(2);
    grid.deposit(1, 10_000).unwrap();
    grid.admit(2, FIRST.plus(1), 2..3).unwrap();
    grid.deposit(2, 10_000).unwrap();
    let spans = EventError::SpansRosters {
        ends: FIRST.plus(1),
        got: FIRST.plus(2),
    };
    let header = |grid: &Grid, seats, intervals| gridpact_report::Header {
        seats,
        ..grid.header(intervals)
    };
    let (two, one) = (header(&grid, 2, 2), header(&grid, 2, 1));
    let readings = [give(2), take(2), give(2), take(2)];
    assert_eq!(grid.report(two, &readings), Err(spans));
    grid.report(one, &readings[..2]).unwrap();
    let due = gridpact_report::Header {
        roster_version: 2,
        ..header(&grid, 3, 1)
    };
    let late = gridpact_report::Header {
        roster_version: 1,
        ..header(&grid, 2, 1)
    };
    let version = EventError::RosterVersion { expected: 2, got: 1 };
    assert_eq!(grid.report(late, &readings[..2]), Err(version));
    grid.report(due, &[give(2), take(1), take(1)]).unwrap();
    assert_eq!((grid.free(1), grid.free(2)), (10_000 - 600, 10_000 - 200));
}

#[test]
fn a_grid_that_cannot_be_is_refused() {
    let mut policy = policy();
    policy.fees = [policy.fees.clone(), policy.fees.clone(), policy.fees.clone()].concat();
    assert!(matches!(Books::new(policy.clone()), Err(EventError::Policy(_))));
    assert!(Replay::new(GridTerms { policy, ..terms() }).is_err());
    let mut terms = terms();
    terms.committee.quorum = 2;
    let refused = Replay::new(terms).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "committee: expected 1 to 32 members and a quorum of more than two thirds, got 3 and 2"
    );
}
