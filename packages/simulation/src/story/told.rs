//! What the story found out.

use gridpact_units::Amount;

use crate::mirror::SettledRun;
use crate::run::{CheckedPromise, Project, Spent};

/// What the chain adds to the settled windows.
pub(crate) struct Told {
    /// The projects in the escrow.
    pub projects: Vec<Project>,
    /// The windows as the contracts settled them, recomputed from the reports in the transactions.
    pub settled: SettledRun,
    /// One a window: bytes, signatures, digest.
    pub reports: Vec<Carried>,
    /// Paid from the community account to its destinations.
    pub swept: Amount,
    /// Paid in by every home for the street's grid; homes beyond the escrow's bound did not pledge.
    pub pledges: Vec<Amount>,
    /// The promises.
    pub checks: Vec<CheckedPromise>,
    /// What it cost, on a chain.
    pub spent: Option<Spent>,
}

/// A report that reached the chain.
pub(crate) struct Carried {
    /// Its length.
    pub bytes: usize,
    /// Its signatures.
    pub signatures: usize,
    /// What they signed, hex.
    pub digest: String,
}
