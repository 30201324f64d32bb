//! The lowest price above nothing that a policy can come to: what little a kWh may earn.

use gridpact_market::{OwnInjection, Policy, PriceRule, RoundingRule, Tariff, TariffBand, TariffTable};
use gridpact_units::{BasisPoints, IntervalIndex, IntervalLength, Price, Seconds};

/// Bands of (retail, feed-in), an hour each.
fn policy(price: PriceRule, bands: &[(u128, u128)]) -> Policy {
    let bands = (0..).step_by(60).zip(bands);
    let bands: Vec<TariffBand> = bands
        .map(|(from_minute, (retail, feed_in))| TariffBand {
            from_minute,
            retail: Price(*retail),
            feed_in: Price(*feed_in),
        })
        .collect();
    let table = TariffTable {
        valid_from: IntervalIndex(0),
        bands,
    };
    let policy = Policy {
        interval_length: IntervalLength::HOUR,
        buyers: Default::default(),
        sellers: Default::default(),
        price,
        tariff: Tariff {
            tables: if table.bands.is_empty() {
                vec![]
            } else {
                vec![table]
            },
            utc_offsets: vec![],
        },
        fees: vec![],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    };
    policy.validate().unwrap();
    policy
}

#[test]
fn the_lowest_price_is_that_of_the_cheapest_band_that_is_not_free() {
    let fixed = |price| PriceRule::Fixed { price: Price(price) };
    let mid = |weight| PriceRule::MidMarket {
        weight: BasisPoints(weight),
    };
    let ratio = |compensation| PriceRule::SupplyDemandRatio {
        compensation: Price(compensation),
    };
    let bands = [(300, 80), (200, 50), (400, 0)];
    let table = [
        (fixed(120), &bands[..], Some(120)),
        (fixed(120), &[], Some(120)),
        (fixed(0), &[], None),
        (mid(0), &bands, Some(50)),
        (mid(5_000), &bands, Some(125)),
        (mid(2_500), &bands, Some(87)),
        (mid(0), &bands[2..], None),
        (ratio(0), &bands, Some(50)),
        (ratio(7), &bands, Some(7)),
    ];
    for (price, bands, expected) in table {
        assert_eq!(
            policy(price, bands).lowest_price(),
            expected.map(Price),
            "{price:?} {bands:?}"
        );
    }
}
