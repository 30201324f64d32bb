//! A day of 1,000 homes beside the crate metering 0.25.0 (MIT OR Apache-2.0), on the rules that both have. Run with
//! `cargo bench -p gridpact-market --bench beside`; `scripts/market-times` runs it beside an earlier market too.
//!
//! It is not the same work: `gridpact` divides among buyers and sellers, lets nobody buy from themselves, prices, bills and rounds
//! money; `metering` divides the supply among buyers, in decimals, and nothing else.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a benchmark"
)]

use divan::{black_box, Bencher};
use gridpact_market::{
    settle_window, Account, AllocationRule, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, Terms,
};
use gridpact_units::{Amount, Energy, IntervalIndex, IntervalLength, Price, Reading, Seconds, Slot};
use metering::allocation::community::{allocate, AllocationKey};
use metering::allocation::formula::SplitFactor;
use metering::prelude::Decimal;
use metering::{DayBoundary, MeloId, MeterInterval, QualityFlag, Resolution, Series};
use time::{Duration, OffsetDateTime};

const HOMES: usize = 1_000;
const INTERVALS: usize = 96;
const FIRST: IntervalIndex = IntervalIndex(0);

fn main() {
    divan::main();
}

/// What a home needs in an interval, in mWh: 25 to 150 Wh, by Knuth's MMIX generator from its number.
fn need(home: usize, interval: usize) -> u64 {
    let seed = (home * INTERVALS + interval) as u64;
    let drawn = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    25_000 + (drawn >> 33) % 125_000
}

/// What one plant gives: about half of what all need, so that something is divided in every interval.
fn supply(interval: usize) -> u64 {
    (0..HOMES).map(|home| need(home, interval)).sum::<u64>() / 2
}

/// Homes in the first seats, the plant in the last.
fn ours(bencher: Bencher<'_, '_>, buyers: AllocationRule) {
    let policy = Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers,
        sellers: AllocationRule::ProRata,
        price: PriceRule::Fixed {
            price: Price(200_000_000),
        },
        tariff: Tariff::NONE,
        fees: vec![],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    };
    let account = |home| Account::new(Slot(home), Terms::of_household(home), Amount(1_000_000_000_000));
    let accounts: Vec<Account> = (0..=HOMES as u32).map(account).collect();
    let readings: Vec<Reading> = (0..INTERVALS)
        .flat_map(|interval| {
            let homes =
                (0..HOMES).map(move |home| Reading::measured(Energy(need(home, interval)), Energy::ZERO));
            homes.chain([Reading::measured(Energy::ZERO, Energy(supply(interval)))])
        })
        .collect();
    bencher.bench(|| settle_window(black_box(&policy), &accounts, FIRST, black_box(&readings)).unwrap());
}

fn series(value: impl Fn(usize) -> u64) -> Series {
    let interval = |number: usize| {
        let start = OffsetDateTime::UNIX_EPOCH + Duration::minutes(15 * number as i64);
        MeterInterval::quarter_hour(start, Decimal::from(value(number)), QualityFlag::Measured).unwrap()
    };
    let intervals = (0..INTERVALS).map(interval).collect();
    Series::new(Resolution::QUARTER_HOUR, DayBoundary::Strom, intervals).unwrap()
}

fn theirs(bencher: Bencher<'_, '_>, key: impl Fn(&[MeloId]) -> AllocationKey) {
    let ids: Vec<MeloId> = (0..HOMES)
        .map(|home| format!("DE0001234567890{home:018}").parse().unwrap())
        .collect();
    let needs: Vec<Series> = (0..HOMES)
        .map(|home| series(|interval| need(home, interval)))
        .collect();
    let participants: Vec<(MeloId, &Series)> = ids.iter().copied().zip(&needs).collect();
    let (supply, key) = (series(supply), key(&ids));
    bencher.bench(|| allocate(black_box(&supply), &participants, &key).unwrap());
}

#[divan::bench(sample_count = 20)]
fn pro_rata_gridpact(bencher: Bencher<'_, '_>) {
    ours(bencher, AllocationRule::ProRata);
}

#[divan::bench(sample_count = 20)]
fn pro_rata_metering(bencher: Bencher<'_, '_>) {
    theirs(bencher, |_| AllocationKey::Proportional);
}

/// Equal weights, offered again: what `metering` calls cascading.
#[divan::bench(sample_count = 20)]
fn even_gridpact(bencher: Bencher<'_, '_>) {
    ours(bencher, AllocationRule::Even);
}

#[divan::bench(sample_count = 20)]
fn even_metering(bencher: Bencher<'_, '_>) {
    theirs(bencher, |ids| AllocationKey::Cascading {
        weights: ids.iter().map(|id| (*id, Decimal::ONE)).collect(),
    });
}

#[divan::bench(sample_count = 20)]
fn static_once_gridpact(bencher: Bencher<'_, '_>) {
    ours(bencher, AllocationRule::Static { reoffer: false });
}

#[divan::bench(sample_count = 20)]
fn static_once_metering(bencher: Bencher<'_, '_>) {
    let thousandth = SplitFactor::new(Decimal::new(1, 3)).unwrap();
    theirs(bencher, |ids| AllocationKey::Constant {
        fractions: ids.iter().map(|id| (*id, thousandth)).collect(),
    });
}
