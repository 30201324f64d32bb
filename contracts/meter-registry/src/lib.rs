//! Meters of one grid, and the committee of oracles that attests their readings.

mod bounds;
pub mod calendar;
pub mod committee;
pub mod contract;
pub mod error;
mod execute;
pub mod grid_error;
mod instantiate;
pub mod meter;
mod operator;
pub mod progress;
mod query;
pub mod roster;
mod schedule;
pub mod serial;
mod state;
mod version;
pub mod window;
