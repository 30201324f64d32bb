//! The next report: what it is follows from the chain's `next_report` and the database, never from memory.

pub mod alone;
pub mod archive;
pub mod chain;
pub mod desk;
pub mod error;
pub mod extent;
pub mod fates;
pub mod observe;
pub mod plan;
pub mod reporter;
