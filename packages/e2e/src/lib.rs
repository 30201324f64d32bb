//! What the tests against a real node share: finding the chain, running the program, making grids quickly.
//!
//! Nothing here is skipped without a node: everything fails, and says how to start one.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests and tools of tests: a panic is a failure, which is what they are for"
)]

mod artifacts;
mod broker;
mod chance;
mod devnet;
mod grid;
mod oracle_service;
mod program;
mod recompute;

pub use artifacts::{artifact, Codes, Stored, Token};
pub use broker::{free_port, Broker};
pub use chance::Chance;
pub use devnet::{Devnet, Person};
pub use grid::{prosumer, Grid, GridPlan};
pub use oracle_service::{oracle_program, OracleService};
pub use program::{Output, Program};
pub use recompute::Recomputed;
