//! What anybody can recompute from the events and reports of a chain's transactions, with none of the contracts' code.

mod attributes;
pub mod escrow;
mod evenness;
pub mod grid;
pub mod room;
mod settle;
pub mod window;
