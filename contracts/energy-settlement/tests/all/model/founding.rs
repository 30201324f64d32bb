//! Which grid a life is of: policies of every rule, homes on all kinds of terms, and what their meters say.

use gridpact_chance::Chance;
use gridpact_market::{
    AllocationRule, FeeKind, OwnInjection, Policy, PriceRule, Tariff, TariffBand, TariffTable, Terms,
    UtcOffset,
};
use gridpact_units::{BasisPoints, Energy, IntervalIndex, Ppm, Price, Quality, Reading};

use crate::harness::{policy as usual, FIRST};

/// Seats at the start: mostly a handful; now and then more than a page has.
pub fn seats(draw: &mut Chance) -> u16 {
    match draw.below(16) {
        0 => draw.one_of(&[127, 128, 129, 140]),
        _ => 1 + draw.below(9) as u16,
    }
}

pub fn policy(draw: &mut Chance) -> Policy {
    use AllocationRule::{Even, Priority, ProRata, Static};
    let rules = [
        Even,
        ProRata,
        Static { reoffer: true },
        Static { reoffer: false },
        Priority,
    ];
    let price = match draw.below(3) {
        0 => PriceRule::Fixed {
            price: Price(draw.one_of(&[0, 1, 3_333_333, 200_000_000, 1_999_999_999])),
        },
        1 => PriceRule::MidMarket {
            weight: BasisPoints(draw.below(10_001) as u16),
        },
        _ => PriceRule::SupplyDemandRatio {
            compensation: Price(draw.one_of(&[0, 1, 40_000_000])),
        },
    };
    let policy = Policy {
        buyers: draw.one_of(&rules),
        sellers: draw.one_of(&rules),
        price,
        tariff: tariff(draw),
        fees: fees(draw),
        own_injection: draw.one_of(&[
            OwnInjection::Excluded,
            OwnInjection::Excluded,
            OwnInjection::Counts,
        ]),
        ..usual()
    };
    assert_eq!(policy.validate(), Ok(()));
    policy
}

/// Two tables of two bands and two times of the year, which change while the life goes on.
fn tariff(draw: &mut Chance) -> Tariff {
    let mut band = |from_minute| {
        let feed_in = draw.below(150_000_000).into();
        let spread = 40_000_000 + draw.below(200_000_000);
        TariffBand {
            from_minute,
            feed_in: Price(feed_in),
            retail: Price(feed_in + u128::from(spread)),
        }
    };
    let mut bands = || vec![band(0), band(600)];
    let tables = [0, FIRST.0 + 10].map(|valid_from| TariffTable {
        valid_from: IntervalIndex(valid_from),
        bands: bands(),
    });
    let offset = |(valid_from, minutes)| UtcOffset {
        valid_from: IntervalIndex(valid_from),
        minutes,
    };
    Tariff {
        tables: tables.to_vec(),
        utc_offsets: [(FIRST.0 + 3, 60), (FIRST.0 + 17, -120)].map(offset).to_vec(),
    }
}

/// Up to four fees in an order that is not that of their numbers.
fn fees(draw: &mut Chance) -> Vec<gridpact_market::Fee> {
    let numbers = [7, 3, 250, 1];
    let count = draw.below(5) as usize;
    let mut kind = |_| {
        if draw.percent(50) {
            FeeKind::BasisPoints(BasisPoints(draw.below(2_501) as u16))
        } else {
            FeeKind::PerMwh(Price(draw.below(300_000_000).into()))
        }
    };
    let numbers = numbers.into_iter().take(count);
    numbers.map(|number| kind(number).of(number)).collect()
}

/// What a grid agrees with a slot: half of them as usual, others with weights, parts, places, tiers and households of several
/// meters.
pub fn terms(draw: &mut Chance, slot: u32) -> Terms {
    if draw.percent(50) {
        return Terms::of_household(slot);
    }
    let tiers = [0, 0, 0, 1, 2, Terms::NO_TIER];
    Terms {
        household: draw.below(u64::from(slot) + 3) as u32,
        weight: draw.one_of(&[1, 1, 2, 3, 1_000_000]),
        part: Ppm(draw.one_of(&[1_000_000, 1_000_000, 500_000, 333_333, 0])),
        priority: draw.below(3) as u16,
        buy_tier: draw.one_of(&tiers),
        sell_tier: draw.one_of(&tiers),
    }
}

/// Readings of one interval: kilowatt-hours, or a handful of mWh, where rounding is everything; some take and give, some are
/// missing.
pub fn readings(draw: &mut Chance, seats: usize) -> Vec<Reading> {
    let most = draw.one_of(&[10, 3_000, 3_000_000, 3_000_000]);
    let mut reading = |_| {
        let (take, give) = (draw.below(most), draw.below(most));
        let (import, export) = match draw.below(10) {
            0..=3 => (take, 0),
            4..=6 => (0, give),
            7..=8 => (take, give),
            _ => (0, 0),
        };
        match draw.below(12) {
            0 => Reading::MISSING,
            1 => Reading {
                quality: Quality::Limited,
                ..Reading::measured(Energy(import), Energy(export))
            },
            _ => Reading::measured(Energy(import), Energy(export)),
        }
    };
    (0..seats).map(&mut reading).collect()
}
