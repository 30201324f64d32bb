//! pledge-escrow: many projects for any shared infrastructure; pledges that hold only together.

pub mod answers;
pub mod bounds;
pub mod disputes;
pub mod events;
pub mod messages;
pub mod queries;
pub mod rights;
pub mod terms;
pub mod terms_bytes;
