//! Lines between members: mutual TLS with pinned keys, no authority; frames that are bounded before anything is kept of them.

pub mod bounds;
pub mod frame;
pub mod identity;
pub mod line;
pub mod network;
pub mod pace;
pub mod pinned;
mod reaching;
mod shared;
