//! A window of three homes: one gives 3 kWh, two need 2 kWh each and one of these can pay for half a kilowatt-hour only.

use gridpact_market::{AllocationRule, OwnInjection, Policy, PriceRule, RoundingRule, Tariff};
use gridpact_report::archive::balances_bytes;
use gridpact_report::{encode, Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{Amount, Energy, IntervalIndex, IntervalLength, Price, Reading, Seconds};

pub const FIRST: IntervalIndex = IntervalIndex(1_958_400);
pub const SEATS: &str = r#"[
    {"slot":0,"household":0,"weight":1,"part":1000000,"priority":0,"buy_tier":0,"sell_tier":0},
    {"slot":1,"household":1,"weight":1,"part":1000000,"priority":0,"buy_tier":0,"sell_tier":0},
    null,
    {"slot":2,"household":2,"weight":1,"part":1000000,"priority":0,"buy_tier":0,"sell_tier":0}
]"#;
pub const FREE: [Amount; 4] = [Amount(0), Amount(100), Amount(0), Amount(1_000)];

pub fn policy() -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::ProRata,
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

pub fn readings() -> Vec<Reading> {
    vec![
        Reading::measured(Energy::ZERO, Energy(3_000_000)),
        Reading::measured(Energy(2_000_000), Energy::ZERO),
        Reading::MISSING,
        Reading::measured(Energy(2_000_000), Energy::ZERO),
    ]
}

pub fn report() -> Vec<u8> {
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 1,
        first_interval: FIRST,
        intervals: 1,
        seats: 4,
        revision: 0,
        resolution: Resolution::WATT_HOUR,
    };
    let readings = readings();
    encode(&Report { header, readings }).unwrap()
}

pub fn balances() -> Vec<u8> {
    balances_bytes(FREE)
}
