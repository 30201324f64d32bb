//! Why terms are refused: what was expected and what came.

use gridpact_types::asset::Asset;
use gridpact_units::{Amount, Seconds, UnixSeconds};

/// Why terms are refused.
#[derive(thiserror::Error, Debug, PartialEq, Eq)]
pub enum BadTerms {
    /// An asset that the deployment does not take.
    #[error("asset: expected one of the deployment's list, got {got}")]
    UnknownAsset {
        /// The asset.
        got: Asset,
    },
    /// A cap that could never hold the target.
    #[error("cap: expected at least the target {target}, got {got}")]
    CapBelowTarget {
        /// The target.
        target: Amount,
        /// The cap.
        got: Amount,
    },
    /// A cap that so few pledges could overflow the project's books with.
    #[error("cap: expected at most {max}, got {got}")]
    Cap {
        /// Most.
        max: Amount,
        /// The cap.
        got: Amount,
    },
    /// A least pledge so small that a full list of them is below the target.
    #[error("minimum: expected at least {min}, so that {pledges} pledges reach the target, got {got}")]
    Minimum {
        /// Most pledges.
        pledges: u32,
        /// Least.
        min: Amount,
        /// The minimum.
        got: Amount,
    },
    /// A least pledge that nobody could make.
    #[error("minimum: expected at most the cap {cap}, got {got}")]
    MinimumAboveCap {
        /// The cap.
        cap: Amount,
        /// The minimum.
        got: Amount,
    },
    /// A party named twice, or one who is paid or decides.
    #[error("parties: expected each once and nobody who is paid or decides, got {got}")]
    Party {
        /// The address.
        got: String,
    },
    /// A party that could never pledge its amount.
    #[error("parties: expected at most the cap {cap} of each, got {got}")]
    PartyAboveCap {
        /// The cap.
        cap: Amount,
        /// The party's amount.
        got: Amount,
    },
    /// Parties who together could never reach the target.
    #[error("parties: expected amounts of at least the target {target} together, got {got}")]
    PartiesBelowTarget {
        /// The target.
        target: Amount,
        /// Their sum.
        got: u128,
    },
    /// A moment out of range.
    #[error("{what}: expected {min} to {max}, got {got}")]
    Time {
        /// Which moment.
        what: &'static str,
        /// The first that is taken.
        min: UnixSeconds,
        /// The last.
        max: UnixSeconds,
        /// The moment.
        got: UnixSeconds,
    },
    /// A period out of range.
    #[error("{what}: expected at most {max} s, got {got} s")]
    Period {
        /// Which period.
        what: &'static str,
        /// Most.
        max: Seconds,
        /// The period.
        got: Seconds,
    },
    /// Milestones that are more or less than the whole.
    #[error("milestones: expected shares of 10000 basis points together, got {got}")]
    Shares {
        /// Their sum.
        got: u64,
    },
    /// A share out of range.
    #[error("{what}: expected {min} to {max} basis points, got {got}")]
    Share {
        /// Which.
        what: &'static str,
        /// The least.
        min: u16,
        /// The most.
        max: u16,
        /// What came.
        got: u16,
    },
    /// A bond that a project's books could not count.
    #[error("bond: expected at most {max}, got {got}")]
    Bond {
        /// Most.
        max: Amount,
        /// The bond.
        got: Amount,
    },
    /// Somebody named twice among those who are paid, or who decides his own case.
    #[error("{what}: expected each once and not the contractor, got {got}")]
    Paid {
        /// Who.
        what: &'static str,
        /// The address.
        got: String,
    },
    /// Parts of a milestone that name no payee, or one twice.
    #[error("a milestone's payees: expected each once, of 1 to {most}, got {got}")]
    PayeeNumber {
        /// How many payees there are.
        most: usize,
        /// What came.
        got: u32,
    },
    /// Parts of a milestone that are more than it.
    #[error("a milestone's payees: expected parts of at most 10000 basis points together, got {got}")]
    Parts {
        /// Their sum.
        got: u64,
    },
}
