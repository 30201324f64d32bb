//! The shared file: what the members agreed on besides the chain. A new one takes effect when a quorum accepted it.

pub mod check;
pub mod error;
pub mod grid;
pub mod hash;
pub mod parse;
pub mod readers;
pub mod shape;
pub mod text;
pub mod warn;
