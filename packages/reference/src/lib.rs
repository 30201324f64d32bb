#![doc = include_str!("../README.md")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "for tests alone: a wrong sum or place stops them"
)]

pub mod interval;
mod pour;
mod side;
mod utility;
pub mod window;
