//! The contract in cw2.

/// Name.
pub(crate) const NAME: &str = "crates.io:gridpact-energy-settlement";
/// Version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The versions whose state this code reads, and so may take over.
pub(crate) const READS: [&str; 1] = ["0.1.0"];
