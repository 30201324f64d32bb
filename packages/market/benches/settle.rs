//! How long settlement takes. Run with `cargo bench -p gridpact-market`.
//!
//! Input is made by a small generator with a fixed seed: homes with a base load and an evening peak, a third of them
//! with panels. `day` is such a day; `scarce` has something to divide in every interval, the dearest case for the rules.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "a benchmark"
)]

use divan::{black_box, Bencher};
use gridpact_market::{
    settle_window, Account, AllocationRule, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff,
    Terms,
};
use gridpact_units::{
    Amount, BasisPoints, Energy, IntervalIndex, IntervalLength, Price, Reading, Seconds, Slot,
};

const FIRST: IntervalIndex = IntervalIndex(1_958_400);
const DAY: usize = 96;

fn main() {
    divan::main();
}

/// A linear congruential generator with the constants of Knuth's MMIX.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// One home's reading at a quarter of the day, in mWh: 25 to 150 Wh base load, 0 to 500 Wh more in the evening; panels
/// give up to 1,000 Wh less what the house uses itself, on a parabola from 6 to 18 o'clock.
fn reading(draw: &mut Draw, home: usize, quarter: u64, panels_every: usize) -> Reading {
    let evening = if (68..88).contains(&quarter) {
        draw.below(500_000)
    } else {
        0
    };
    let load = 25_000 + draw.below(125_000) + evening;
    let sun = if (24..72).contains(&quarter) {
        (quarter - 24) * (72 - quarter)
    } else {
        0
    };
    let panels = if home.is_multiple_of(panels_every) {
        1_000_000 * sun / 576
    } else {
        0
    };
    Reading::measured(
        Energy(load.saturating_sub(panels)),
        Energy(panels.saturating_sub(load)),
    )
}

fn day(homes: usize) -> Vec<Reading> {
    let mut draw = Draw(42);
    (0..DAY as u64)
        .flat_map(|quarter| (0..homes).map(move |home| (quarter, home)))
        .map(|(quarter, home)| reading(&mut draw, home, quarter, 3))
        .collect()
}

/// Noon or thereabouts, with panels on every tenth home: about half of what is needed is there.
fn scarce(homes: usize, intervals: usize) -> Vec<Reading> {
    let mut draw = Draw(42);
    (0..homes * intervals)
        .map(|at| reading(&mut draw, at % homes, 48, 20))
        .collect()
}

/// Every home has 20 units of a currency of six decimals; nine of ten never run out in a day.
fn accounts(homes: usize) -> Vec<Account> {
    let mut draw = Draw(7);
    (0..homes as u32)
        .map(|home| {
            let free = if draw.below(10) == 0 { 200_000 } else { 20_000_000 };
            Account::new(Slot(home), Terms::of_household(home), Amount(free))
        })
        .collect()
}

fn policy(buyers: AllocationRule) -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers,
        sellers: AllocationRule::ProRata,
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(20_000_000),
        },
        tariff: Tariff::flat(Price(320_000_000), Price(80_000_000)),
        fees: vec![
            FeeKind::BasisPoints(BasisPoints(100)).of(1),
            FeeKind::PerMwh(Price(5_000_000)).of(2),
        ],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    }
}

fn settle(bencher: Bencher<'_, '_>, buyers: AllocationRule, homes: usize, readings: &[Reading]) {
    let (policy, accounts) = (policy(buyers), accounts(homes));
    bencher
        .counter(divan::counter::ItemsCount::new(readings.len()))
        .bench(|| {
            settle_window(
                black_box(&policy),
                black_box(&accounts),
                FIRST,
                black_box(readings),
            )
            .unwrap()
        });
}

/// A realistic day: nights without supply, a noon with a surplus.
#[divan::bench(args = [100, 1_000, 10_000])]
fn day_of_96(bencher: Bencher<'_, '_>, homes: usize) {
    settle(bencher, AllocationRule::Even, homes, &day(homes));
}

/// Something to divide in every interval of a day.
#[divan::bench(args = [100, 1_000, 10_000])]
fn scarce_96(bencher: Bencher<'_, '_>, homes: usize) {
    settle(bencher, AllocationRule::Even, homes, &scarce(homes, DAY));
}

/// One interval, for how the work grows with the number of homes.
#[divan::bench(args = [100, 1_000, 10_000])]
fn scarce_1(bencher: Bencher<'_, '_>, homes: usize) {
    settle(bencher, AllocationRule::Even, homes, &scarce(homes, 1));
}

/// The other rules, 1,000 homes x 96 intervals, something to divide in every one.
#[divan::bench(args = [
    AllocationRule::ProRata,
    AllocationRule::Static { reoffer: true },
    AllocationRule::Static { reoffer: false },
    AllocationRule::Priority,
])]
fn rule_1000_x_96(bencher: Bencher<'_, '_>, rule: AllocationRule) {
    settle(bencher, rule, 1_000, &scarce(1_000, DAY));
}
