//! What settlement refuses, in its words, and what it takes without a word.

use gridpact_market::{
    settle_window, Account, AllocationRule, SettleError, Terms, TermsError, Totals, WindowSettlement,
};
use gridpact_units::{Amount, EnergyTotal, IntervalIndex, Ppm, Reading, Slot};

use crate::support::{export, fixed, homes, import, settle, FIRST};

#[test]
fn an_empty_grid_and_an_empty_window_settle() {
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    assert_eq!(settle(&policy, &[], &[]).totals, Totals::default());
    assert_eq!(settle(&policy, &homes(&[1]), &[]).results.len(), 1);
    assert_eq!(
        settle(&policy, &[Account::VACANT; 3], &[import(1); 6])
            .totals
            .demand,
        EnergyTotal::ZERO
    );
}

#[test]
fn refusals_say_what_was_expected_and_what_came() {
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    let refused = |seats: &[Account], readings: &[Reading]| {
        settle_window(&policy, seats, FIRST, readings)
            .unwrap_err()
            .to_string()
    };
    let with = |terms: Terms| [Account::new(Slot(1), terms, Amount(1))];
    let terms = Terms::of_household(0);
    let text = |error: TermsError| error.to_string();
    assert_eq!(
        text(TermsError::Weight { got: 0 }),
        "weight: expected 1 to 1000000, got 0"
    );
    let cases = [
        (
            refused(&homes(&[1, 1]), &[import(1); 3]),
            "readings: expected a multiple of 2, one for each seat and interval, got 3",
        ),
        (
            refused(&[], &[import(1)]),
            "readings: expected a multiple of 0, one for each seat and interval, got 1",
        ),
        (
            refused(&with(Terms { weight: 0, ..terms }), &[]),
            "seat 0: weight: expected 1 to 1000000, got 0",
        ),
        (
            refused(
                &with(Terms {
                    weight: 1_000_001,
                    ..terms
                }),
                &[],
            ),
            "seat 0: weight: expected 1 to 1000000, got 1000001",
        ),
        (
            refused(
                &with(Terms {
                    part: Ppm(1_000_001),
                    ..terms
                }),
                &[],
            ),
            "seat 0: part: expected at most 1000000 ppm, got 1000001",
        ),
        (
            refused(&with(terms), &[import(100_000_000_001)]),
            "seat 0: expected a reading of at most 100000000000 mWh, got 100000000001",
        ),
    ];
    for (got, expected) in cases {
        assert_eq!(got, expected);
    }
    let mut window = WindowSettlement::new(&policy, &[]);
    window.interval(FIRST, &[]).unwrap();
    let again = window.interval(FIRST, &[]).unwrap_err();
    assert_eq!(
        again.to_string(),
        "interval: expected one after 1963584, got 1963584"
    );
}

#[test]
fn a_refused_interval_leaves_the_window_as_it_was() {
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    let seats = homes(&[1, 1]);
    let mut window = WindowSettlement::new(&policy, &seats);
    let good = [import(10_000), export(10_000)];
    window.interval(FIRST, &good).unwrap();
    let too_much = [import(u64::MAX), export(1)];
    assert!(matches!(
        window.interval(FIRST.plus(1), &too_much),
        Err(SettleError::ReadingAboveMax { seat: 0, .. })
    ));
    window.interval(IntervalIndex(FIRST.0 + 1), &good).unwrap();
    assert_eq!(
        window.finish().unwrap(),
        settle(&policy, &seats, &[good, good].concat())
    );
}
