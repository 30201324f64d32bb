//! pledge-escrow: many projects for any shared infrastructure; pledges that hold only together.

pub mod answers;
pub mod bounds;
pub mod disputes;
mod event_attributes;
pub mod event_names;
pub mod events;
pub mod messages;
pub mod queries;
pub mod rights;
pub mod terms;
pub mod terms_bytes;
