//! Every bound of settlement, with its reason. Inside them no sum or product overflows and settlement cannot fail.

use gridpact_units::{Amount, Energy, MAX_PRICE, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};

/// The largest reading in one direction: [`gridpact_units::Power::MAX`] over the longest interval, an hour (100 MWh).
pub const MAX_READING: Energy = Energy(100_000_000_000);

/// The most readings in one window, seats x intervals. A contract takes up to 1,024 x 192; this is 15 times as many, so
/// that programs settle 10,000 homes over 192 intervals. A window's energy stays in 64 bits, 3 x 10^17 mWh.
pub const MAX_READINGS: usize = 3_000_000;

/// The most that all accounts of a grid have free, 2^96 base units: 79 billion of a token with 18 decimals. Nobody buys for
/// more than is free, so all value in a window, bought and sold, stays below 2^126 whatever the readings and prices are.
pub const MAX_FREE: Amount = Amount(1 << 96);

/// The largest weight of a slot: fine enough for a key in parts per million.
pub const MAX_WEIGHT: u32 = 1_000_000;

/// The most fees of a policy: a network fee, an operator, a fund and one to spare. Each is worked out per seller.
pub const MAX_FEES: usize = 4;

/// The most tables of a tariff: new prices every quarter for eight years.
pub const MAX_TARIFF_TABLES: usize = 32;

/// The most changes of a tariff's local time: daylight saving for 32 years.
pub const MAX_UTC_OFFSETS: usize = 64;

/// The most bands of a table: one for each hour of the day.
pub const MAX_TARIFF_BANDS: usize = 24;

/// Minutes of a local day, on which the bands of a tariff are laid.
pub const MINUTES_PER_DAY: u16 = 1_440;

/// The westernmost time zone, UTC-12.
pub const MIN_UTC_OFFSET_MINUTES: i16 = -720;

/// The easternmost time zone, UTC+14.
pub const MAX_UTC_OFFSET_MINUTES: i16 = 840;

// All energy of a window in u64; a total of weights, or of needs as weights, times a total of energy in u128.
const _: () = {
    let energy = match MAX_READING.0.checked_mul(MAX_READINGS as u64) {
        Some(energy) => energy as u128,
        None => panic!("a window's energy exceeds u64"),
    };
    let weights = match (MAX_WEIGHT as u128).checked_mul(MAX_READINGS as u128) {
        Some(weights) => weights,
        None => panic!("a window's weights exceed u128"),
    };
    assert!(
        weights.checked_mul(energy).is_some() && energy.checked_mul(energy).is_some(),
        "a weighted division exceeds u128"
    );
    assert!(
        weights <= u64::MAX as u128,
        "the weights of one interval exceed u64"
    );
};

// Money: what one reading is worth, before it is known whether it can be paid; what all accounts can pay, in mWh x base units
// per MWh; and of that twice as much, which the price formula adds up (its demand counts what can be paid at the highest
// price, and its supply is below that).
const _: () = {
    assert!(
        MAX_PRICE.0.checked_mul(MAX_READING.0 as u128).is_some(),
        "the worth of a reading exceeds u128"
    );
    let value = match MAX_FREE.0.checked_mul(MILLIWATT_HOURS_PER_MEGAWATT_HOUR) {
        Some(value) => value,
        None => panic!("a window's value exceeds u128"),
    };
    assert!(value.checked_mul(2).is_some(), "the price formula exceeds u128");
};
