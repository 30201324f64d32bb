//! Meters of one grid, and the committee of oracles that attests their readings.

pub mod contract;
pub mod error;
