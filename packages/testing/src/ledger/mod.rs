//! What anybody can recompute from the events and reports of a chain's transactions, with none of the contracts' code.

mod attributes;
mod escrow;
mod evenness;
mod grid;
mod window;

pub(crate) use attributes::Attributes;
pub(crate) use escrow::of;
pub use escrow::{EscrowLedger, ProjectLedger};
pub use grid::Ledger;
pub use window::{ClosedWindow, SettledWindow};
