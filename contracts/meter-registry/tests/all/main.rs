//! The registry's promises, one file a subject. See the invariants in the contract's README.

// A test that panics, overflows or truncates fails; that is what it is for.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod admissions;
mod authority;
mod beginnings;
mod errors;
mod events;
mod gaps;
mod grace;
mod harness;
mod instantiation;
mod ownership;
mod proposals;
mod queries;
mod random;
mod readings;
mod readme;
mod refusals;
mod repeats;
mod reports;
mod rosters;
mod signatures;
mod size;
mod vacancies;
mod waiting;
mod windows;
