//! Why a message or query is refused: what was expected and what came.

use cosmwasm_std::StdError;
use gridpact_storage::{MigrationError, PageLimit};
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::disputes::Dispute;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::escrow::terms_bytes::TermsError;
use gridpact_units::{Amount, UnixSeconds};

use crate::bad_terms::BadTerms;

/// In place of a milestone.
const ALL_SUBMITTED: &str = "none, since all are submitted";

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
    /// Whoever is paid or decides may not promise to pay.
    #[error("pledger: expected nobody who is paid or decides, got {got}")]
    Barred {
        /// The sender.
        got: String,
    },
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
    #[error("milestone: expected {}, got {got}", expected.map_or_else(|| ALL_SUBMITTED.to_owned(), |next| format!("{next}, the next one")))]
    MilestoneOrder {
        /// The next one; none where all are submitted.
        expected: Option<u32>,
        /// What came.
        got: u32,
    },
    /// Too early to end the project.
    #[error("end: expected the time from {from} on, {}, now it is {now}", if *grace { "the due date and grace of a milestone that is not submitted" } else { "the due date of a milestone that is not submitted" })]
    NotOverdue {
        /// From when it can be ended.
        from: UnixSeconds,
        /// Whether the grace counts too.
        grace: bool,
        /// Now.
        now: UnixSeconds,
    },
    /// No vote of this sender counts.
    #[error("sender: expected a holder, who paid when project {project} was funded, got {got}")]
    NotHolder {
        /// The project.
        project: ProjectId,
        /// The sender.
        got: String,
    },
    /// Nobody decides disputes of this project.
    #[error("terms: expected a decider, this project has none")]
    NoDecider,
    /// Only the decider may do this.
    #[error("sender: expected the decider {expected}, got {got}")]
    NotDecider {
        /// The decider.
        expected: String,
        /// The sender.
        got: String,
    },
    /// Not to be objected to now.
    #[error("milestone {milestone}: expected it in review{}", until.map_or_else(|| ", it is not submitted or was decided".to_owned(), |until| format!(" before {until}, now it is {now}")))]
    NotInReview {
        /// The milestone.
        milestone: u32,
        /// Until when it was.
        until: Option<UnixSeconds>,
        /// Now.
        now: UnixSeconds,
    },
    /// Enough have said it: it cannot be taken back.
    #[error("{what}: expected one that can be taken back, it is before the decider")]
    BeforeDecider {
        /// What.
        what: &'static str,
    },
    /// Nothing to decide, or not any more.
    #[error("dispute: expected one that is open, got {}", name_of(*dispute))]
    NotDisputed {
        /// What came.
        dispute: Dispute,
    },
    /// More than the whole.
    #[error("kept: expected at most 10000 basis points, got {got}")]
    Kept {
        /// What came.
        got: u16,
    },
    /// Said before.
    #[error("{what}: expected it once of a holder, it stands already")]
    Already {
        /// What.
        what: &'static str,
    },
    /// Nothing to take back.
    #[error("{what}: expected one of the sender, there is none")]
    NotThere {
        /// What.
        what: &'static str,
    },
    /// No such offer, or not any more.
    #[error("offer: expected {}, got {got}", expected.map_or_else(|| "none, since none stands".to_owned(), |number| format!("the standing one, {number}")))]
    OtherOffer {
        /// The standing one.
        expected: Option<u64>,
        /// What came.
        got: u64,
    },
    /// A due date of what is submitted, or is not there.
    #[error("milestone: expected {}, got {got}", if next > last { ALL_SUBMITTED.to_owned() } else { format!("one that is not submitted, {next} to {last}") })]
    NotToCome {
        /// The next one.
        next: u32,
        /// The last of the terms.
        last: u32,
        /// What came.
        got: u32,
    },
    /// A due date out of range.
    #[error("due: expected {min} to {max}, got {got}")]
    Due {
        /// The first that is taken.
        min: UnixSeconds,
        /// The last.
        max: UnixSeconds,
        /// What came.
        got: UnixSeconds,
    },
    /// Another bond than the terms ask for.
    #[error("bond: expected {expected}, got {got}")]
    Bond {
        /// The terms'.
        expected: Amount,
        /// What came.
        got: Amount,
    },
    /// Not in the defects period.
    #[error("defects: expected the defects period, {}, now it is {now}", period.map_or_else(|| "of which the beginning is not known yet".to_owned(), |(start, end)| format!("{start} to before {end}")))]
    NotInDefects {
        /// When it is, as far as that is known.
        period: Option<(UnixSeconds, UnixSeconds)>,
        /// Now.
        now: UnixSeconds,
    },
    /// More than is left of the retention.
    #[error("claim: expected 1 to {most}, what is left of the retention, got {got}")]
    ClaimAmount {
        /// What is left.
        most: u128,
        /// What came.
        got: Amount,
    },
    /// No claim that can be supported.
    #[error("claim {claim}: expected one that gathers support, {}", if *exists { "it is before the decider, or decided" } else { "there is none of this number" })]
    NotGathering {
        /// The claim.
        claim: u64,
        /// Whether there is such a claim.
        exists: bool,
    },
    /// A holder supports one claim at a time.
    #[error("claim: expected a holder who supports no other open claim, this one supports {claim}")]
    SupportsAnother {
        /// The claim.
        claim: u64,
    },
    /// No more claims go before the decider, now or at all.
    #[error("claims: expected fewer than {max} {what}")]
    ClaimsFull {
        /// Most.
        max: u32,
        /// Of which.
        what: &'static str,
    },
    /// No such payee.
    #[error("payee: expected 0 to {most}, got {got}")]
    UnknownPayee {
        /// The last.
        most: u32,
        /// What came.
        got: u32,
    },
    /// Only the payee of this number may do this.
    #[error("sender: expected payee {payee}, {expected}, got {got}")]
    NotPayee {
        /// The number.
        payee: u32,
        /// Its address.
        expected: String,
        /// The sender.
        got: String,
    },
    /// Only the address that a payee named may do this.
    #[error("sender: expected the address that payee {payee} named, {}, got {got}", expected.as_deref().unwrap_or("which named none"))]
    NotNextPayee {
        /// The number.
        payee: u32,
        /// The address it named.
        expected: Option<String>,
        /// The sender.
        got: String,
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

fn name_of(dispute: Dispute) -> String {
    match dispute {
        Dispute::Milestone { milestone } => format!("milestone {milestone}"),
        Dispute::Claim { claim } => format!("claim {claim}"),
    }
}
