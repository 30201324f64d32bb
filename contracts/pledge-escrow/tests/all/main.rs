//! The promises of the escrow, tested through its entry points.
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod agreeing;
mod asking;
mod authority;
mod conditions;
mod disputes;
mod endings;
mod errors;
mod events;
mod full_list;
mod growth;
mod harness;
mod impossible;
mod largest;
mod life;
mod migration;
mod model;
mod money;
mod paying;
mod payments;
mod queries;
mod readme;
mod refusals;
mod restating;
mod returns;
mod room;
mod shares;
mod size;
mod terms;
mod terms_bytes;
mod texts;
mod truth;
