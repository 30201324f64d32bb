//! What the crate promises, one module a subject; the README says which test proves which promise.
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing test may panic, and published figures are decimals"
)]

mod bounds;
mod concerns;
mod exact;
mod fairness;
mod invariants;

mod ladders;
mod lowest;
mod metering_difference;
mod model;
mod money;
mod policies;
mod policy;
mod prices;
mod published;
mod refusals;
mod rules;
mod support;
mod windows;
