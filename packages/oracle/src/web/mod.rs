//! What is answered over HTTP: on loopback to this machine, and the listener that senders reach.

pub mod listener;
pub mod local;
pub mod metrics;
