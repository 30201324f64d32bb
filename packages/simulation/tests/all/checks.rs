//! The checks of an interval notice what breaks a promise, and nothing else.

use gridpact_market::{Account, AllocationRule, Policy, Terms};
use gridpact_simulation::run::Interval;
use gridpact_simulation::story::{Cut, IntervalChecks, Promises};
use gridpact_units::{Amount, Energy, IntervalLength, Price, Reading, Slot};

use crate::{cents, euro};

const LENGTH: IntervalLength = IntervalLength::QUARTER_HOUR;

/// One price of 0.20 a kWh, as the market would be asked.
fn policy(buyers: AllocationRule) -> Policy {
    let scenario = euro();
    let price = cents(&scenario.currency, 20);
    Policy {
        price: gridpact_market::PriceRule::Fixed { price },
        ..scenario.policy(LENGTH, buyers)
    }
}

/// A household with so much free, in millionths.
fn account(slot: u32, household: u32, free: u128) -> Account {
    Account::new(Slot(slot), Terms::of_household(household), Amount(free))
}

fn reading(import: u64, export: u64) -> Reading {
    Reading::measured(Energy(import), Energy(export))
}

/// What the checks say of one interval in which these got so much.
struct Told {
    breach: Option<String>,
    cut: Option<Cut>,
}

fn check(policy: &Policy, accounts: &[Account], readings: &[Reading], bought: &[u64], sold: &[u64]) -> Told {
    let sum = |of: fn(&Reading) -> Energy| readings.iter().map(|reading| of(reading).0).sum::<u64>();
    let demand = sum(|reading| reading.import);
    let able: u64 = accounts
        .iter()
        .zip(readings)
        // 0.20 a kWh are 5 mWh a millionth.
        .map(|(account, reading)| reading.import.0.min(u64::try_from(account.free.0 * 5).unwrap()))
        .sum();
    let interval = Interval {
        start: 1_700_000_100,
        price: Price(200_000_000),
        supply: sum(|reading| reading.export),
        demand,
        payable: able,
        shared: bought.iter().sum(),
        level: None,
    };
    let energies = |all: &[u64]| all.iter().copied().map(Energy).collect::<Vec<_>>();
    let mut promises = Promises::default();
    let mut checks = IntervalChecks::new(policy, accounts);
    checks.check(
        &mut promises,
        &interval,
        readings,
        &energies(bought),
        &energies(sold),
    );
    Told {
        breach: promises.first_breach(),
        cut: checks.cut,
    }
}

#[test]
fn what_keeps_the_promises_passes_and_what_does_not_is_named() {
    let accounts = [0, 1, 2, 3].map(|slot| account(slot, slot, 1_000_000));
    let readings = [
        reading(4_000, 0),
        reading(4_000, 0),
        reading(0, 4_000),
        reading(0, 4_000),
    ];
    let even = policy(AllocationRule::Even);
    let fixed = policy(AllocationRule::Static { reoffer: false });
    type Case<'a> = (&'a Policy, [u64; 4], [u64; 4], Option<&'a str>);
    let table: [Case; 8] = [
        (&even, [4_000, 4_000, 0, 0], [0, 0, 4_000, 4_000], None),
        (
            &even,
            [4_000, 3_999, 0, 0],
            [0, 0, 4_000, 3_999],
            Some("of 8000 mWh that can be traded, 7999 were"),
        ),
        (&fixed, [4_000, 3_999, 0, 0], [0, 0, 4_000, 3_999], None),
        (
            &fixed,
            [4_000, 3_998, 0, 0],
            [0, 0, 4_000, 3_998],
            Some("one got 3998 and one 4000"),
        ),
        (
            &fixed,
            [3_000, 3_000, 0, 0],
            [0, 0, 2_000, 4_000],
            Some("one got 2000 and one 4000"),
        ),
        (
            &even,
            [4_000, 4_000, 0, 0],
            [0, 0, 4_000, 3_999],
            Some("bought against sold: expected 7999, got 8000"),
        ),
        (
            &even,
            [4_001, 3_999, 0, 0],
            [0, 0, 4_000, 4_000],
            Some("more than was needed or given"),
        ),
        (
            &even,
            [4_000, 4_000, 0, 0],
            [0, 0, 4_001, 3_999],
            Some("more than was needed or given"),
        ),
    ];
    for (policy, bought, sold, expected) in table {
        let told = check(policy, &accounts, &readings, &bought, &sold);
        let breach = told.breach.unwrap_or_default();
        match expected {
            None => assert_eq!(breach, "", "{bought:?} {sold:?}"),
            Some(expected) => assert!(breach.contains(expected), "{bought:?} {sold:?}: {breach}"),
        }
        assert_eq!(told.cut, None);
    }
}

#[test]
fn a_household_that_buys_from_itself_is_noticed_though_sums_agree() {
    let readings = [reading(500, 400), reading(100, 0), reading(0, 50)];
    let even = policy(AllocationRule::Even);
    let three = [
        account(0, 0, 1_000_000),
        account(1, 1, 1_000_000),
        account(2, 2, 1_000_000),
    ];
    // T = min(450, 600, 1,050 - 900) = 150: the first takes 50 of the third and gives 100 to the second.
    let told = check(&even, &three, &readings, &[50, 100, 0], &[100, 0, 50]);
    assert_eq!(told.breach, None);
    let told = check(&even, &three, &readings, &[350, 100, 0], &[400, 0, 50]);
    assert!(told
        .breach
        .unwrap()
        .contains("of 150 mWh that can be traded, 450 were"));
    // The second and the third are one household: it cannot take of itself either.
    let two = [
        account(0, 0, 1_000_000),
        account(1, 1, 1_000_000),
        account(2, 1, 1_000_000),
    ];
    let told = check(&even, &two, &readings, &[50, 100, 0], &[100, 0, 50]);
    assert_eq!(told.breach, None);
    let told = check(&even, &two, &readings[..], &[0, 150, 0], &[100, 0, 50]);
    assert!(told.breach.unwrap().contains("more than was needed"));
}

#[test]
fn a_need_that_its_home_cannot_pay_for_is_kept_even_where_the_share_is_smaller() {
    let accounts = [account(0, 0, 799), account(1, 1, 1_000_000), account(2, 2, 0)];
    let readings = [reading(4_000, 0), reading(4_000, 0), reading(0, 2_000)];
    let even = policy(AllocationRule::Even);
    let told = check(&even, &accounts, &readings, &[1_000, 1_000, 0], &[0, 0, 2_000]);
    assert_eq!(told.breach, None);
    // 799 millionths pay for 3,995 mWh at 5 mWh each.
    let cut = Cut {
        slot: 0,
        start: 1_700_000_100,
        need: Energy(4_000),
        able: Energy(3_995),
    };
    assert_eq!(told.cut, Some(cut));
    let enough = [account(0, 0, 800), accounts[1], accounts[2]];
    assert_eq!(
        check(&even, &enough, &readings, &[1_000, 1_000, 0], &[0, 0, 2_000]).cut,
        None
    );
}
