//! At the stated bounds nothing overflows; beyond them there is an error, never a panic.

use gridpact_market::{
    Account, AllocationRule, FeeKind, OwnInjection, Policy, PriceRule, SeatResult, SettleError, Tariff,
    Terms, WindowSettlement, MAX_FREE, MAX_READING, MAX_READINGS, MAX_WEIGHT,
};
use gridpact_units::{Amount, BasisPoints, Energy, IntervalLength, Power, Price, Reading, Slot, MAX_PRICE};

use crate::support::{fixed, homes, import, FIRST, STATIC, STATIC_ONCE};

/// The largest of everything: readings, price, weight, fees. Half of the homes give, half take, the last gives too, so
/// that something is to be divided.
fn largest(buyers: AllocationRule) -> Policy {
    Policy {
        interval_length: IntervalLength::HOUR,
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(0),
        },
        tariff: Tariff::flat(MAX_PRICE, MAX_PRICE),
        fees: vec![
            FeeKind::BasisPoints(BasisPoints(5_000)).of(1),
            FeeKind::PerMwh(MAX_PRICE).of(2),
        ],
        ..fixed(buyers, AllocationRule::ProRata)
    }
}

fn seats(count: u32) -> Vec<Account> {
    let terms = |home: u32| Terms {
        weight: MAX_WEIGHT - home % 2,
        ..Terms::of_household(home)
    };
    (0..count)
        .map(|home| Account::new(Slot(home), terms(home), Amount(MAX_FREE.0 / u128::from(count))))
        .collect()
}

fn settle_largest(rule: AllocationRule, count: u32, intervals: u64) {
    let (policy, seats) = (largest(rule), seats(count));
    policy.validate().unwrap();
    let give = Reading::measured(Energy::ZERO, MAX_READING);
    let take = Reading::measured(MAX_READING, Energy(1));
    let readings: Vec<Reading> = (0..count)
        .map(|home| if home % 3 == 0 { give } else { take })
        .collect();
    let mut window = WindowSettlement::new(&policy, &seats);
    for interval in 0..intervals {
        let outcome = window.interval(FIRST.plus(interval), &readings).unwrap();
        assert_eq!(outcome.price, MAX_PRICE);
        assert!(rule == STATIC_ONCE || outcome.traded == outcome.supply.min(outcome.payable));
    }
    let outcome = window.finish().unwrap();
    // Every buyer has spent all but what is worth less than 1 mWh.
    let mut buyers = outcome.results.iter().zip(&seats).skip(1).step_by(3);
    let spent =
        |(result, seat): (&SeatResult, &Account)| seat.free.0 - result.debit.0 <= MAX_PRICE.0 / 1_000_000_000;
    assert!(rule == STATIC_ONCE || buyers.all(spent));
    let value = outcome.totals.traded.0 * MAX_PRICE.0;
    let paid: u128 = outcome
        .community
        .fees
        .iter()
        .map(|fee| fee.amount.0)
        .sum::<u128>()
        + outcome.totals.credit.0;
    assert_eq!(outcome.totals.debit.0, paid + outcome.community.rounding.0);
    assert_eq!(outcome.totals.debit.0, value.div_ceil(1_000_000_000));
}

/// The largest window of a contract.
#[test]
fn the_largest_contracts_window_settles_at_the_largest_price_and_readings() {
    settle_largest(AllocationRule::Even, 1_024, 192);
}

#[test]
fn every_rule_settles_10_000_homes_at_the_largest_price_and_readings() {
    use AllocationRule::{Even, Priority, ProRata};
    for rule in [Even, ProRata, Priority, STATIC, STATIC_ONCE] {
        settle_largest(rule, 10_000, 2);
    }
}

/// One seat that buys its own readings, as often as a window allows: the most energy that one seat can have, at nearly the
/// highest price at which all the money there is pays for it.
#[test]
fn one_seat_may_have_all_readings_of_a_window() {
    let price = Price(100_000_000_000_000_000_000);
    let policy = Policy {
        tariff: Tariff::flat(price, price),
        own_injection: OwnInjection::Counts,
        ..largest(AllocationRule::Even)
    };
    let seats = seats(2);
    let both = [Reading::measured(MAX_READING, MAX_READING); 2];
    let mut window = WindowSettlement::new(&policy, &seats);
    for interval in 0..MAX_READINGS / 2 {
        window.interval(FIRST.plus(interval as u64), &both).unwrap();
    }
    let beyond = window
        .interval(FIRST.plus(MAX_READINGS as u64), &both)
        .unwrap_err();
    assert_eq!(
        beyond,
        SettleError::TooManyReadings {
            got: MAX_READINGS + 2
        }
    );
    let outcome = window.finish().unwrap();
    assert_eq!(
        outcome.totals.debit.0,
        300_000_000_000_000_000 * (price.0 / 1_000_000_000)
    );
    assert_eq!(outcome.community.fees[0].amount.0 * 2, outcome.totals.debit.0);
}

#[test]
fn more_money_than_a_grid_holds_is_refused() {
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    let mut seats = homes(&[1, 1]);
    (seats[0].free, seats[1].free) = (MAX_FREE, Amount(1));
    let refused = WindowSettlement::new(&policy, &seats)
        .interval(FIRST, &[import(1), import(1)])
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "free balances: expected at most 79228162514264337593543950336 base units in all, got more"
    );
}

#[test]
fn more_accounts_than_a_window_has_readings_are_refused() {
    let policy = fixed(AllocationRule::Even, AllocationRule::Even);
    let seats = vec![Account::VACANT; MAX_READINGS + 1];
    let mut window = WindowSettlement::new(&policy, &seats);
    let readings = vec![import(1); MAX_READINGS + 1];
    let refused = window.interval(FIRST, &readings).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "window: expected at most 3000000 readings, got 3000001"
    );
}

#[test]
fn a_policy_that_was_not_validated_is_refused_not_settled() {
    let policy = Policy {
        price: PriceRule::MidMarket {
            weight: BasisPoints::WHOLE,
        },
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    };
    let seats = homes(&[1]);
    let mut window = WindowSettlement::new(&policy, &seats);
    assert!(matches!(
        window.interval(FIRST, &[import(1)]),
        Err(SettleError::Policy(_))
    ));
    assert!(matches!(window.finish(), Err(SettleError::Policy(_))));
}

/// The bound is what the largest connection carries in the longest interval.
#[test]
fn the_largest_reading_is_that_of_the_largest_power() {
    assert_eq!(
        MAX_READING,
        Power::MAX.energy_over(IntervalLength::HOUR.seconds())
    );
}
