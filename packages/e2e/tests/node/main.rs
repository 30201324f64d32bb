//! What only a real node can show. Needs a chain: scripts/test-on-chain, or scripts/devnet run -- cargo test -p gridpact-e2e.

#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests: a panic is a failure"
)]

mod alone;
mod capacity;
mod carriers;
mod client;
mod commands;
mod contracts;
mod deploy;
mod escrow_pages;
mod fees;
mod gas;
mod payees;
mod simulate;
mod story;
mod village;
mod web_config;
mod wire;
