//! What anybody can recompute from the events and reports of a chain's transactions, with none of the contracts' code.

mod attributes;
mod escrow;
mod evenness;
mod grid;

pub(crate) use attributes::Attributes;
pub(crate) use escrow::of;
pub use escrow::{EscrowLedger, ProjectLedger};
pub use grid::{ClosedWindow, Ledger, SettledWindow};
