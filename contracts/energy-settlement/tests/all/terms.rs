//! What was agreed with a slot, and what the policy says, decide who gets how much: every field reaches the sharing, as itself.

use gridpact_market::{AllocationRule, Policy};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_units::{Amount, Ppm, Reading};

use crate::harness::*;
use crate::store::HELD;

const KWH: u64 = 1_000_000;

/// What home 0 and two others, whose accounts are opened so, pay (negative) and get before fees in an interval, in thousandths of
/// a kilowatt-hour: a kilowatt-hour costs 200,000, and there is no fee.
fn shared(
    rules: (AllocationRule, AllocationRule),
    agree: impl Fn(&mut [AccountOpening]),
    readings: [Reading; 3],
) -> [i64; 3] {
    let policy = Policy {
        buyers: rules.0,
        sellers: rules.1,
        ..policy()
    };
    let mut grid = Grid::with_policy(0, |_| Asset::native(DENOM), policy);
    let mut opening = grid.opening(3);
    if let ExecuteMsg::OpenAccounts { accounts, .. } = &mut opening {
        agree(accounts);
    }
    grid.send("registry", opening, &[]).unwrap();
    (grid.roster, grid.seats) = (1, 3);
    for slot in 0..3 {
        grid.deposit(slot, 100_000_000).unwrap();
    }
    grid.settle(&readings).unwrap();
    let held = HELD.may_load(&grid.deps.storage, FIRST.0).unwrap().unwrap();
    // Fees of 1 % and of 1,000 a kilowatt-hour are taken off what is sold: 197 of 200.
    let energy = |Amount(amount): Amount, a_kwh: u128| i64::try_from(amount * 1_000 / a_kwh).unwrap();
    [0, 1, 2].map(|seat| energy(held.seats[seat].credit, 197_000) - energy(held.seats[seat].debit, 200_000))
}

const EVEN: (AllocationRule, AllocationRule) = (AllocationRule::Even, AllocationRule::Even);

/// One home gives 4 kWh, two need 4 each.
fn scarce() -> [Reading; 3] {
    [export(4 * KWH), import(4 * KWH), import(4 * KWH)]
}

/// Two homes give 4 kWh each, one needs 4.
fn plenty() -> [Reading; 3] {
    [import(4 * KWH), export(4 * KWH), export(4 * KWH)]
}

#[test]
fn with_usual_terms_all_get_the_same() {
    assert_eq!(shared(EVEN, |_| (), scarce()), [4_000, -2_000, -2_000]);
    assert_eq!(shared(EVEN, |_| (), plenty()), [-4_000, 2_000, 2_000]);
}

#[test]
fn a_tier_counts_on_its_own_side_alone() {
    let buys_last = |accounts: &mut [AccountOpening]| accounts[1].buy_tier = 1;
    assert_eq!(shared(EVEN, buys_last, scarce()), [4_000, 0, -4_000]);
    assert_eq!(shared(EVEN, buys_last, plenty()), [-4_000, 2_000, 2_000]);
    let sells_last = |accounts: &mut [AccountOpening]| accounts[1].sell_tier = 1;
    assert_eq!(shared(EVEN, sells_last, scarce()), [4_000, -2_000, -2_000]);
    assert_eq!(shared(EVEN, sells_last, plenty()), [-4_000, 0, 4_000]);
}

#[test]
fn a_weight_counts_as_much_as_it_says() {
    for (weight, one, other) in [(3, 3_000, 1_000), (7, 3_500, 500), (1_000, 3_996, 4)] {
        let weigh = |accounts: &mut [AccountOpening]| accounts[1].weight = weight;
        assert_eq!(shared(EVEN, weigh, scarce()), [4_000, -one, -other]);
    }
}

#[test]
fn a_household_has_one_weight_however_many_slots_it_has() {
    // 6 kWh for three that need 4 each. Apart they get 2 each; homes 0 and 1 together get half of it.
    assert_eq!(six_for_three(|_| ()), [2_000, 2_000, 2_000]);
    let together = |accounts: &mut [AccountOpening]| accounts[1].household = 0;
    assert_eq!(six_for_three(together), [1_500, 1_500, 3_000]);
}

/// Three homes that need 4 kWh each and a fourth that gives 6: what the three buy.
fn six_for_three(agree: impl Fn(&mut [AccountOpening])) -> [u128; 3] {
    let mut grid = Grid::new(0);
    let mut opening = grid.opening(4);
    if let ExecuteMsg::OpenAccounts { accounts, .. } = &mut opening {
        agree(accounts);
    }
    grid.send("registry", opening, &[]).unwrap();
    (grid.roster, grid.seats) = (1, 4);
    for slot in 0..3 {
        grid.deposit(slot, 100_000_000).unwrap();
    }
    let need = import(4 * KWH);
    grid.settle(&[need, need, need, export(6 * KWH)]).unwrap();
    [0, 1, 2].map(|slot| (100_000_000 - grid.free(slot)) * 1_000 / 200_000)
}

#[test]
fn only_the_agreed_part_of_a_meter_takes_part() {
    let part = |accounts: &mut [AccountOpening]| accounts[1].part = Ppm(250_000);
    assert_eq!(shared(EVEN, part, scarce()), [4_000, -1_000, -3_000]);
    assert_eq!(shared(EVEN, part, plenty()), [-4_000, 1_000, 3_000]);
}

#[test]
fn under_priority_the_lower_number_comes_first() {
    let rules = (AllocationRule::Priority, AllocationRule::Priority);
    let later = |accounts: &mut [AccountOpening]| (accounts[1].priority, accounts[2].priority) = (9, 8);
    assert_eq!(shared(rules, later, scarce()), [4_000, 0, -4_000]);
    assert_eq!(shared(rules, later, plenty()), [-4_000, 0, 4_000]);
    let sooner = |accounts: &mut [AccountOpening]| (accounts[1].priority, accounts[2].priority) = (7, 8);
    assert_eq!(shared(rules, sooner, scarce()), [4_000, -4_000, 0]);
}

/// Each side has a rule of its own, and they are not mixed up.
#[test]
fn buyers_and_sellers_have_rules_of_their_own() {
    let weigh = |accounts: &mut [AccountOpening]| accounts[1].weight = 3;
    let mixed = (AllocationRule::Static { reoffer: true }, AllocationRule::ProRata);
    assert_eq!(shared(mixed, weigh, scarce()), [4_000, -3_000, -1_000]);
    assert_eq!(shared(mixed, weigh, plenty()), [-4_000, 2_000, 2_000]);
    let mixed = (AllocationRule::ProRata, AllocationRule::Static { reoffer: true });
    assert_eq!(shared(mixed, weigh, scarce()), [4_000, -2_000, -2_000]);
    assert_eq!(shared(mixed, weigh, plenty()), [-4_000, 3_000, 1_000]);
}
