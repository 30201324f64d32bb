//! Windows are held until their own ends. Programs that know what was settled use the books alone.

use gridpact_replay::{Books, EventError, Window, MAX_FINALISED, MAX_FINALISED_RESULTS};
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
    for number in [1, 2, 3] {
        settle(&mut books, 0, number, 500);
    }
    assert_eq!(held(&books), [1, 2, 3]);
    books.finalise(UnixSeconds(500), 2).unwrap();
    assert_eq!(held(&books), [3]);
}

#[test]
fn a_report_makes_all_final_that_has_ended_and_their_credits_pay() {
    let mut books = books();
    for number in 0..6 {
        settle(&mut books, 0, number, 500);
    }
    settle(&mut books, 0, 6, 501);
    // 200 less 1 % and 5 a kWh: 193.
    assert_eq!(books.free(Slot(0)), Some(Amount(0)));
    let readings = [take(6), give(6)];
    let settled = books
        .settle(UnixSeconds(500), window(7, 900), &readings, |_| {})
        .unwrap();
    assert_eq!(settled.finalised.len(), 6);
    assert_eq!(settled.outcome.results[0].debit, Amount(6 * 193));
    assert_eq!(held(&books), [6, 7]);
}

#[test]
fn more_than_an_event_makes_final_must_be_made_final_first() {
    let mut books = books();
    books.deposit(Slot(1), Amount(100_000)).unwrap();
    let most = MAX_FINALISED as u64;
    for number in 0..=most {
        settle(&mut books, 0, number, 500);
    }
    let now = UnixSeconds(500);
    let refused = books.settle(now, window(most + 1, 900), &[give(1), take(1)], |_| {});
    assert_eq!(refused.unwrap_err(), EventError::FinaliseFirst);
    let all = u128::from(most + 1) * 193;
    let error = books.withdraw(now, Slot(0), Some(Amount(all))).unwrap_err();
    let (slot, free, got) = (Slot(0), Amount(all - 193), Amount(all));
    assert_eq!(error, EventError::InsufficientFree { slot, free, got });
    assert_eq!(held(&books).len(), MAX_FINALISED + 1, "nothing has changed");
    assert_eq!(books.finalise(now, usize::MAX).unwrap().len(), MAX_FINALISED);
    settle(&mut books, 500, most + 1, 900);
    assert_eq!(books.free(Slot(0)), Some(Amount(all)));
}

#[test]
fn a_withdrawal_makes_final_what_it_needs_and_nothing_where_what_is_free_suffices() {
    let mut books = books();
    for number in 0..3 {
        settle(&mut books, 0, number, 500);
    }
    books.deposit(Slot(0), Amount(10)).unwrap();
    let now = UnixSeconds(500);
    let withdrawn = books.withdraw(now, Slot(0), Some(Amount(10))).unwrap();
    assert_eq!((withdrawn.finalised.len(), held(&books).len()), (0, 3));
    let early = books.withdraw(UnixSeconds(499), Slot(0), None).unwrap_err();
    assert_eq!(early, EventError::Nothing { what: "a withdrawal" });
    let withdrawn = books.withdraw(now, Slot(0), None).unwrap();
    assert_eq!((withdrawn.amount, withdrawn.more_ended), (Amount(3 * 193), false));
    assert_eq!((withdrawn.finalised.len(), held(&books).len()), (3, 0));
}

#[test]
fn results_bound_what_becomes_final_at_once_too_and_the_bound_itself_still_fits() {
    let mut books = Books::new(policy()).unwrap();
    books.open(1, &[meter(0)]).unwrap();
    books
        .open(2, &(1..=u16::MAX).map(meter).collect::<Vec<_>>())
        .unwrap();
    let all = vec![take(1); 65_536];
    assert_eq!(2 * all.len(), MAX_FINALISED_RESULTS);
    // Two windows of as many results as fit, then one of a single result.
    for (number, roster_version) in [(0, 2), (1, 2), (2, 1)] {
        let window = Window {
            roster_version,
            ..window(number, 500)
        };
        let readings = if roster_version == 2 { &all[..] } else { &all[..1] };
        books.settle(UnixSeconds(0), window, readings, |_| {}).unwrap();
    }
    assert_eq!(books.finalise(UnixSeconds(500), usize::MAX).unwrap().len(), 2);
    assert_eq!(held(&books), [2]);
    assert_eq!(books.finalise(UnixSeconds(500), usize::MAX).unwrap().len(), 1);
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
    let settled = EventError::Settled {
        settled_until: FIRST.plus(1),
        got: FIRST,
    };
    assert_eq!(refused(window(0, 700), &two), settled);
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
fn a_price_is_told_where_something_was_traded_and_only_there() {
    let mut grid = Grid::of(2);
    grid.deposit(1, 10_000).unwrap();
    let settled = grid.settle(&[take(1), take(1)]);
    assert_eq!((settled.prices.len(), settled.traded_at), (1, None));
    let settled = grid.settle(&[give(1), take(1)]);
    let price = settled.prices[0];
    assert_eq!(settled.traded_at, Some((price, price)));
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
