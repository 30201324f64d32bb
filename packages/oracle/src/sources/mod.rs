//! Where readings come from: each source brings what it read to the intake, and says so to whoever sent it only then.

pub mod folder;
pub mod mqtt;
pub mod p1;
pub mod push;
