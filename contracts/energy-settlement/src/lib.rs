//! Shares the surplus of each interval and keeps the balances of every household of one grid.

mod amounts;
mod authority;
mod balances;
pub mod books;
pub mod contract;
pub mod counters;
mod destination;
mod ended;
pub mod error;
mod execute;
pub mod fees;
pub mod held;
mod instantiate;
mod ledger;
mod list;
pub mod page;
mod payment;
mod place;
pub mod policy;
mod project;
mod query;
pub mod retired;
pub mod roster;
mod rosters;
mod state;
mod version;
