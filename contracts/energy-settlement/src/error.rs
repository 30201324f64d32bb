//! Why a message or query is refused.

use cosmwasm_std::StdError;
use gridpact_market::{FeeId, PolicyError, SettleError, TermsError};
use gridpact_report::connections::ConnectionError;
use gridpact_report::DecodeError;
use gridpact_storage::{MigrationError, PageLimit, Unreadable};
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::settlement::bounds::{MAX_FINALISED, MAX_FINALISED_RESULTS};
use gridpact_units::{Amount, IntervalIndex, IntervalLength, Seat, Slot};

/// Why a message or query is refused.
#[derive(thiserror::Error, Debug, PartialEq)]
pub enum ContractError {
    /// The chain's own: a bad address, text that is no JSON.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Stored bytes of another format.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Money that came is refused.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The policy does not hold together.
    #[error("policy: {0}")]
    Policy(#[from] PolicyError),
    /// The report's bytes are no report.
    #[error("report: {0}")]
    Report(#[from] DecodeError),
    /// A reading that nobody can have read.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// The window cannot be settled.
    #[error("window: {0}")]
    Settle(#[from] SettleError),
    /// An account's terms are out of bounds.
    #[error("account of slot {slot}: {error}")]
    Terms {
        /// The slot.
        slot: Slot,
        /// What is wrong.
        error: TermsError,
    },
    /// No account for a fee of the policy, or several.
    #[error("fee {id}: expected one account, got {got}")]
    FeeAccounts {
        /// The fee.
        id: FeeId,
        /// Accounts given.
        got: usize,
    },
    /// A label nobody can read.
    #[error("fee label: expected 1 to {max} bytes, got {got}")]
    FeeLabel {
        /// Longest.
        max: usize,
        /// Its length.
        got: usize,
    },
    /// A label that breaks the line in which it stands, or turns it around.
    #[error("fee label: expected no control characters nor marks of direction, got U+{:04X}", u32::from(*got))]
    FeeLabelCharacter {
        /// The first of them.
        got: char,
    },
    /// A label under which people would find another account.
    #[error(
        "fee label: expected one that no other fee has, and neither `rounding` nor a number, got `{got}`"
    )]
    FeeLabelTaken {
        /// The label.
        got: String,
    },
    /// Money paid there as to an account could never leave again.
    #[error("destination: expected an account outside of the grid's contracts, its token and the escrow, got {got}")]
    DeadEnd {
        /// The destination.
        got: String,
    },
    /// A destination's escrow does not answer as one.
    #[error("destination: expected a pledge-escrow at {address}, which answers: {error}")]
    NoEscrow {
        /// Where it should be.
        address: String,
        /// What came instead of an answer.
        error: String,
    },
    /// A destination is a project that was never opened.
    #[error("destination: expected a project from 1 to {projects}, the last of escrow {escrow}, got {got}")]
    UnknownProject {
        /// The escrow.
        escrow: String,
        /// How many it has.
        projects: u64,
        /// The project.
        got: ProjectId,
    },
    /// A destination is a project under other terms than those that were meant.
    #[error("destination: expected project {project} with terms of the hash {expected}, got {got}")]
    ProjectTerms {
        /// The project.
        project: ProjectId,
        /// The hash that was meant.
        expected: String,
        /// The project's.
        got: String,
    },
    /// A destination is a project that takes another asset.
    #[error("destination: expected project {project} in the grid's asset {expected}, got one in {got}")]
    ProjectAsset {
        /// The project.
        project: ProjectId,
        /// The grid's.
        expected: Asset,
        /// The project's.
        got: Asset,
    },
    /// A destination is a project that will never take revenue.
    #[error("destination: expected project {project} neither failed nor terminated, it is {got:?}")]
    ProjectOver {
        /// The project.
        project: ProjectId,
        /// Where it stands.
        got: Phase,
    },
    /// A denomination no bank has.
    #[error("denom: expected 1 to {max} bytes, got {got}")]
    Denom {
        /// Longest.
        max: usize,
        /// Its length.
        got: usize,
    },
    /// Only the grid's registry may do this.
    #[error("sender: expected the registry {expected}, got {got}")]
    NotRegistry {
        /// The registry.
        expected: String,
        /// The sender.
        got: String,
    },
    /// Only the slot's owner may do this.
    #[error("sender: expected the owner of slot {slot}, {expected}, got {got}")]
    NotOwner {
        /// The slot.
        slot: Slot,
        /// Its owner.
        expected: String,
        /// The sender.
        got: String,
    },
    /// Registry and settlement were set up with different intervals.
    #[error("interval length: expected {} s as in the policy, got {} s", expected.seconds(), got.seconds())]
    IntervalLength {
        /// The policy's.
        expected: IntervalLength,
        /// The registry's.
        got: IntervalLength,
    },
    /// Rosters come in order.
    #[error("roster version: expected {newest} or {}, got {got}", newest.saturating_add(1))]
    RosterVersion {
        /// The newest known.
        newest: u32,
        /// The version that came.
        got: u32,
    },
    /// Seats come in order.
    #[error("seat: expected {expected}, the next one, got {got}")]
    SeatOrder {
        /// The next seat.
        expected: Seat,
        /// The seat that came.
        got: Seat,
    },
    /// Too many accounts at once or none.
    #[error("accounts: expected 1 to {max} a message, got {got}")]
    AccountCount {
        /// Most.
        max: usize,
        /// How many came.
        got: usize,
    },
    /// A slot has one account for ever.
    #[error("slot {slot} has an account already")]
    AccountExists {
        /// The slot.
        slot: Slot,
    },
    /// No such account.
    #[error("no account for slot {slot}; accounts are opened when the operator admits a meter")]
    UnknownSlot {
        /// The slot.
        slot: Slot,
    },
    /// A report for a roster that was never opened here.
    #[error("roster version: expected one of 1 to {newest}, got {got}")]
    UnknownRoster {
        /// The newest known.
        newest: u32,
        /// The version that came.
        got: u32,
    },
    /// A report of another number of seats than its roster.
    #[error("seats: expected {expected} as in the roster, got {got}")]
    Seats {
        /// Seats of the roster.
        expected: usize,
        /// Seats of the report, or of its connections.
        got: usize,
    },
    /// Something of the window was settled already; windows come in order.
    #[error("window: expected a first interval from {settled_until} on, since all before is settled or past, got {got}")]
    Settled {
        /// Where the last window ended.
        settled_until: IntervalIndex,
        /// First interval of the window that came.
        got: IntervalIndex,
    },
    /// More money than the arithmetic is proven for.
    #[error("deposits: expected at most {max} in all, got {got}")]
    Holdings {
        /// Most.
        max: Amount,
        /// What it would have been.
        got: Amount,
    },
    /// More has become final than one message books, and a report must not leave any of it out.
    #[error(
        "report: expected at most {MAX_FINALISED} windows, or {MAX_FINALISED_RESULTS} results, whose time is over and that are not final \
         yet, got more; send 'finalise' first, in the same transaction"
    )]
    FinaliseFirst {},
    /// More than is free.
    #[error("withdrawal: expected at most {free}, which is free, got {got}{}", awaiting(*more_ended))]
    InsufficientFree {
        /// Free now.
        free: Amount,
        /// Asked for.
        got: Amount,
        /// Whether windows whose time is over are still to be made final.
        more_ended: bool,
    },
    /// A withdrawal of nothing.
    #[error("withdrawal: expected more than 0, or no amount for all that is free, got 0")]
    NothingAsked {},
    /// Nothing to withdraw.
    #[error("free balance of slot {slot}: expected more than 0 to pay out, got 0{}", awaiting(*more_ended))]
    NothingFree {
        /// The slot.
        slot: Slot,
        /// Whether windows whose time is over are still to be made final.
        more_ended: bool,
    },
    /// Nothing to pay out.
    #[error("{what}: expected more than 0 to pay out, got 0")]
    Nothing {
        /// Which account.
        what: String,
    },
    /// No such fee.
    #[error("fee: expected {}, got {got}", one_of(known))]
    UnknownFee {
        /// The fees there are.
        known: Vec<FeeId>,
        /// The number that came.
        got: FeeId,
    },
    /// A page, or a number of windows to make final, out of range.
    #[error(transparent)]
    PageLimit(#[from] PageLimit),
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

/// What to do where a message could not make everything final whose time is over.
const fn awaiting(more_ended: bool) -> &'static str {
    if more_ended {
        "; more windows have ended than a withdrawal makes final: send 'finalise' first"
    } else {
        ""
    }
}

/// `one of 1, 2`.
fn one_of(known: &[FeeId]) -> String {
    if known.is_empty() {
        return "none, since the grid has no fee".to_owned();
    }
    let known: Vec<String> = known.iter().map(FeeId::to_string).collect();
    format!("one of {}", known.join(", "))
}
