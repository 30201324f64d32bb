//! What the client does without a node; packages/e2e has what needs one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
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
mod unreachable;
