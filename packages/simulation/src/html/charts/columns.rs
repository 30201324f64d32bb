//! Upright bars, one a home or a kind of message.

use super::plot::Plot;
use super::{range, scaled};
use crate::html::text::escape;

/// A bar up from zero, or down.
pub struct Column {
    /// A whole number of 10^-scale.
    pub value: i128,
    /// Shown when pointed at.
    pub title: String,
}

/// Gains and losses, one column a home, in a unit of which values are 10^-`scale`.
pub fn columns(columns: &[Column], scale: u32, unit: &str) -> String {
    let values = || columns.iter().map(|column| scaled(column.value, scale));
    let (low, high) = range(values());
    let mut plot = Plot::new(240.0, (0.0, columns.len() as f64), (low * 1.05, high * 1.05)).y_axis(unit);
    for (position, (column, value)) in columns.iter().zip(values()).enumerate() {
        let class = if value < 0.0 { "loss" } else { "shared" };
        plot.bar(inside(position, 0.06), (0.0, value), class, &column.title);
    }
    plot.x_labels(&[])
        .finish(&format!("One column a home, in {}", escape(unit)))
}

/// Each kind of message's part of all gas.
pub fn gas(kinds: &[Column], all: u64) -> String {
    let part = |kind: &Column| kind.value as f64 / all.max(1) as f64 * 100.0;
    let (_, top) = range(kinds.iter().map(part));
    let mut plot = Plot::new(200.0, (0.0, kinds.len() as f64), (0.0, top * 1.05)).y_axis("% of all gas");
    for (position, kind) in kinds.iter().enumerate() {
        plot.bar(inside(position, 0.1), (0.0, part(kind)), "shared", &kind.title);
    }
    plot.x_labels(&[(
        kinds.len() as f64 / 2.0,
        "each column one kind of message, as in the table; point at it for its name".to_owned(),
    )])
    .finish("Share of every kind of message in all gas")
}

/// What a home wanted in an interval, and what it got.
pub struct Need {
    /// Needed or offered, mWh.
    pub wanted: u64,
    /// Bought or sold, mWh.
    pub got: u64,
    /// Shown when pointed at.
    pub title: String,
}

/// One bar a home, filled as far as it was served, up to a line where there is one.
pub fn needs(homes: &[Need], class: &str, level: Option<(u64, &str)>, label: &str) -> String {
    let top = homes.first().map_or(0, |home| home.wanted);
    let top = watt_hours(top) * 1.1;
    let mut plot = Plot::new(200.0, (0.0, homes.len() as f64), (0.0, top)).y_axis("Wh");
    for (position, home) in homes.iter().enumerate() {
        let x = inside(position, 0.1);
        plot.bar(x, (0.0, watt_hours(home.got)), class, &home.title);
        plot.bar(x, (0.0, watt_hours(home.wanted)), "need", &home.title);
    }
    if let Some((level, name)) = level {
        plot.level(watt_hours(level), name);
    }
    plot.x_labels(&[]).finish(label)
}

/// Where a home's energy came from, mWh.
pub struct EnergySource {
    /// From its own roof.
    pub own: u128,
    /// From neighbours.
    pub bought: u128,
    /// All that it used.
    pub used: u128,
    /// Shown when pointed at.
    pub title: String,
}

/// The parts of every home's use, the best covered first. Homes that used nothing have no parts.
pub fn sources(homes: &[EnergySource]) -> String {
    let parts = |home: &EnergySource| {
        let used = home.used as f64;
        (home.own as f64 / used, home.bought as f64 / used)
    };
    let mut homes: Vec<(&EnergySource, (f64, f64))> = homes
        .iter()
        .filter(|home| home.used > 0)
        .map(|home| (home, parts(home)))
        .collect();
    homes.sort_by(|(_, a), (_, b)| (b.0 + b.1).total_cmp(&(a.0 + a.1)));
    let mut plot = Plot::new(280.0, (0.0, homes.len() as f64), (0.0, 100.0)).y_axis("% of use");
    for (position, (home, (own, bought))) in homes.iter().enumerate() {
        let x = inside(position, 0.06);
        plot.bar(x, (0.0, own * 100.0), "own", &home.title);
        plot.bar(x, (own * 100.0, (own + bought) * 100.0), "shared", &home.title);
        plot.bar(x, ((own + bought) * 100.0, 100.0), "utility fade", &home.title);
    }
    let label = "Share of own roof, neighbours and the rest in every home's use";
    plot.x_labels(&[(
        homes.len() as f64 / 2.0,
        "each column one home; point at it for its name".to_owned(),
    )])
    .finish(label)
}

/// The width of a bar at a position, with so much left free at either side.
fn inside(position: usize, free: f64) -> (f64, f64) {
    (position as f64 + free, position as f64 + (1.0 - free))
}

fn watt_hours(milliwatt_hours: u64) -> f64 {
    milliwatt_hours as f64 / 1e3
}
