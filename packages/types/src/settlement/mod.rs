//! energy-settlement: one a grid; shares each interval's surplus and keeps every household's balance.

pub mod accounts;
pub mod answers;
pub mod bounds;
pub mod events;
pub mod messages;
pub mod queries;
pub mod rights;
