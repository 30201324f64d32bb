#![doc = include_str!("../README.md")]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "for tests alone: a wrong sum or place stops them, and the names are the contract's"
)]

pub mod actions;
pub mod conditions;
pub mod deal;
mod disputing;
pub mod messages;
mod money;
mod pledging;
pub mod project;
pub mod records;
pub mod seen;
pub mod sending;
pub mod telling;
mod work;
mod working;
