//! Nodes are killed while reports flow. Needs a chain of four validators of its own: scripts/test-on-chain, or
//! scripts/devnet run --validators 4 -- cargo test -p gridpact-e2e --test faults -- --nocapture.

#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests: a panic is a failure"
)]

mod after;
mod carrier;
mod nodes;
mod run;
