//! The homes of the street and their readings, from numbers alone: the same on every machine.

use gridpact_engine::seat::Seat;
use gridpact_market::Terms;
use gridpact_units::{Energy, Ppm, Quality, Reading, Slot};
use serde_json::{json, Value};

pub const HOMES: u32 = 24;
/// A solar plant that takes nothing.
const PLANT: u32 = 23;
/// A house with a smaller roof, the one that the app shows first.
const FIRST: u32 = 12;

/// Peak power of a roof in W; 0 without one.
fn roof(home: u32) -> u64 {
    match home {
        PLANT => 5_000,
        FIRST => 1_600,
        _ if home % 4 == 1 => 2_400,
        _ => 0,
    }
}

pub fn seat(home: u32) -> Seat {
    Seat {
        slot: Slot(home),
        household: home,
        weight: 1,
        part: Ppm::WHOLE,
        priority: 0,
        buy_tier: if home == PLANT { Terms::NO_TIER } else { 0 },
        sell_tier: if roof(home) == 0 { Terms::NO_TIER } else { 0 },
    }
}

pub fn meter(home: u32) -> Value {
    let kind = match (home, roof(home)) {
        (PLANT, _) => "producer",
        (_, 0) => "consumer",
        _ => "prosumer",
    };
    json!({
        "owner": format!("wasm1example0home{home:0>3}"),
        "kind": kind,
        "import_limit": if home == PLANT { 0 } else { 17_000 },
        "export_limit": if roof(home) == 0 { 0 } else { roof(home) },
    })
}

/// One home in one quarter hour of one day: what goes over the wire, counted in whole Wh.
pub fn reading(day: u64, quarter: u64, home: u32) -> Reading {
    // A meter that could not be reached on an afternoon, and one whose values came from its register afterwards.
    if home == FIRST && day == 12 && (56..60).contains(&quarter) {
        return Reading::MISSING;
    }
    let own = roof(home) * sun(day, quarter) / 4_000;
    let used = if home == PLANT {
        0
    } else {
        load(day, quarter, home)
    };
    let quality = if home == 3 && day == 13 && (30..40).contains(&quarter) {
        Quality::SubstitutedFinal
    } else {
        Quality::Measured
    };
    Reading {
        import: Energy(used.saturating_sub(own) * 1_000),
        export: Energy(own.saturating_sub(used) * 1_000),
        quality,
    }
}

/// First and last quarter hour with light, in June.
const DAWN: u64 = 22;
const DUSK: u64 = 84;
/// How clear each day was, in hundredths.
const CLEAR: [u64; 14] = [90, 55, 80, 95, 50, 30, 70, 90, 85, 40, 75, 95, 80, 88];

/// Thousandths of the peak: a bow from dawn to dusk, lower on cloudy days.
fn sun(day: u64, quarter: u64) -> u64 {
    if !(DAWN..DUSK).contains(&quarter) {
        return 0;
    }
    let half = (DUSK - DAWN) / 2;
    let from_noon = quarter.abs_diff(DAWN + half);
    let bow = 820 * (half * half - from_noon * from_noon) / (half * half);
    let cloud = 100 - mix(day * 96 + quarter) % 15;
    bow * CLEAR[(day % 14) as usize] * cloud / 10_000
}

/// Wh in a quarter hour: what always runs, a morning, a noon, an evening, each home a little otherwise.
fn load(day: u64, quarter: u64, home: u32) -> u64 {
    let chance = mix(u64::from(home) << 32 | day << 16 | quarter);
    let habit = mix(u64::from(home) + 77);
    let always = 18 + habit % 25;
    let at = |hour: u64, spread: u64, most: u64| {
        let shift = (habit >> hour) % 5;
        let away = quarter.abs_diff(hour * 4 + shift);
        if away < spread {
            most * (spread - away) / spread
        } else {
            0
        }
    };
    let usual = at(7, 5, 90) + at(12, 5, 120) + at(19, 12, 190);
    let kettle = if chance.is_multiple_of(17) { 180 } else { 0 };
    always + usual * (60 + habit % 70) / 100 + kettle + chance % 12
}

/// The finaliser of splitmix64.
fn mix(seed: u64) -> u64 {
    let mut value = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
