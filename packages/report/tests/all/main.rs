//! The promises of the format, one file a subject.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

mod archive;
mod codec;
mod connections;
mod digest;
mod edges;
mod encoding;
mod limits;
mod quorum;
mod refusals;
mod vectors;
