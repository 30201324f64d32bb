//! Homes as they are: a base load, an evening, panels on every third roof. Changes from one quarter of an hour to the next are small,
//! which is what the report format lives on.

use gridpact_units::{Energy, Reading};

use crate::draw::Draw;

/// A quarter of an hour of a home, Wh.
pub fn reading(draw: &mut Draw, quarter: usize, home: usize) -> Reading {
    let evening = if (68..92).contains(&quarter) { 90 } else { 0 };
    let load = 40 + home as u64 % 50 + evening + draw.below(25);
    // A parabola from six to eighteen o'clock, 480 Wh at noon.
    let from_noon = quarter.abs_diff(48) as u64;
    let sun = if home.is_multiple_of(3) && from_noon < 24 {
        480 - 480 * from_noon * from_noon / 576
    } else {
        0
    };
    let watt_hours = |wh: u64| Energy(wh * 1_000);
    Reading::measured(
        watt_hours(load.saturating_sub(sun)),
        watt_hours(sun.saturating_sub(load)),
    )
}
