//! Shares the surplus of each interval and keeps the balances of every household of one grid.

mod balances;
mod books;
pub mod contract;
mod error;
mod execute;
mod held;
mod instantiate;
mod payment;
mod query;
mod seat_terms;
mod state;
mod version;

pub use balances::SEATS_PER_PAGE;
pub use error::ContractError;
