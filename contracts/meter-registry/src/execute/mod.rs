//! One file an action. Handlers take storage and checked values.

mod admit;
mod close_gap;
mod drop;
mod next_roster;
mod ownership;
mod propose;
mod report;

pub(crate) use admit::{admit_meters, Decision};
pub(crate) use close_gap::close_gap;
pub(crate) use drop::drop_proposal;
pub(crate) use ownership::update_ownership;
pub(crate) use propose::propose_meter;
pub(crate) use report::report;
