//! The oracle's MQTT against a real mosquitto. Needs GRIDPACT_MOSQUITTO, the folder that scripts/mosquitto prints; no chain.

#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests: a panic is a failure"
)]

mod killed;
mod listening;
mod load;
mod reading;
mod safely;
