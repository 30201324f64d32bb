//! Points at which a test lets the process end itself, as a power cut would: between any two steps.

/// Every point, in the order of a reading's and a report's way.
pub const POINTS: [&str; 18] = [
    // The database has counted this opening, the file beside it has not.
    "opened",
    // A reading: it came; it is on the disk; its sender is told so.
    "received",
    "stored",
    "acknowledged",
    // A file: it is read; its readings are on the disk; why it is refused stands beside it; it lies where it belongs.
    "file_read",
    "file_stored",
    "file_judged",
    "file_moved",
    // A gap: the chain asks to close one; it is closed.
    "gap_found",
    "gap_closed",
    // A report: drafted; in the record; signed; what goes first is final; a node has it; a block has it; in the archive; noted.
    "drafted",
    "signed_committed",
    "certified",
    "finalised",
    "broadcast",
    "sent",
    "archived",
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

/// Ends the process where GRIDPACT_ORACLE_ABORT_AT names this point: `stored`, or `stored:3` for the third time that it is passed.
/// Does nothing in a build without `abort-points`.
pub fn point(name: &'static str) {
    #[cfg(feature = "abort-points")]
    if ends_here(name) {
        eprintln!("ended at {name}");
        std::process::abort();
    }
    debug_assert!(POINTS.contains(&name), "{name} is no point");
}

#[cfg(feature = "abort-points")]
fn ends_here(name: &str) -> bool {
    use std::sync::atomic::{AtomicU32, Ordering};
    static PASSED: AtomicU32 = AtomicU32::new(0);
    let Ok(wanted) = std::env::var("GRIDPACT_ORACLE_ABORT_AT") else {
        return false;
    };
    let (wanted, time) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    wanted == name && time.parse() == Ok(PASSED.fetch_add(1, Ordering::Relaxed).saturating_add(1))
}
