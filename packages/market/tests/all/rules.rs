//! Single rules on small numbers, and what the edges do.

use gridpact_market::{AllocationRule, FeeKind, SettleError, Terms, TermsError, WindowSettlement};
use gridpact_units::{
    Amount, BasisPoints, Energy, EnergyTotal, IntervalIndex, Ppm, Price, Quality, Reading, Slot,
};

use crate::support::{
    account, accounts, divided, export, fixed, homes, import, one_interval, only_sells, settle, FIRST,
    STATIC, STATIC_ONCE,
};
use gridpact_market::{settle_window, Account, PriceRule};

const KWH: u64 = 1_000_000;

#[test]
fn even_gives_a_double_weight_twice_as_much_until_it_has_enough() {
    assert_eq!(
        divided(AllocationRule::Even, homes(&[1, 2]), 90, &[100, 100]),
        [30, 60]
    );
    assert_eq!(
        divided(AllocationRule::Even, homes(&[1, 2]), 90, &[100, 40]),
        [50, 40]
    );
}

#[test]
fn equal_places_share_evenly() {
    let terms = [1, 0, 1].into_iter().zip(0..).map(|(priority, home)| Terms {
        priority,
        ..Terms::of_household(home)
    });
    assert_eq!(
        divided(AllocationRule::Priority, accounts(terms), 16, &[10, 8, 10]),
        [4, 8, 4]
    );
}

#[test]
fn places_count_under_the_priority_rule_only() {
    let terms = [0, 1].map(|home| Terms {
        priority: 1 - home,
        ..Terms::of_household(home.into())
    });
    for rule in [AllocationRule::Even, AllocationRule::ProRata, STATIC] {
        assert_eq!(divided(rule, accounts(terms), 10, &[10, 10]), [5, 5], "{rule:?}");
    }
}

/// Fixed parts are of all participants, also of those who need nothing or whose reading is missing, and on the sellers'
/// side they are of what the buyers can pay.
#[test]
fn a_fixed_part_that_is_not_needed_is_left() {
    assert_eq!(
        divided(STATIC_ONCE, homes(&[1, 1, 2]), 80, &[100, 5, 0]),
        [20, 5, 0]
    );

    let mut accounts = homes(&[1, 3]);
    accounts.push(account(
        2,
        Terms {
            sell_tier: Terms::NO_TIER,
            ..Terms::of_household(2)
        },
    ));
    let policy = fixed(AllocationRule::Even, STATIC_ONCE);
    let (bought, sold) = one_interval(&policy, &accounts, &[export(50), export(50), import(80)]);
    assert_eq!((bought, sold), (vec![0, 0, 70], vec![20, 50, 0]));
}

/// The buyer needs 80 and can pay for 40: fixed parts of 10 and 30, of which the second seller has only 20.
#[test]
fn a_sellers_fixed_part_is_of_what_can_be_paid() {
    let mut accounts = homes(&[1, 3]);
    accounts.push(account(
        2,
        Terms {
            sell_tier: Terms::NO_TIER,
            ..Terms::of_household(2)
        },
    ));
    accounts[2].free = Amount(8);
    let policy = fixed(AllocationRule::Even, STATIC_ONCE);
    let readings = [export(50_000), export(20_000), import(80_000)];
    let (bought, sold) = one_interval(&policy, &accounts, &readings);
    assert_eq!((bought, sold), (vec![0, 0, 30_000], vec![10_000, 20_000, 0]));
}

#[test]
fn import_and_export_of_one_interval_are_not_netted() {
    let readings = [Reading::measured(Energy(10), Energy(10)), Reading::default()];
    let (bought, sold) = one_interval(
        &fixed(AllocationRule::Even, AllocationRule::Even),
        &homes(&[1, 1]),
        &readings,
    );
    assert_eq!((bought, sold), (vec![10, 0], vec![10, 0]));
}

#[test]
fn a_missing_reading_and_a_vacant_seat_neither_buy_nor_sell() {
    let mut seats = homes(&[1, 1, 1]);
    seats.push(Account::VACANT);
    let missing = Reading {
        quality: Quality::Missing,
        ..import(100)
    };
    let readings = [export(30), missing, import(50), import(100)];
    let (bought, sold) = one_interval(
        &fixed(AllocationRule::Even, AllocationRule::Even),
        &seats,
        &readings,
    );
    assert_eq!((bought, sold), (vec![0, 0, 30, 0], vec![30, 0, 0, 0]));
}

