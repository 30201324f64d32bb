//! meter-registry: one a grid; meters, the committee of oracles, and the reports its quorum signs.

pub mod answers;
pub mod bounds;
pub mod committee;
pub mod events;
pub mod messages;
pub mod meters;
pub mod queries;
pub mod rights;
pub mod rosters;
