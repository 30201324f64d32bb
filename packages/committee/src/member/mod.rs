//! A member of the committee as a machine: what happens goes in with the time, what is to be done comes out.
//!
//! It reaches nothing by itself. Whoever runs it asks the chain, reads the meters, carries messages and reports, keeps the
//! record, and tells it what came of that.

pub mod action;
pub mod event;
mod gaps;
pub mod glance;
mod observing;
mod outliers;
mod proposing;
mod receiving;
mod safety;
mod settling;
pub mod state;
mod turning;
mod voting;
mod waking;
mod window;