#[test]
fn a_meter_takes_part_with_its_stated_part_rounded_down() {
    let mut seats = homes(&[1, 1]);
    seats[0].terms.as_mut().unwrap().part = Ppm(500_000);
    seats[1].terms.as_mut().unwrap().part = Ppm(250_000);
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    let (bought, sold) = one_interval(&policy, &seats, &[export(21), import(43)]);
    assert_eq!((bought, sold), (vec![0, 10], vec![10, 0])); // 10.5 and 10.75, rounded down
}

/// 1 base unit buys 5,000 mWh: spent is counted exactly over the window, so two halves of a unit make one.
#[test]
fn what_can_be_paid_is_counted_exactly_over_the_window() {
    let mut seats = accounts([Terms::of_household(0), only_sells(1)]);
    seats[0].free = Amount(1);
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    let mut window = WindowSettlement::new(&policy, &seats);
    let mut bought = Vec::new();
    for interval in 0..4 {
        let outcome = window
            .interval(FIRST.plus(interval), &[import(2_000), export(9_000)])
            .unwrap();
        bought.push(outcome.bought[0].0);
    }
    assert_eq!(bought, [2_000, 2_000, 1_000, 0]);
    let outcome = window.finish().unwrap();
    assert_eq!(
        (outcome.results[0].debit, outcome.results[1].credit),
        (Amount(1), Amount(1))
    );
}

#[test]
fn what_costs_nothing_can_be_bought_without_money() {
    let mut seats = homes(&[1, 1]);
    seats[0].free = Amount::ZERO;
    let policy = gridpact_market::Policy {
        price: PriceRule::Fixed { price: Price::ZERO },
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    };
    assert_eq!(
        one_interval(&policy, &seats, &[import(7), export(9)]),
        (vec![7, 0], vec![0, 7])
    );
}

/// 1 MWh at 200,000: 1 % is 2,000, then 50,000 a MWh, then 80 % would be 160,000 of the 148,000 left.
#[test]
fn fees_are_taken_in_order_and_never_more_than_was_earned() {
    let seats = homes(&[1, 1]);
    let policy = gridpact_market::Policy {
        fees: vec![
            FeeKind::BasisPoints(BasisPoints(100)),
            FeeKind::PerMwh(Price(50_000)),
            FeeKind::BasisPoints(BasisPoints(8_000)),
        ],
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    };
    policy.validate().unwrap();
    let outcome = settle(&policy, &seats, &[export(1_000 * KWH), import(1_000 * KWH)]);
    assert_eq!(
        outcome.community.fees,
        [Amount(2_000), Amount(50_000), Amount(148_000)]
    );
    let seller = outcome.results[0];
    assert_eq!(
        (seller.sold, seller.credit, seller.fee),
        (EnergyTotal(1_000_000_000), Amount(0), Amount(200_000))
    );
    assert_eq!(
        (outcome.results[1].debit, outcome.community.rounding),
        (Amount(200_000), Amount(0))
    );
}

/// 3 basis points of 3,333,333,333,334 (1 mWh at that price) are exactly one base unit, to the last digit.
#[test]
fn a_fee_in_basis_points_is_exact_before_it_is_rounded() {
    let policy = gridpact_market::Policy {
        price: PriceRule::Fixed {
            price: Price(3_333_333_333_334),
        },
        fees: vec![FeeKind::BasisPoints(BasisPoints(3))],
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    };
    let outcome = settle(&policy, &homes(&[1, 1]), &[export(1), import(1)]);
    assert_eq!(outcome.community.fees, [Amount(1)]);
}

/// One buyer, two sellers of half a unit each: the buyer pays 1, nobody can be paid a half, the community keeps it.
#[test]
fn what_rounding_leaves_goes_to_the_community() {
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    let outcome = settle(
        &policy,
        &homes(&[1, 1, 1]),
        &[import(5_000), export(2_500), export(2_500)],
    );
    assert_eq!(
        outcome.results.iter().map(|result| result.credit.0).sum::<u128>(),
        0
    );
    assert_eq!(
        (outcome.results[0].debit, outcome.community.rounding),
        (Amount(1), Amount(1))
    );
}

#[test]
fn an_empty_grid_and_an_empty_window_settle() {
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    assert_eq!(
        settle(&policy, &[], &[]).totals,
        gridpact_market::Totals::default()
    );
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
