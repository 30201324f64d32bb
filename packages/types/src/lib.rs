//! Messages, answers, events and bounds of the three contracts: how they speak to each other and to everybody.
//!
//! * [`escrow`]: many projects; conditional pledges, milestones, refunds, revenue.
//! * [`registry`]: one a grid; meters, the oracle committee, attested reports.
//! * [`settlement`]: one a grid; accounts, windows, fees.
//!
//! Amounts, prices and energies are the newtypes of `gridpact-units`; in JSON amounts and prices are decimal strings.

pub mod asset;
pub mod escrow;
pub mod registry;
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
pub mod settlement;
pub mod strict;
pub mod text;
