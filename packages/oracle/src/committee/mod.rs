//! A committee of more than one: the lines between its members, and what each of them does.
//!
//! What is agreed and how stands in `gridpact-committee`, which reaches nothing by itself. Here it has a clock, a database, a node,
//! meters and peers.

pub mod acting;
pub mod beginning;
pub mod carrier;
pub mod driver;
pub mod error;
pub mod evidence;
mod fetching;
pub mod files;
pub mod gossip;
pub mod honesty;
mod lacking;
pub mod parts;
pub mod peers;
pub mod progress;
pub mod settled;
pub mod sharing;
pub mod state;
pub mod suspension;
#[cfg(feature = "abort-points")]
pub mod tamper;
pub mod watcher;
