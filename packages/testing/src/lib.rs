//! The cw-multi-test harness: a world with time and money, typed handles on the three contracts, a ledger that recomputes
//! every balance from the chain's transactions, and the invariants, checked after every action.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a harness stops the test at the first thing that is not as it must be"
)]

mod bank;
mod committee;
mod escrow;
pub mod fixtures;
mod grid;
pub mod hostile;
pub mod invariants;
mod ledger;
mod money;
mod registry;
mod settlement;
mod world;

pub use bank::GuardedBank;
pub use committee::Committee;
pub use escrow::Escrow;
pub use grid::{Grid, GridBuilder};
pub use ledger::{Ledger, SettledWindow};
pub use money::{Money, MoneyKind};
pub use registry::Registry;
pub use settlement::Settlement;
pub use world::{Checks, World};

/// What a message did, or the contract's own words for why not.
pub type Outcome = Result<cw_multi_test::AppResponse, String>;
