//! Paying, fees and rounding on small numbers.

use gridpact_market::{
    AllocationRule, FeeAmount, FeeId, FeeKind, Policy, PriceRule, Terms, WindowSettlement,
};
use gridpact_units::{Amount, BasisPoints, EnergyTotal, Price};

use crate::support::{accounts, export, fixed, homes, import, one_interval, only_sells, settle, FIRST};

fn fee(id: u8, amount: u128) -> FeeAmount {
    FeeAmount {
        id: FeeId(id),
        amount: Amount(amount),
    }
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
    let policy = Policy {
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
    let policy = Policy {
        fees: vec![
            FeeKind::BasisPoints(BasisPoints(100)).of(3),
            FeeKind::PerMwh(Price(50_000)).of(1),
            FeeKind::BasisPoints(BasisPoints(8_000)).of(255),
        ],
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    };
    policy.validate().unwrap();
    let outcome = settle(&policy, &seats, &[export(1_000_000_000), import(1_000_000_000)]);
    assert_eq!(
        outcome.community.fees,
        [fee(3, 2_000), fee(1, 50_000), fee(255, 148_000)]
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
    let policy = Policy {
        price: PriceRule::Fixed {
            price: Price(3_333_333_333_334),
        },
        fees: vec![FeeKind::BasisPoints(BasisPoints(3)).of(7)],
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    };
    let outcome = settle(&policy, &homes(&[1, 1]), &[export(1), import(1)]);
    assert_eq!(outcome.community.fees, [fee(7, 1)]);
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
