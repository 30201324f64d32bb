//! Builders that say only what a test is about.

use gridpact_market::{
    settle_window, Account, AllocationRule, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, Terms,
    WindowOutcome, WindowSettlement,
};
use gridpact_units::{Amount, Energy, IntervalIndex, IntervalLength, Price, Reading, Seconds, Slot};

/// 2026-01-01 00:00 UTC in quarters of an hour.
pub const FIRST: IntervalIndex = IntervalIndex(1_963_584);

pub const STATIC: AllocationRule = AllocationRule::Static { reoffer: true };
pub const STATIC_ONCE: AllocationRule = AllocationRule::Static { reoffer: false };

/// More than anything costs in these tests.
pub const PLENTY: Amount = Amount(1_000_000_000_000);

/// A fixed price of 200,000 base units per MWh: 1 base unit buys 5,000 mWh.
pub fn fixed(buyers: AllocationRule, sellers: AllocationRule) -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers,
        sellers,
        price: PriceRule::Fixed {
            price: Price(200_000),
        },
        tariff: Tariff::NONE,
        fees: vec![],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    }
}

pub fn account(slot: u32, terms: Terms) -> Account {
    Account::new(Slot(slot), terms, PLENTY)
}

/// One slot for each set of terms, numbered from 0, that can pay anything.
pub fn accounts(terms: impl IntoIterator<Item = Terms>) -> Vec<Account> {
    terms
        .into_iter()
        .zip(0..)
        .map(|(terms, slot)| account(slot, terms))
        .collect()
}

/// Homes of their own with these weights.
pub fn homes(weights: &[u32]) -> Vec<Account> {
    accounts(weights.iter().zip(0..).map(|(&weight, home)| Terms {
        weight,
        ..Terms::of_household(home)
    }))
}

/// A plant that only sells, or a home that only buys.
pub fn only_sells(household: u32) -> Terms {
    Terms {
        buy_tier: Terms::NO_TIER,
        ..Terms::of_household(household)
    }
}

pub fn import(milliwatt_hours: u64) -> Reading {
    Reading::measured(Energy(milliwatt_hours), Energy::ZERO)
}

pub fn export(milliwatt_hours: u64) -> Reading {
    Reading::measured(Energy::ZERO, Energy(milliwatt_hours))
}

/// What each seat bought and sold in one interval, mWh.
pub fn one_interval(policy: &Policy, accounts: &[Account], readings: &[Reading]) -> (Vec<u64>, Vec<u64>) {
    let mut window = WindowSettlement::new(policy, accounts);
    let outcome = window.interval(FIRST, readings).unwrap();
    let numbers = |energies: &[Energy]| energies.iter().map(|energy| energy.0).collect();
    (numbers(outcome.bought), numbers(outcome.sold))
}

/// What buyers with these needs get from one plant's supply; the accounts are the buyers'.
pub fn divided(rule: AllocationRule, mut accounts: Vec<Account>, supply: u64, needs: &[u64]) -> Vec<u64> {
    accounts.push(account(u32::MAX, only_sells(u32::MAX)));
    let readings: Vec<Reading> = needs
        .iter()
        .map(|&need| import(need))
        .chain([export(supply)])
        .collect();
    let (mut bought, _) = one_interval(&fixed(rule, AllocationRule::ProRata), &accounts, &readings);
    bought.truncate(needs.len());
    bought
}

pub fn settle(policy: &Policy, accounts: &[Account], readings: &[Reading]) -> WindowOutcome {
    settle_window(policy, accounts, FIRST, readings).unwrap()
}
