//! Random policies, seats and readings, small enough that rounding and ties are everywhere.

use gridpact_market::{
    Account, AllocationRule, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, Terms,
};
use gridpact_units::{
    Amount, BasisPoints, Energy, IntervalLength, Ppm, Price, Quality, Reading, Seconds, Slot,
};
use proptest::prelude::*;

use crate::support::{STATIC, STATIC_ONCE};

#[derive(Clone, Debug)]
pub struct Window {
    pub policy: Policy,
    pub accounts: Vec<Account>,
    /// Interval by interval, one reading a seat.
    pub readings: Vec<Vec<Reading>>,
}

fn rule() -> impl Strategy<Value = AllocationRule> {
    use AllocationRule::{Even, Priority, ProRata};
    prop::sample::select(vec![Even, Even, ProRata, STATIC, STATIC_ONCE, Priority])
}

fn price_rule() -> impl Strategy<Value = PriceRule> {
    prop_oneof![
        (0_u128..2_000_000_000).prop_map(|price| PriceRule::Fixed { price: Price(price) }),
        (0_u16..=10_000).prop_map(|weight| PriceRule::MidMarket {
            weight: BasisPoints(weight)
        }),
        (0_u128..100_000_000).prop_map(|c| PriceRule::SupplyDemandRatio {
            compensation: Price(c)
        }),
    ]
}

fn fee() -> impl Strategy<Value = FeeKind> {
    prop_oneof![
        (0_u16..2_500).prop_map(|part| FeeKind::BasisPoints(BasisPoints(part))),
        (0_u128..1_000_000_000).prop_map(|rate| FeeKind::PerMwh(Price(rate))),
    ]
}

fn policy() -> impl Strategy<Value = Policy> {
    let utility = (0_u128..200_000_000).prop_map(|feed_in| Tariff::flat(Price(300_000_000), Price(feed_in)));
    (
        rule(),
        rule(),
        price_rule(),
        utility,
        prop::collection::vec(fee(), 0..4),
        prop::sample::select(vec![
            OwnInjection::Excluded,
            OwnInjection::Excluded,
            OwnInjection::Counts,
        ]),
    )
        .prop_map(|(buyers, sellers, price, tariff, fees, own_injection)| Policy {
            interval_length: IntervalLength::QUARTER_HOUR,
            buyers,
            sellers,
            price,
            tariff,
            fees: (1..).zip(fees).map(|(id, kind)| kind.of(id)).collect(),
            rounding: RoundingRule::LARGEST_REMAINDER,
            withdrawal_notice: Seconds(0),
            own_injection,
        })
}

/// A seat: one in ten vacant, some poor, some with only a part in this grid, some that trade one way only.
fn seat() -> impl Strategy<Value = (Option<Terms>, Amount)> {
    let tier = prop::sample::select(vec![0, 0, 0, 1, 2, Terms::NO_TIER]);
    let part = prop::sample::select(vec![1_000_000, 1_000_000, 1_000_000, 500_000, 333_333, 0]);
    let free = prop_oneof![Just(0), 0_u128..50, 0_u128..100_000, Just(1 << 90)];
    let terms = (0_u32..10, 1_u32..4, part, 0_u16..3, tier.clone(), tier).prop_map(
        |(household, weight, part, priority, buy_tier, sell_tier)| Terms {
            household,
            weight,
            part: Ppm(part),
            priority,
            buy_tier,
            sell_tier,
        },
    );
    (prop::option::weighted(0.9, terms), free.prop_map(Amount))
}

/// Whole watt-hours as meters give them, or a handful of mWh, where rounding is everything.
fn reading() -> impl Strategy<Value = Reading> {
    let energy = || prop_oneof![3 => Just(0), 3 => 0_u64..10, 4 => (0_u64..500).prop_map(|wh| wh * 1_000)];
    let quality = prop::sample::select(vec![
        Quality::Measured,
        Quality::Measured,
        Quality::Limited,
        Quality::Missing,
    ]);
    (energy(), energy(), quality).prop_map(|(import, export, quality)| Reading {
        import: Energy(import),
        export: Energy(export),
        quality,
    })
}

/// A policy that may not hold together, up to 13 seats and up to 6 intervals.
pub fn window() -> impl Strategy<Value = Window> {
    (1_usize..14, 1_usize..7).prop_flat_map(|(seats, intervals)| {
        let readings = prop::collection::vec(prop::collection::vec(reading(), seats), intervals);
        (policy(), prop::collection::vec(seat(), seats), readings).prop_map(|(policy, seats, readings)| {
            let account = |((terms, free), slot): ((Option<Terms>, Amount), u32)| Account {
                slot: Slot(slot),
                terms,
                free,
            };
            Window {
                policy,
                accounts: seats.into_iter().zip(100..).map(account).collect(),
                readings,
            }
        })
    })
}
