//! How an oracle stands: the same for people, programs and metrics.

pub mod look;
pub mod shape;
mod text;
