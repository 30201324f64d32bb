//! Why a message or query is refused: what was expected and what came.

use cosmwasm_std::StdError;
use gridpact_storage::{MigrationError, PageLimit};
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::escrow::terms_bytes::TermsError;
use gridpact_units::{Amount, Seconds, UnixSeconds};

/// Why a message or query is refused.
#[derive(thiserror::Error, Debug, PartialEq)]
pub enum ContractError {
    /// The chain's own: a bad address, text that is no JSON.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Money that came is refused.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// Terms of a version that this contract does not know.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// A list of the wrong length.
    #[error("{what}: expected {min} to {max}, got {got}")]
    Count {
        /// Which list.
        what: &'static str,
        /// Least.
        min: usize,
        /// Most.
        max: usize,
        /// Its length.
        got: usize,
    },
    /// A text of the wrong length.
    #[error("{what}: expected {min} to {max} bytes, got {got}")]
    Length {
        /// Which text.
        what: &'static str,
        /// Least.
        min: usize,
        /// Most.
        max: usize,
        /// Its length.
        got: usize,
    },
    /// No SHA-256 hash.
    #[error("{what}: expected {expected} bytes, got {got}")]
    Hash {
        /// Which hash.
        what: &'static str,
        /// The length of one.
        expected: usize,
        /// Its length.
        got: usize,
    },
    /// Something that may not be zero.
    #[error("{what}: expected more than 0")]
    Zero {
        /// What.
        what: &'static str,
    },
    /// An asset named twice on the deployment's list.
    #[error("assets: expected each once, got {got} twice")]
    AssetTwice {
        /// The asset.
        got: Asset,
    },
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
    /// A party named twice, or the contractor.
    #[error("parties: expected each once and not the contractor, got {got}")]
    Party {
        /// The address.
        got: String,
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
    #[error("{what}: expected a time after {after} and not after {max}, got {got}")]
    Time {
        /// Which moment.
        what: &'static str,
        /// It must be after this.
        after: UnixSeconds,
        /// And not after this.
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
    /// More than everything retained.
    #[error("retention: expected at most 10000 basis points, got {got}")]
    Retention {
        /// The retention.
        got: u16,
    },
    /// No such project.
    #[error("no project {project}; there are {count}")]
    UnknownProject {
        /// The project.
        project: ProjectId,
        /// How many there are.
        count: u64,
    },
    /// Another text than the one agreed to.
    #[error("terms_hash: expected {expected}, got {got}")]
    TermsHash {
        /// The project's.
        expected: String,
        /// What came.
        got: String,
    },
    /// The project is not where the message needs it to be.
    #[error("project: expected it {expected}, it is {got:?}")]
    Phase {
        /// What is needed.
        expected: &'static str,
        /// Where it stands.
        got: Phase,
    },
    /// Whoever is paid may not promise to pay.
    #[error("pledger: the contractor may not pledge")]
    ContractorPledges,
    /// A stranger to named terms.
    #[error("pledger: expected one of the named parties, got {got}")]
    NotParty {
        /// The sender.
        got: String,
    },
    /// A named party pledges its amount, once.
    #[error("pledge: expected {expected} once, got {got}{}", if *first { "" } else { " on top of an earlier pledge" })]
    NamedAmount {
        /// The amount in the terms.
        expected: Amount,
        /// Whether it is the party's first.
        first: bool,
        /// What came.
        got: u128,
    },
    /// Too little.
    #[error("pledge: expected at least {min}, got {got}")]
    BelowMinimum {
        /// The least.
        min: Amount,
        /// What came.
        got: u128,
    },
    /// More pledges and revenue of an asset than its books can count.
    #[error("payment: expected less than 2^128 of the asset in all, ever")]
    TooMuch,
    /// A further pledge under another condition.
    #[error("condition: expected the one of the earlier pledge, got another")]
    OtherCondition,
    /// A full list gives up only smaller pledges outside the set.
    #[error("pledges: expected fewer than {max}, or more than the smallest outside the set, which is {}, got {got}", smallest.map_or_else(|| "none".to_owned(), |a| a.to_string()))]
    ListFull {
        /// Most.
        max: u32,
        /// The smallest pledge outside the set.
        smallest: Option<Amount>,
        /// What came.
        got: u128,
    },
    /// Only the contractor may do this.
    #[error("sender: expected the contractor {expected}, got {got}")]
    NotContractor {
        /// The contractor.
        expected: String,
        /// The sender.
        got: String,
    },
    /// Milestones are submitted in their order.
    #[error("milestone: expected {expected}, the next one, got {got}")]
    MilestoneOrder {
        /// The next one.
        expected: u32,
        /// What came.
        got: u32,
    },
    /// Too late to submit.
    #[error("milestone: expected before {due}, now it is {now}")]
    Overdue {
        /// When it was due.
        due: UnixSeconds,
        /// Now.
        now: UnixSeconds,
    },
    /// Too early to terminate.
    #[error("termination: expected a milestone not submitted by its due date, the next is due {due}, now it is {now}")]
    NotOverdue {
        /// When the next is due.
        due: UnixSeconds,
        /// Now.
        now: UnixSeconds,
    },
    /// Nothing to pay out.
    #[error("{what}: expected more than 0 to pay out, got 0")]
    Nothing {
        /// Which claim.
        what: &'static str,
    },
    /// A page of nothing, or larger than a page is.
    #[error(transparent)]
    PageLimit(#[from] PageLimit),
    /// No pledge and nothing owed.
    #[error("no pledge of {pledger} in project {project}")]
    UnknownPledge {
        /// The project.
        project: ProjectId,
        /// The address.
        pledger: String,
    },
    /// Sums that the bounds exclude.
    #[error("arithmetic: {what} out of range")]
    Arithmetic {
        /// Which sum.
        what: &'static str,
    },
    /// The deployed contract is not one that this code may take over.
    #[error("migrate: {0}")]
    Migration(#[from] MigrationError),
}
