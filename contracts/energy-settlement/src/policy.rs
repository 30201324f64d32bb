//! What a grid agreed on, packed: every report reads it, and a tariff over many years with its changes of local time would be
//! kilobytes of JSON.

use gridpact_market::{
    AllocationRule, Fee, FeeId, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, TariffBand,
    TariffTable, UtcOffset,
};
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{BasisPoints, IntervalIndex, IntervalLength, Price, Seconds};

use crate::list::{read_list, write_list};

/// The policy as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPolicy(pub Policy);

impl Packed for StoredPolicy {
    const NAME: &'static str = "policy";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        let Self(policy) = self;
        write_varint(bytes, policy.interval_length.seconds());
        bytes.push(rule_to_byte(policy.buyers));
        bytes.push(rule_to_byte(policy.sellers));
        write_price_rule(bytes, policy.price);
        write_list(bytes, &policy.tariff.tables, write_table);
        write_list(bytes, &policy.tariff.utc_offsets, write_offset);
        write_list(bytes, &policy.fees, write_fee);
        bytes.push(policy.rounding.0);
        write_varint(bytes, policy.withdrawal_notice.0);
        bytes.push(match policy.own_injection {
            OwnInjection::Excluded => 0,
            OwnInjection::Counts => 1,
        });
    }
}

impl StoredPolicy {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        Some(Self(Policy {
            interval_length: IntervalLength::from_seconds(reader.varint_as()?).ok()?,
            buyers: rule_of_byte(reader.byte()?)?,
            sellers: rule_of_byte(reader.byte()?)?,
            price: read_price_rule(reader)?,
            tariff: Tariff {
                tables: read_list(reader, read_table)?,
                utc_offsets: read_list(reader, read_offset)?,
            },
            fees: read_list(reader, read_fee)?,
            rounding: RoundingRule(reader.byte()?),
            withdrawal_notice: Seconds(reader.varint_as()?),
            own_injection: match reader.byte()? {
                0 => OwnInjection::Excluded,
                1 => OwnInjection::Counts,
                _ => return None,
            },
        }))
    }
}

const fn rule_to_byte(rule: AllocationRule) -> u8 {
    match rule {
        AllocationRule::Even => 0,
        AllocationRule::ProRata => 1,
        AllocationRule::Static { reoffer: false } => 2,
        AllocationRule::Static { reoffer: true } => 3,
        AllocationRule::Priority => 4,
    }
}

const fn rule_of_byte(byte: u8) -> Option<AllocationRule> {
    Some(match byte {
        0 => AllocationRule::Even,
        1 => AllocationRule::ProRata,
        2 => AllocationRule::Static { reoffer: false },
        3 => AllocationRule::Static { reoffer: true },
        4 => AllocationRule::Priority,
        _ => return None,
    })
}

fn write_price_rule(bytes: &mut Vec<u8>, rule: PriceRule) {
    let (kind, number) = match rule {
        PriceRule::Fixed { price } => (0, price.0),
        PriceRule::MidMarket { weight } => (1, weight.0.into()),
        PriceRule::SupplyDemandRatio { compensation } => (2, compensation.0),
    };
    bytes.push(kind);
    write_varint(bytes, number);
}

fn read_price_rule(reader: &mut Reader) -> Option<PriceRule> {
    Some(match reader.byte()? {
        0 => PriceRule::Fixed {
            price: Price(reader.varint()?),
        },
        1 => PriceRule::MidMarket {
            weight: BasisPoints(reader.varint_as()?),
        },
        2 => PriceRule::SupplyDemandRatio {
            compensation: Price(reader.varint()?),
        },
        _ => return None,
    })
}

fn write_table(bytes: &mut Vec<u8>, table: &TariffTable) {
    write_varint(bytes, table.valid_from.0);
    write_list(bytes, &table.bands, |bytes, band| {
        write_varint(bytes, band.from_minute);
        write_varint(bytes, band.retail.0);
        write_varint(bytes, band.feed_in.0);
    });
}

fn read_table(reader: &mut Reader) -> Option<TariffTable> {
    let band = |reader: &mut Reader| {
        Some(TariffBand {
            from_minute: reader.varint_as()?,
            retail: Price(reader.varint()?),
            feed_in: Price(reader.varint()?),
        })
    };
    Some(TariffTable {
        valid_from: IntervalIndex(reader.varint_as()?),
        bands: read_list(reader, band)?,
    })
}

fn write_offset(bytes: &mut Vec<u8>, offset: &UtcOffset) {
    write_varint(bytes, offset.valid_from.0);
    bytes.extend(offset.minutes.to_be_bytes());
}

fn read_offset(reader: &mut Reader) -> Option<UtcOffset> {
    Some(UtcOffset {
        valid_from: IntervalIndex(reader.varint_as()?),
        minutes: i16::from_be_bytes(reader.array()?),
    })
}

fn write_fee(bytes: &mut Vec<u8>, fee: &Fee) {
    let (kind, number) = match fee.kind {
        FeeKind::BasisPoints(part) => (0, part.0.into()),
        FeeKind::PerMwh(price) => (1, price.0),
    };
    bytes.extend([fee.id.0, kind]);
    write_varint(bytes, number);
}

fn read_fee(reader: &mut Reader) -> Option<Fee> {
    let [id, kind] = reader.array()?;
    Some(Fee {
        id: FeeId(id),
        kind: match kind {
            0 => FeeKind::BasisPoints(BasisPoints(reader.varint_as()?)),
            1 => FeeKind::PerMwh(Price(reader.varint()?)),
            _ => return None,
        },
    })
}
