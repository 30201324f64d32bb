//! Meters of one grid, and the committee of oracles that attests their readings.

pub mod committee;
pub mod contract;
pub mod error;
mod execute;
mod instantiate;
pub mod meter;
mod query;
pub mod roster;
mod state;
mod version;
pub mod window;
