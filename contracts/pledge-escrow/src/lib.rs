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
pub use query::{DEFAULT_PAGE, MAX_PAGE, MAX_PROJECTS_PAGE};
pub use shares::{part, Division};
pub use state::MAX_PLEDGES;
pub use terms::{
    HASH_BYTES, MAX_AHEAD, MAX_CONDITION_PARTIES, MAX_MILESTONES, MAX_NAMED, MAX_PERIOD, MAX_TITLE, MAX_URI,
};
