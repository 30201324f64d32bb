//! Why a message or query is refused: what was expected and what came.

use cosmwasm_std::StdError;
use gridpact_storage::{MigrationError, PageLimit};
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::escrow::terms_bytes::TermsError;
use gridpact_units::{Amount, UnixSeconds};

use crate::bad_terms::BadTerms;

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
    /// Terms that could not be carried out.
    #[error(transparent)]
    BadTerms(#[from] BadTerms),
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
    /// A title that is no single line from left to right, or as its letters go.
    #[error("{what}: expected no control characters nor marks of direction, got U+{:04X}", u32::from(*got))]
    Character {
        /// Which text.
        what: &'static str,
        /// The character.
        got: char,
    },
    /// A URI of another scheme, or of characters that a URI does not have.
    #[error("{what}: expected nothing, or https:// or ipfs:// and plain ASCII, got {got}")]
    Uri {
        /// Which URI.
        what: &'static str,
        /// What came, its characters beyond ASCII written as numbers.
        got: String,
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
    /// The escrow as a party to its own projects.
    #[error("{what}: expected an account other than the escrow itself")]
    EscrowItself {
        /// Which party.
        what: &'static str,
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
    /// Too much.
    #[error("pledge: expected at most the cap {cap} in all, got {got}")]
    AboveCap {
        /// The cap.
        cap: Amount,
        /// What the pledge would come to.
        got: Amount,
    },
    /// More pledges and revenue of a project than its books can count.
    #[error("payment: expected less than 2^128 in the project in all, ever")]
    TooMuch,
    /// A further pledge under another condition.
    #[error("condition: expected the one of the earlier pledge, got another")]
    OtherCondition,
    /// A condition restated as one that asks for more.
    #[error("condition: expected each part absent, or no more than it was, got one that asks for more")]
    StrongerCondition,
    /// A condition that can never hold.
    #[error("condition: expected what can be, {what} of at most {most}, got {got}")]
    Impossible {
        /// What it asks.
        what: String,
        /// The most that can be.
        most: u128,
        /// What it asks for.
        got: u128,
    },
    /// A full list gives up only a pledge outside the set, for one that joins it or is larger.
    #[error("pledges: expected fewer than {max}, or one that joins the set, or more than the smallest outside it, which is {}, got {got}", smallest.map_or_else(|| "none".to_owned(), |a| a.to_string()))]
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
    #[error("milestone: expected before {until}, its due date and grace, now it is {now}")]
    Overdue {
        /// Until when it could be submitted.
        until: UnixSeconds,
        /// Now.
        now: UnixSeconds,
    },
    /// Too early to terminate.
    #[error("termination: expected a milestone not submitted by its due date and grace, the next can be until {until}, now it is {now}")]
    NotOverdue {
        /// Until when the next can be submitted.
        until: UnixSeconds,
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
