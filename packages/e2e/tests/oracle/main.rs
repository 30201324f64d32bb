//! The oracle's service on a real chain with a real broker. Needs scripts/devnet and GRIDPACT_MOSQUITTO: scripts/test-on-chain.

#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests: a panic is a failure"
)]

mod commands;
mod committee;
mod day;
mod feeds;
mod kept;
mod killed;
mod scene;
