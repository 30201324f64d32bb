//! What the utility charges and pays, by local time.

use gridpact_market::Policy;
use gridpact_units::IntervalIndex;

const MINUTES_OF_A_DAY: i128 = 1_440;

/// Retail and feed-in at the start of an interval. Where nothing of a list has begun, its first holds.
pub(crate) fn rates(policy: &Policy, index: IntervalIndex) -> (u128, u128) {
    let latest = |starts: Vec<u64>| starts.iter().rposition(|start| *start <= index.0).unwrap_or(0);
    let tariff = &policy.tariff;
    let offsets = &tariff.utc_offsets;
    let offset = offsets.get(latest(offsets.iter().map(|offset| offset.valid_from.0).collect()));
    let utc = i128::from(index.0) * i128::from(policy.interval_length.seconds()) / 60;
    let local = utc + i128::from(offset.map_or(0, |offset| offset.minutes));
    let minute = local.rem_euclid(MINUTES_OF_A_DAY);

    let tables = &tariff.tables;
    let table = &tables[latest(tables.iter().map(|table| table.valid_from.0).collect())];
    let band = table
        .bands
        .iter()
        .rfind(|band| i128::from(band.from_minute) <= minute);
    let band = band.unwrap();
    (band.retail.0, band.feed_in.0)
}
