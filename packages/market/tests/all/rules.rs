//! Single allocation rules on small numbers.

use gridpact_market::{Account, AllocationRule, Terms};
use gridpact_units::{Amount, Energy, Ppm, Quality, Reading};

use crate::support::{
    account, accounts, divided, export, fixed, homes, import, one_interval, STATIC, STATIC_ONCE,
};

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

#[test]
fn a_rules_name_reads_back_as_the_rule() {
    for (name, rule) in AllocationRule::NAMED {
        assert_eq!(rule.name(), name);
        assert_eq!(name.parse(), Ok(rule));
    }
    let refused = "fair".parse::<AllocationRule>().unwrap_err().to_string();
    assert_eq!(
        refused,
        "expected even, pro_rata, static, static-no-reoffer, priority, got `fair`"
    );
}
