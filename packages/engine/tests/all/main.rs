//! The native half: what it settles is what the market settles, and whoever asks wrongly is told what was expected.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod refusals;
mod signed;
mod support;
mod window;
