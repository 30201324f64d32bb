//! Books from transactions: a grid lives in process, its messages and events are written down as a chain would, and the
//! books that follow are compared with what the contracts answer.

pub mod chronicle;
mod comparisons;
mod lives;
mod refusals;
pub mod telling;
mod wrapped;
