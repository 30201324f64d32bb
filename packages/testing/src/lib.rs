//! The cw-multi-test harness: a world with time and money, typed handles on the three contracts, ledgers that recompute
//! every balance from the chain's transactions, and the promises of the three contracts, checked from outside after every
//! action.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a harness stops the test at the first thing that is not as it must be"
)]

mod app;
mod bank;
mod breach;
mod codes;
mod committee;
mod escrow;
mod escrow_builder;
pub mod fixtures;
mod grid;
mod grid_builder;
pub mod hostile;
mod invariants;
pub mod ledger;
mod mint;
mod money;
mod registry;
mod settlement;
mod token;
mod world;

// For tests alone: the modules here import from each other.
pub use app::{GridApp, Outcome, CHAIN_ID};
pub use bank::GuardedBank;
pub use breach::{Breach, Invariant};
pub use committee::Committee;
pub use escrow::Escrow;
pub use grid::{Grid, Home};
pub use grid_builder::GridBuilder;
pub use money::{Money, MoneyKind};
pub use registry::Registry;
pub use settlement::Settlement;
pub use world::{Checks, World, GENESIS};

/// The README's examples, compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

/// One story, told with a native coin and with a cw20 token: `scenario! { fn a_sentence(money: MoneyKind) { … } }`.
#[macro_export]
macro_rules! scenario {
    ($(#[$doc:meta])* fn $name:ident($money:ident: MoneyKind) $story:block) => {
        $(#[$doc])*
        mod $name {
            use super::*;

            fn story($money: $crate::MoneyKind) $story

            #[test]
            fn native() {
                story($crate::MoneyKind::Native);
            }

            #[test]
            fn cw20() {
                story($crate::MoneyKind::Cw20);
            }
        }
    };
}
