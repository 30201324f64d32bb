//! The page's pictures, drawn from whole numbers. Floats appear here and nowhere else, as pixels and as figures of an axis:
//! every amount that a person reads beside a mark is written by whoever asks for the picture.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "pixels"
)]

mod columns;
mod day;
mod money_flow;
mod plot;
mod scatter;

pub use columns::{columns, gas, needs, sources, Column, EnergySource, Need};
pub use day::Day;
pub use money_flow::{End, MoneyFlow};
pub use scatter::{Dot, Scatter, Series};

/// A whole number of 10^-`scale` on an axis.
fn scaled(value: i128, scale: u32) -> f64 {
    value as f64 / 10_f64.powi(i32::try_from(scale).unwrap_or(0))
}

/// The least and the greatest value, and zero.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(low, high), value| (low.min(value), high.max(value)))
}
