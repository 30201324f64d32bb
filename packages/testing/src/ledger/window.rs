//! Windows, as the ledger sees them.

use gridpact_market::{Account, WindowOutcome};
use gridpact_units::{IntervalIndex, UnixSeconds};

/// A window as the ledger computed it.
#[derive(Clone, Debug)]
pub struct SettledWindow {
    /// First interval.
    pub first_interval: IntervalIndex,
    /// Number of intervals.
    pub intervals: u16,
    /// The report's bytes.
    pub report: Vec<u8>,
    /// The accounts it was settled with, by seat.
    pub accounts: Vec<Account>,
    /// The result.
    pub outcome: WindowOutcome,
    /// When it becomes final.
    pub final_at: UnixSeconds,
    /// Whether it is.
    pub is_final: bool,
}

/// A window as the registry should record it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedWindow {
    /// First interval.
    pub first_interval: IntervalIndex,
    /// Number of intervals.
    pub intervals: u64,
    /// Digest of the report carried; None: a gap.
    pub digest: Option<Vec<u8>>,
}
