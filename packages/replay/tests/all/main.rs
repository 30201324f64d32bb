//! The rules in tables, and random lives in which a replay and the contracts say the same after every message.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod accounts;
mod lives;
mod reports;
mod resumed;
mod rosters;
mod support;
mod windows;
