//! Policies for tests about policies.

use gridpact_market::{AllocationRule, Fee, Policy, PriceRule, Tariff, TariffBand, TariffTable, UtcOffset};
use gridpact_units::{BasisPoints, IntervalIndex, Price};

use crate::support::fixed;

pub fn with_bands(bands: Vec<TariffBand>) -> Policy {
    with_tables(vec![TariffTable {
        valid_from: IntervalIndex(0),
        bands,
    }])
}

pub fn with_tables(tables: Vec<TariffTable>) -> Policy {
    Policy {
        price: PriceRule::MidMarket {
            weight: BasisPoints(5_000),
        },
        tariff: Tariff {
            tables,
            utc_offsets: vec![utc_offset(0, 60)],
        },
        ..fixed(AllocationRule::Even, AllocationRule::ProRata)
    }
}

pub fn band(from_minute: u16) -> TariffBand {
    TariffBand {
        from_minute,
        retail: Price(300),
        feed_in: Price(80),
    }
}

pub fn utc_offset(valid_from: u64, minutes: i16) -> UtcOffset {
    UtcOffset {
        valid_from: IntervalIndex(valid_from),
        minutes,
    }
}

pub fn with_offsets(utc_offsets: Vec<UtcOffset>) -> Policy {
    let mut policy = with_bands(vec![band(0)]);
    policy.tariff.utc_offsets = utc_offsets;
    policy
}

pub fn table(valid_from: u64) -> TariffTable {
    TariffTable {
        valid_from: IntervalIndex(valid_from),
        bands: vec![band(0)],
    }
}

pub fn with_price(price: PriceRule) -> Policy {
    Policy {
        price,
        ..with_bands(vec![band(0), band(720)])
    }
}

pub fn with_fees(fees: Vec<Fee>) -> Policy {
    Policy {
        fees,
        ..with_bands(vec![band(0)])
    }
}
