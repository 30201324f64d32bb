//! What the client does without a node; packages/e2e has what needs one.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::result_large_err,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test ends where something is not as it should be"
)]

mod books;
mod errors;
mod gas_price;
mod key_store;
mod keys;
mod messages;
mod network;
mod node;
mod unreachable;
