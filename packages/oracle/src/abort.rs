//! Points at which a test lets the process end itself, as a power cut would: between any two steps.

/// Every point, in the order of a reading's and a report's way.
pub const POINTS: [&str; 10] = [
    "received",
    "stored",
    "file_stored",
    "file_moved",
    "signed_committed",
    "certified",
    "before_send",
    "sent",
    "gap_closed",
    "accepted_noted",
];

/// What the program calls its version: one that ends itself must be told from one that does not.
pub const VERSION: &str = if cfg!(feature = "abort-points") {
    concat!(
        env!("CARGO_PKG_VERSION"),
        ", for tests: ends itself at GRIDPACT_ORACLE_ABORT_AT"
    )
} else {
    env!("CARGO_PKG_VERSION")
};

/// Ends the process where GRIDPACT_ORACLE_ABORT_AT names this point. Does nothing in a build without `abort-points`.
pub fn point(name: &'static str) {
    #[cfg(feature = "abort-points")]
    if std::env::var("GRIDPACT_ORACLE_ABORT_AT").as_deref() == Ok(name) {
        eprintln!("ended at {name}");
        std::process::abort();
    }
    debug_assert!(POINTS.contains(&name), "{name} is no point");
}
