//! The `gridpact` program: arguments, commands, files. Nothing else stands on it; it is a library so that its tests reach
//! what the commands are made of.

pub mod node;
pub mod onchain;
pub mod options;
pub mod readings;
pub mod simulate;
pub mod sources;
