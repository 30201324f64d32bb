//! Windows are held until their own ends. Programs that know what was settled use the books alone.

use gridpact_replay::{Books, EventError, Window, FINALISED_A_REPORT};
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use crate::support::*;

/// Two homes; the second has money.
fn books() -> Books {
    let mut books = Books::new(policy()).unwrap();
    books.open(1, &[meter(0), meter(1)]).unwrap();
    books.deposit(Slot(1), Amount(10_000)).unwrap();
    books
}

/// The nth window, of one interval in which the first home gives the second 1 kWh.
fn settle(books: &mut Books, now: u64, number: u64, final_at: u64) {
    let window = window(number, final_at);
    books
        .settle(UnixSeconds(now), window, &[give(1), take(1)], |_| {})
        .unwrap();
}

fn window(number: u64, final_at: u64) -> Window {
    Window {
        first_interval: FIRST.plus(number),
        intervals: 1,
        revision: 0,
        roster_version: 1,
        final_at: UnixSeconds(final_at),
    }
}

/// The numbers of the windows that are held, in the order in which they end.
fn held(books: &Books) -> Vec<u64> {
    let number = |first: IntervalIndex| first.since(FIRST).unwrap();
    books
        .held()
        .map(|held| number(held.window.first_interval))
        .collect()
}

#[test]
fn a_window_that_must_wait_holds_up_no_other() {
    let mut books = books();
    settle(&mut books, 0, 0, 900);
    settle(&mut books, 0, 1, 500);
    settle(&mut books, 0, 2, 700);
    assert_eq!(held(&books), [1, 2, 0]);
    let numbers = |final_windows: Vec<gridpact_replay::HeldWindow>| -> Vec<u64> {
        let windows = final_windows.iter();
        windows
            .map(|held| held.window.first_interval.since(FIRST).unwrap())
            .collect()
    };
    assert_eq!(numbers(books.finalise(UnixSeconds(499), 16).unwrap()), [0; 0]);
    assert_eq!(numbers(books.finalise(UnixSeconds(700), 1).unwrap()), [1]);
    assert_eq!(numbers(books.finalise(UnixSeconds(700), 16).unwrap()), [2]);
    assert_eq!(numbers(books.finalise(UnixSeconds(900), 16).unwrap()), [0]);
}

#[test]
fn of_equal_ends_the_earlier_window_is_first() {
    let mut books = books();
    for number in [3, 1, 2] {
        settle(&mut books, 0, number, 500);
    }
    assert_eq!(held(&books), [1, 2, 3]);
    books.finalise(UnixSeconds(500), 2).unwrap();
    assert_eq!(held(&books), [3]);
}

#[test]
fn a_report_makes_a_few_windows_final_first_and_their_credits_pay() {
    let mut books = books();
    for number in 0..6 {
        settle(&mut books, 0, number, 500);
    }
    // 200 less 1 % and 5 a kWh: 193.
    assert_eq!(books.free(Slot(0)), Some(Amount(0)));
    let readings = [take(4), give(4)];
    let settled = books
        .settle(UnixSeconds(500), window(6, 900), &readings, |_| {})
        .unwrap();
    assert_eq!(settled.finalised.len(), FINALISED_A_REPORT);
    assert_eq!(settled.outcome.results[0].debit, Amount(4 * 193));
    assert_eq!(held(&books), [4, 5, 6]);
    assert_eq!(books.free(Slot(0)), Some(Amount(0)));
}

#[test]
fn a_credit_is_free_at_the_very_second_its_window_is_final() {
    let mut grid = Grid::of(2);
    grid.deposit(1, 10_000).unwrap();
    grid.settle(&[give(1), take(1)]);
    let end = grid.now + CHALLENGE;
    grid.now = end - 1;
    assert_eq!((grid.finalise(16), grid.free(0)), (0, 0));
    grid.now = end;
    assert_eq!((grid.finalise(16), grid.free(0)), (1, 193));
    let totals = grid.replay.books().totals();
    let parts = [
        totals.withdrawn,
        totals.swept,
        totals.free,
        totals.held,
        totals.community,
    ];
    let all: u128 = parts.iter().map(|amount| amount.0).sum();
    assert_eq!(totals.deposited, Amount(all));
}

#[test]
fn a_window_is_settled_once_under_a_roster_that_exists_with_a_reading_a_seat() {
    let mut books = books();
    settle(&mut books, 0, 0, 500);
    let before = format!("{books:?}");
    let mut refused = |window, readings: &[_]| {
        books
            .settle(UnixSeconds(0), window, readings, |_| {})
            .unwrap_err()
    };
    let two = [give(1), take(1)];
    let held = EventError::WindowHeld {
        first_interval: FIRST,
    };
    assert_eq!(refused(window(0, 700), &two), held);
    let unknown = Window {
        roster_version: 2,
        ..window(1, 500)
    };
    assert_eq!(refused(unknown, &two), EventError::UnknownRoster { got: 2 });
    let readings = EventError::Readings { expected: 2, got: 1 };
    assert_eq!(refused(window(1, 500), &two[..1]), readings);
    assert_eq!(format!("{books:?}"), before);
}

#[test]
fn every_interval_is_seen_as_it_is_settled() {
    let mut books = books();
    let two = Window {
        intervals: 2,
        ..window(0, 500)
    };
    let mut seen = Vec::new();
    let readings = [give(1), take(1), give(2), take(1)];
    books
        .settle(UnixSeconds(0), two, &readings, |interval| {
            seen.push((interval.index, interval.traded.0, interval.supply.0));
        })
        .unwrap();
    let kwh = u128::from(KWH);
    assert_eq!(seen, [(FIRST, kwh, kwh), (FIRST.plus(1), kwh, 2 * kwh)]);
}
