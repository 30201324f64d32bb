//! Single allocation rules on small numbers.

use gridpact_market::{Account, AllocationRule, OwnInjection, Terms};
use gridpact_units::{Amount, Energy, Ppm, Quality, Reading};

use crate::support::{
    account, accounts, divided, export, fixed, homes, import, one_interval, only_sells, STATIC, STATIC_ONCE,
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
    let readings = [
        Reading::measured(Energy(10), Energy(10)),
        Reading::measured(Energy(10), Energy(10)),
    ];
    let (bought, sold) = one_interval(
        &fixed(AllocationRule::Even, AllocationRule::Even),
        &homes(&[1, 1]),
        &readings,
    );
    assert_eq!((bought, sold), (vec![10, 10], vec![10, 10]));
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

const KWH: u64 = 1_000_000;

/// Homes that need these, the first of which can pay for `first` only (200,000 base units per MWh), and a plant that gives.
fn with_a_poor_one(rule: AllocationRule, needs: [u64; 3], first: u64, supply: u64) -> Vec<u64> {
    let mut accounts = homes(&[1, 1, 1]);
    accounts[0].free = Amount(u128::from(first) / 5_000);
    divided(rule, accounts, supply, &needs)
}

#[test]
fn ability_to_pay_is_a_cap_and_never_changes_a_proportion() {
    // By need 4 : 4 : 0 each gets 2; that the first could pay for 3 only changes nothing.
    let shares = with_a_poor_one(AllocationRule::ProRata, [4 * KWH, 4 * KWH, 0], 3 * KWH, 4 * KWH);
    assert_eq!(shares, [2 * KWH, 2 * KWH, 0]);
    // What a cap leaves is offered again by the same proportions: 6 - 1 by 2 : 3.
    let shares = with_a_poor_one(AllocationRule::ProRata, [5 * KWH, 4 * KWH, 6 * KWH], KWH, 6 * KWH);
    assert_eq!(shares, [KWH, 2 * KWH, 3 * KWH]);
    let shares = with_a_poor_one(AllocationRule::ProRata, [2 * KWH, 2 * KWH, 0], KWH / 2, 3 * KWH);
    assert_eq!(shares, [KWH / 2, 2 * KWH, 0]);
}

#[test]
fn a_home_alone_shares_nothing_with_itself() {
    let both = Reading::measured(Energy(KWH), Energy(KWH));
    let mut policy = fixed(AllocationRule::Even, AllocationRule::ProRata);
    let alone = homes(&[1, 1]);
    let (bought, sold) = one_interval(&policy, &alone, &[both, Reading::default()]);
    assert_eq!((bought, sold), (vec![0, 0], vec![0, 0]));
    // Where own injection counts, as in Austria, it is matched with itself.
    policy.own_injection = OwnInjection::Counts;
    let (bought, sold) = one_interval(&policy, &alone, &[both, Reading::default()]);
    assert_eq!((bought, sold), (vec![KWH, 0], vec![KWH, 0]));
}

/// The household's meters are one: its plant does not sell to its own flat.
#[test]
fn a_household_with_two_meters_shares_nothing_with_itself() {
    let accounts = accounts([
        Terms::of_household(0),
        Terms::of_household(0),
        Terms::of_household(1),
    ]);
    let policy = fixed(AllocationRule::Even, AllocationRule::ProRata);
    let (bought, sold) = one_interval(&policy, &accounts, &[export(10), import(10), import(4)]);
    assert_eq!((bought, sold), (vec![0, 0, 4], vec![4, 0, 0]));
}

/// S = 10 of which its own 6, D = 12 of which its own 9: it can buy the others' 4, and the others take 3 of its 6.
#[test]
fn a_prosumer_buys_what_the_others_give_and_sells_what_they_need() {
    for rule in [
        AllocationRule::Even,
        AllocationRule::ProRata,
        STATIC,
        AllocationRule::Priority,
    ] {
        let prosumer = Reading::measured(Energy(9), Energy(6));
        let readings = [prosumer, export(4), import(3)];
        let (bought, sold) = one_interval(&fixed(rule, rule), &homes(&[1, 1, 1]), &readings);
        assert_eq!((bought, sold), (vec![4, 0, 3], vec![3, 4, 0]), "{rule:?}");
    }
}

/// The others give 1, and 1 of 5 is the first one's part of the needs: 1.25 rounded, as 0.42 and 3.33 are to 1 and 3. Held back, it
/// would get the same, and the others 0.44 and 3.56 of the rest, rounded to 0 and 4.
#[test]
fn a_household_that_gets_just_what_the_others_give_is_not_held_back() {
    let both = Reading::measured(Energy(3), Energy(4));
    let readings = [both, import(1), import(8), export(1)];
    let pro_rata = fixed(AllocationRule::ProRata, AllocationRule::ProRata);
    let (bought, sold) = one_interval(&pro_rata, &homes(&[1; 4]), &readings);
    assert_eq!((bought, sold), (vec![1, 1, 3, 0], vec![4, 0, 0, 1]));
}

/// Held to what the others give, a household keeps its lower tier before the next, and the others divide the rest evenly.
#[test]
fn a_household_that_is_held_back_serves_its_lower_tier_first() {
    let second = Terms {
        buy_tier: 1,
        ..Terms::of_household(0)
    };
    let accounts = accounts([
        Terms::of_household(0),
        second,
        Terms::of_household(1),
        Terms::of_household(2),
    ]);
    let pro_rata = fixed(AllocationRule::ProRata, AllocationRule::ProRata);
    // S = 20, of it its own 17; in proportion its first meter would get 18 of 20.
    let readings = [
        Reading::measured(Energy(90), Energy(17)),
        import(5),
        import(10),
        export(3),
    ];
    let (bought, _) = one_interval(&pro_rata, &accounts, &readings);
    assert_eq!(bought, [3, 0, 10, 0]);
}

/// A fixed key: a roof of 3 kWh, flats that need 1 and 3, half and half.
#[test]
fn a_roof_that_only_gives_has_no_part_as_a_buyer() {
    let roof = only_sells(0);
    let flat = |home| Terms {
        sell_tier: Terms::NO_TIER,
        ..Terms::of_household(home)
    };
    let accounts = accounts([roof, flat(1), flat(2)]);
    let readings = [export(3 * KWH), import(KWH), import(3 * KWH)];
    let policy = fixed(STATIC_ONCE, STATIC_ONCE);
    let (bought, sold) = one_interval(&policy, &accounts, &readings);
    assert_eq!(bought, [0, KWH, KWH + KWH / 2]);
    assert_eq!(sold, [2 * KWH + KWH / 2, 0, 0]);
}

/// A household's weight is that of its heaviest slot, also where that is a plant that never buys.
#[test]
fn a_household_weighs_what_its_heaviest_slot_weighs_on_either_side() {
    let plant = Terms {
        weight: 2,
        ..only_sells(0)
    };
    let accounts = accounts([
        plant,
        Terms::of_household(0),
        Terms::of_household(1),
        only_sells(2),
    ]);
    let readings = [Reading::default(), import(100), import(100), export(90)];
    let (bought, _) = one_interval(
        &fixed(AllocationRule::Even, AllocationRule::ProRata),
        &accounts,
        &readings,
    );
    assert_eq!(bought, [0, 60, 30, 0]);
}
