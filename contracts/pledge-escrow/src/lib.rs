//! Conditional pledges for shared infrastructure, paid out by milestones.

mod books;
mod conditions;
pub mod contract;
mod error;
mod execute;
mod milestones;
mod phase;
mod plan;
mod project;
mod query;
mod shares;
mod state;
mod terms;
mod version;

pub use conditions::{joining, Ask, Member, PartyAsk, PledgersAsk, Waiting};
pub use error::ContractError;
pub use shares::{part, Division};
