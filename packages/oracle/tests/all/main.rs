//! The oracle's parts, each from its promises.

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

mod committees;
mod config;
mod deriving;
mod folders;
mod fuzzing;
mod honesty;
mod intake;
mod made_up;
mod new_databases;
mod numbers;
mod p1;
mod payloads;
mod peers;
mod planning;
mod power_cuts;
mod pushing;
mod reporting;
mod running;
mod store;
mod support;
mod telling;
mod thinning;
mod unit_file;
