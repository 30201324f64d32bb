//! Stories through the three contracts, each named as a sentence, each told with a native coin and with a cw20 token. The
//! promises of the three contracts are checked from outside after every message of every one of them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod bounds;
mod fees;
mod grids;
mod harm;
mod paying;
mod pledging;
mod random;
mod reentry;
mod reporting;
mod sharing;
mod working;

/// Refused, in words that contain these.
#[track_caller]
fn refused(outcome: gridpact_testing::Outcome, expected: &str) {
    let words = outcome.expect_err("expected a refusal");
    assert!(words.contains(expected), "refused in other words: {words}");
}
