//! Conditional pledges for shared infrastructure, paid out by milestones.

mod addresses;
mod amounts;
mod ask;
pub mod asset_books;
pub mod bad_terms;
mod books;
mod case;
mod checks;
mod claims;
pub mod conditions;
pub mod contract;
pub mod error;
mod execute;
mod instantiate;
mod milestones;
mod phase;
mod possible;
pub mod project;
mod query;
pub mod room;
mod scratch;
pub mod shares;
mod state;
mod terms;
mod version;
mod working_terms;
