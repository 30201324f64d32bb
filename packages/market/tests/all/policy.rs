//! Every refusal of a policy, by its text, and the form of a policy in JSON.

use gridpact_market::{
    AllocationRule, FeeKind, Policy, PriceRule, RoundingRule, TariffBand, TariffTable, MAX_FEES,
    MAX_TARIFF_BANDS, MAX_TARIFF_TABLES, MAX_UTC_OFFSETS,
};
use gridpact_units::{BasisPoints, IntervalIndex, Price, Seconds, MAX_PRICE};

use crate::policies::{
    band, table, utc_offset, with_bands, with_fees, with_offsets, with_price, with_tables,
};
use crate::support::fixed;

#[test]
fn a_policy_at_its_bounds_is_accepted() {
    let hours = (0..MAX_TARIFF_BANDS as u16).map(|hour| TariffBand {
        from_minute: hour * 60,
        retail: MAX_PRICE,
        feed_in: MAX_PRICE,
    });
    let tables = (0..MAX_TARIFF_TABLES as u64).map(|at| TariffTable {
        bands: hours.clone().collect(),
        ..table(at)
    });
    let mut policy = with_tables(tables.collect());
    policy.fees = (0..MAX_FEES as u8)
        .map(|id| FeeKind::BasisPoints(BasisPoints(2_500)).of(id))
        .collect();
    assert_eq!(policy.validate(), Ok(()));
    let offsets = (0..MAX_UTC_OFFSETS as u64).zip([-720, 840].into_iter().cycle());
    policy.tariff.utc_offsets = offsets.map(|(from, minutes)| utc_offset(from, minutes)).collect();
    policy.fees[0].kind = FeeKind::PerMwh(MAX_PRICE);
    policy.price = PriceRule::MidMarket {
        weight: BasisPoints::WHOLE,
    };
    assert_eq!(policy.validate(), Ok(()));
    policy.price = PriceRule::Fixed { price: MAX_PRICE };
    assert_eq!(policy.validate(), Ok(()));
    policy.price = PriceRule::SupplyDemandRatio {
        compensation: Price(0),
    };
    assert_eq!(policy.validate(), Ok(()));
    assert_eq!(
        fixed(AllocationRule::Even, AllocationRule::Even).validate(),
        Ok(())
    );
}

#[test]
fn refusals_say_what_was_expected_and_what_came() {
    let above = Price(MAX_PRICE.0 + 1);
    let dear = TariffBand {
        retail: above,
        ..band(0)
    };
    let upside_down = TariffBand {
        feed_in: Price(301),
        ..band(0)
    };
    let cases = [
        (with_fees((1..=5).map(|id| FeeKind::PerMwh(Price(1)).of(id)).collect()), "fees: expected at most 4, got 5"),
        (
            with_fees([1, 2].map(|id| FeeKind::BasisPoints(BasisPoints(5_001)).of(id)).to_vec()),
            "fees: expected at most 10000 basis points in all, got 10002",
        ),
        (
            with_fees([1, 2, 1].map(|id| FeeKind::PerMwh(Price(1)).of(id)).to_vec()),
            "fees: expected every id once, got 1 twice",
        ),
        (
            Policy { rounding: RoundingRule(2), ..with_fees(vec![]) },
            "rounding: expected rule 1, the largest remainder with ties by a hash, got rule 2",
        ),
        (
            Policy { withdrawal_notice: Seconds(900), ..with_fees(vec![]) },
            "withdrawal notice: expected 0 s, which is none, got 900 s",
        ),
        (
            with_fees(vec![FeeKind::PerMwh(above).of(1)]),
            "fee price: expected at most 1000000000000000000000000 base units per MWh, got 1000000000000000000000001",
        ),
        (
            with_price(PriceRule::Fixed { price: above }),
            "fixed price: expected at most 1000000000000000000000000 base units per MWh, got 1000000000000000000000001",
        ),
        (
            with_bands(vec![dear]),
            "retail price: expected at most 1000000000000000000000000 base units per MWh, got 1000000000000000000000001",
        ),
        (
            with_price(PriceRule::MidMarket { weight: BasisPoints(10_001) }),
            "mid-market weight: expected at most 10000 basis points, got 10001",
        ),
        (
            with_tables(vec![]),
            "tariff: expected at least one table for a price rule other than fixed, got none",
        ),
        (
            with_price(PriceRule::SupplyDemandRatio { compensation: Price(221) }),
            "compensation: expected at most retail - feed-in = 220, got 221",
        ),
        (with_tables((0..33).map(table).collect()), "tariff: expected at most 32 tables, got 33"),
        (
            with_tables(vec![table(5), table(5)]),
            "tariff: expected a table valid from after interval 5, got one from interval 5",
        ),
        (
            with_offsets((0..65).map(|from| utc_offset(from, 0)).collect()),
            "tariff: expected at most 64 UTC offsets, got 65",
        ),
        (
            with_offsets(vec![utc_offset(5, 0), utc_offset(4, 0)]),
            "tariff: expected a UTC offset valid from after interval 5, got one from interval 4",
        ),
        (with_offsets(vec![utc_offset(0, -721)]), "tariff: expected a UTC offset of -720 to 840 minutes, got -721"),
        (with_offsets(vec![utc_offset(0, 841)]), "tariff: expected a UTC offset of -720 to 840 minutes, got 841"),
        (with_bands(vec![]), "tariff table: expected 1 to 24 bands, got 0"),
        (with_bands((0..25).map(band).collect()), "tariff table: expected 1 to 24 bands, got 25"),
        (with_bands(vec![band(1)]), "tariff table: expected the first band from minute 0, got 1"),
        (with_bands(vec![band(0), band(0)]), "tariff table: expected a band from minute 1 to 1439, got 0"),
        (with_bands(vec![band(0), band(1_440)]), "tariff table: expected a band from minute 1 to 1439, got 1440"),
        (with_bands(vec![upside_down]), "tariff band: expected feed-in at most retail 300, got 301"),
    ];
    for (policy, expected) in cases {
        assert_eq!(policy.validate().unwrap_err().to_string(), expected);
    }
}

