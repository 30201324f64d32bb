//! Policies of every rule.

use gridpact_market::{
    AllocationRule, Fee, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, TariffBand,
    TariffTable,
};
use gridpact_units::{BasisPoints, IntervalIndex, IntervalLength, Price, Seconds};

use crate::draw::Draw;

/// As most grids have them: the same for everybody, a price that follows supply and demand, a fee for the network.
pub fn usual() -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::ProRata,
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(20_000),
        },
        tariff: tariff(),
        fees: vec![FeeKind::BasisPoints(BasisPoints(300)).of(0)],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    }
}

/// Any of them.
pub fn policy(draw: &mut Draw) -> Policy {
    let policy = Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: allocation(draw),
        sellers: allocation(draw),
        price: price(draw),
        tariff: tariff(),
        fees: fees(draw),
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: [OwnInjection::Excluded, OwnInjection::Counts][draw.below(2) as usize],
    };
    policy.validate().unwrap();
    policy
}

fn allocation(draw: &mut Draw) -> AllocationRule {
    match draw.below(5) {
        0 => AllocationRule::Even,
        1 => AllocationRule::ProRata,
        2 => AllocationRule::Static { reoffer: true },
        3 => AllocationRule::Static { reoffer: false },
        _ => AllocationRule::Priority,
    }
}

fn price(draw: &mut Draw) -> PriceRule {
    match draw.below(3) {
        0 => PriceRule::Fixed {
            price: Price(u128::from(draw.below(300_000))),
        },
        1 => PriceRule::MidMarket {
            weight: BasisPoints(draw.below(10_001) as u16),
        },
        _ => PriceRule::SupplyDemandRatio {
            compensation: Price(u128::from(draw.below(100_000))),
        },
    }
}

fn fees(draw: &mut Draw) -> Vec<Fee> {
    let kind = |draw: &mut Draw| match draw.below(2) {
        0 => FeeKind::BasisPoints(BasisPoints(draw.below(2_000) as u16)),
        _ => FeeKind::PerMwh(Price(u128::from(draw.below(40_000)))),
    };
    (0..draw.below(3) as u8).map(|id| kind(draw).of(id)).collect()
}

fn tariff() -> Tariff {
    let band = |from_minute, retail, feed_in| TariffBand {
        from_minute,
        retail: Price(retail),
        feed_in: Price(feed_in),
    };
    Tariff {
        utc_offsets: vec![],
        tables: vec![TariffTable {
            valid_from: IntervalIndex(0),
            bands: vec![band(0, 250_000, 80_000), band(1_020, 320_000, 120_000)],
        }],
    }
}
