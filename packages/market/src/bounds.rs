//! Every bound of settlement, with its reason. Inside them no sum or product overflows and settlement cannot fail.

use gridpact_units::{Energy, MAX_PRICE};

/// The largest reading in one direction: [`gridpact_units::Power::MAX`] over the longest interval, an hour (100 MWh).
pub const MAX_READING: Energy = Energy(100_000_000_000);

/// The most readings in one window, seats x intervals. A contract takes up to 1,024 x 192; this is 15 times as many, so
/// that programs settle 10,000 homes over 192 intervals, and it is the largest round number for which a window's value
/// at the largest reading and price, 3 x 10^38, stays below 2^128 = 3.4 x 10^38.
pub const MAX_READINGS: usize = 3_000_000;

/// The largest weight of a slot: fine enough for a key in parts per million.
pub const MAX_WEIGHT: u32 = 1_000_000;

/// The most fees of a policy: a network fee, an operator, a fund and one to spare. Each is worked out per seller.
pub const MAX_FEES: usize = 4;

/// The most tables of a tariff. Daylight saving takes two a year: 16 years, or new prices every month for two and a half.
pub const MAX_TARIFF_TABLES: usize = 32;

/// The most bands of a table: one for each hour of the day.
pub const MAX_TARIFF_BANDS: usize = 24;

/// Minutes of a local day, on which the bands of a tariff are laid.
pub const MINUTES_PER_DAY: u16 = 1_440;

/// The westernmost time zone, UTC-12.
pub const MIN_UTC_OFFSET_MINUTES: i16 = -720;

/// The easternmost time zone, UTC+14.
pub const MAX_UTC_OFFSET_MINUTES: i16 = 840;

// All energy of a window in u64, all value in u128, a total of weights times a total of energy in u128.
const _: () = {
    let energy = match MAX_READING.0.checked_mul(MAX_READINGS as u64) {
        Some(energy) => energy as u128,
        None => panic!("a window's energy exceeds u64"),
    };
    assert!(
        MAX_PRICE.0.checked_mul(energy).is_some(),
        "a window's value exceeds u128"
    );
    let weights = match (MAX_WEIGHT as u128).checked_mul(MAX_READINGS as u128) {
        Some(weights) => weights,
        None => panic!("a window's weights exceed u128"),
    };
    assert!(
        weights.checked_mul(energy).is_some(),
        "a weighted division exceeds u128"
    );
    assert!(
        weights <= u64::MAX as u128,
        "the weights of one interval exceed u64"
    );
};