/// 8 rupees, 30 yen, a token worth a cent: a kWh that costs up to 1,000 whole tokens of 18 decimals.
#[test]
fn a_kwh_may_cost_a_thousand_whole_tokens_of_18_decimals() {
    let whole_token = 1_000_000_000_000_000_000_u128;
    for tokens_a_kwh in [8, 30, 100, 1_000] {
        let price = Price(tokens_a_kwh * whole_token * 1_000);
        let policy = Policy {
            price: PriceRule::Fixed { price },
            ..fixed(AllocationRule::Even, AllocationRule::ProRata)
        };
        assert_eq!(policy.validate(), Ok(()));
    }
}

/// A tariff that stands for information only, beside a fixed price, is checked all the same.
#[test]
fn a_tariff_beside_a_fixed_price_is_checked_too() {
    let policy = Policy {
        price: PriceRule::Fixed { price: Price(1) },
        ..with_bands(vec![])
    };
    assert!(policy.validate().is_err());
}

#[test]
fn a_policy_in_json() {
    let json = r#"{
        "interval_length": 900,
        "buyers": "even",
        "sellers": { "static": { "reoffer": false } },
        "price": { "supply_demand_ratio": { "compensation": "20" } },
        "tariff": {
            "tables": [{ "valid_from": 5, "bands": [{ "from_minute": 0, "retail": "300", "feed_in": "80" }] }],
            "utc_offsets": [{ "valid_from": 0, "minutes": 60 }]
        },
        "fees": [{ "id": 3, "kind": { "basis_points": 100 } }, { "id": 1, "kind": { "per_mwh": "5" } }],
        "rounding": 1,
        "withdrawal_notice": 0,
        "own_injection": "counts"
    }"#;
    let policy: Policy = serde_json::from_str(json).unwrap();
    assert_eq!(policy.validate(), Ok(()));
    assert_eq!(policy.tariff_at(IntervalIndex(7)), Some((Price(300), Price(80))));
    let again = serde_json::to_value(&policy).unwrap();
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(json).unwrap());

    let islanded =
        r#"{"interval_length":900,"buyers":"pro_rata","sellers":"priority","price":{"fixed":{"price":"9"}}}"#;
    let policy: Policy = serde_json::from_str(islanded).unwrap();
    assert_eq!(policy.validate(), Ok(()));
    assert_eq!(policy.rounding, RoundingRule::LARGEST_REMAINDER);
    let misspelt = islanded.replace("sellers", "seller");
    assert!(serde_json::from_str::<Policy>(&misspelt).is_err());
}

/// What a contract answers may have grown; what it is told is refused as a whole where it is not known (`Strict`).
#[test]
fn a_policy_with_a_field_of_later_is_read() {
    let json = r#"{"interval_length":900,"buyers":"even","sellers":"even","price":{"fixed":{"price":"9","floor":"1"}},
        "tariff":{"zone":"Vienna","tables":[{"valid_from":5,"bands":[
            {"from_minute":0,"retail":"300","feed_in":"80","peak":true}]}]},
        "fees":[{"id":1,"kind":{"basis_points":100},"cap":"5"}],"rounding":7,"minimum":"3"}"#;
    let policy: Policy = serde_json::from_str(json).unwrap();
    assert_eq!(policy.fees, [FeeKind::BasisPoints(BasisPoints(100)).of(1)]);
    assert_eq!(policy.rounding, RoundingRule(7));
}
