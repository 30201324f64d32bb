//! The promises of the settlement, tested through its entry points.
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
    reason = "a test stops at the first thing that is not as it must be"
)]

mod authority;
mod concerns;
mod destinations;
mod errors;
mod escrow;
mod events;
mod fees;
mod finality;
mod formats;
mod harness;
mod model;
mod money;
mod pending;
mod readme;
mod size;
mod store;
mod strict;
mod tenancies;
mod terms;
mod windows;
