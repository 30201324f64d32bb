//! Why a message is refused: one variant a cause, and the text says what was expected and what came.

use cosmwasm_std::{Addr, StdError};
use cw_ownable::OwnershipError;
use gridpact_report::connections::Direction;
use gridpact_report::quorum::QuorumError;
use gridpact_report::{DecodeError, HeaderError};
use gridpact_storage::{MigrationError, PageLimit, Unreadable};
use gridpact_types::asset::PaymentError;
use gridpact_types::registry::bounds::{
    MAX_ADMISSIONS, MAX_FUTURE_ROSTERS, MAX_PROPOSALS_OF_OWNER, MAX_REVISION, MAX_WEIGHT, SERIAL_HASH_LENGTH,
};
use gridpact_units::{IntervalIndex, UnixSeconds};

use crate::bounds::MAX_SEATS;
use crate::grid_error::GridError;
use crate::serial::SerialHolder;

/// Why a message or a query is refused. Fields hold what was expected and what came, as their names say.
#[derive(thiserror::Error, Debug, PartialEq)]
#[allow(missing_docs, reason = "the text of each variant says what its fields are")]
pub enum ContractError {
    /// The chain's own refusals: an invalid address, a value that does not parse.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Handing over the grid where nobody was named, or too late.
    #[error(transparent)]
    Ownership(#[from] OwnershipError),
    /// Money: no message takes any, so it would be stuck.
    #[error(transparent)]
    Payment(#[from] PaymentError),

    // The grid.
    /// A grid that cannot be.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// A resolution that no report can have.
    #[error(transparent)]
    Header(#[from] HeaderError),

    // Who may.
    /// Not the operator.
    #[error("sender: expected the operator {expected}, got {got}")]
    NotOperator { expected: Addr, got: Addr },
    /// Not the one to whom the grid is handed over.
    #[error("sender: expected the next operator {expected}, got {got}")]
    NotNextOperator { expected: Addr, got: Addr },
    /// A grid without an operator.
    #[error("operator: expected a transfer to another, got a renunciation: a grid without an operator could never admit a meter again")]
    Renounced,
    /// Neither who proposed nor the operator.
    #[error("sender: expected the proposer {owner} or the operator {operator}, or anybody from {expires_at} on, when the proposal expires, got {got}")]
    NotProposer {
        owner: Addr,
        operator: Addr,
        expires_at: UnixSeconds,
        got: Addr,
    },

    // Proposals.
    /// A serial hash that is no SHA-256.
    #[error("serial hash: expected {SERIAL_HASH_LENGTH} bytes, got {got}")]
    SerialHash { got: usize },
    /// A device that is known already.
    #[error("serial hash: expected one that nobody holds, got that of {holder}")]
    SerialTaken { holder: SerialHolder },
    /// A power limit that the kind cannot have.
    #[error("{direction} limit of a {kind}: expected {min} to {max} W, got {got} W")]
    Limit {
        kind: &'static str,
        direction: Direction,
        min: u32,
        max: u32,
        got: u32,
    },
    /// No part, or more than the whole meter.
    #[error("part: expected 1 to 1000000 ppm, got {got}")]
    Part { got: u32 },
    /// Too many open proposals of one address.
    #[error("open proposals of {owner}: expected fewer than {MAX_PROPOSALS_OF_OWNER}, got {got}")]
    ProposalsOfOwner { owner: Addr, got: u32 },
    /// A proposal that is gone or never was.
    #[error("proposal: expected one that was made and is there, got {proposal}")]
    UnknownProposal { proposal: u64 },

    // Admissions.
    /// None, or more than a message admits.
    #[error("admissions: expected 1 to {MAX_ADMISSIONS}, got {got}")]
    AdmissionCount { got: usize },
    /// One proposal twice in a message.
    #[error("admissions: expected every proposal once, got proposal {proposal} again")]
    RepeatedProposal { proposal: u64 },
    /// A household that does not exist.
    #[error("household: expected one below {next} or none for a new one, got {got}")]
    UnknownHousehold { next: u32, got: u32 },
    /// A weight outside its range.
    #[error("weight: expected 1 to {MAX_WEIGHT}, got {got}")]
    Weight { got: u32 },
    /// A roster that would begin in the past, now, or too far ahead.
    #[error("first interval of the roster: expected {soonest} to {latest}, got {got}")]
    From {
        soonest: IntervalIndex,
        latest: IntervalIndex,
        got: IntervalIndex,
    },
    /// A roster that would begin where none may.
    #[error("first interval of the roster: expected one in which rosters may begin, the next is {next}, got {got}")]
    NoBeginning { next: IntervalIndex, got: IntervalIndex },
    /// A roster before one that is scheduled.
    #[error(
        "first interval of the roster: expected {scheduled}, where the newest begins, or later, got {got}"
    )]
    BeforeScheduled {
        scheduled: IntervalIndex,
        got: IntervalIndex,
    },
    /// Too many rosters that have not begun.
    #[error("rosters that begin in the future: expected fewer than {MAX_FUTURE_ROSTERS}, got {got}")]
    FutureRosters { got: u32 },
    /// More meters than seats are left.
    #[error("admissions: expected at most {free}, the free ones of {MAX_SEATS} seats, got {got}")]
    FreeSeats { free: usize, got: usize },
    /// A number that has come to its end; none can be reached.
    #[error("{what}: expected one more, got the last")]
    Exhausted { what: &'static str },

    // Reports.
    /// Nothing to report yet.
    #[error("roster: expected at least one, got none: no meter was admitted yet")]
    BeforeFirstRoster,
    /// Bytes that are no report.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A report that does not start where the last window ended.
    #[error("first interval: expected {expected}, where the last window ended, got {got}")]
    Start {
        expected: IntervalIndex,
        got: IntervalIndex,
    },
    /// Another report for a window that has one.
    #[error(
        "report of the window at {first_interval}: expected digest {expected}, which was accepted, got {got}"
    )]
    OtherReport {
        first_interval: IntervalIndex,
        expected: String,
        got: String,
    },
    /// A report for a gap.
    #[error("window at {first_interval}: expected one that is open, got a gap of {intervals} intervals, closed for good")]
    ClosedAsGap {
        first_interval: IntervalIndex,
        intervals: u64,
    },
    /// Another committee's report.
    #[error("epoch: expected {expected}, got {got}")]
    Epoch { expected: u32, got: u32 },
    /// Another roster's report.
    #[error("roster version: expected {expected}, got {got}")]
    RosterVersion { expected: u32, got: u32 },
    /// A revision beyond the bound.
    #[error("revision: expected at most {MAX_REVISION}, got {got}")]
    Revision { got: u16 },
    /// A report over a roster change.
    #[error("end of the report: expected at most {ends}, where the next roster begins, got {got}")]
    SpansRosters { ends: IntervalIndex, got: IntervalIndex },
    /// A report of intervals that have not ended.
    #[error("end of the report: expected at most {running}, the interval that runs now, got {got}")]
    NotEnded {
        running: IntervalIndex,
        got: IntervalIndex,
    },
    /// A report of intervals too old.
    #[error(
        "first interval: expected {oldest} or later, as older ones are to be closed as a gap, got {got}"
    )]
    TooOld {
        oldest: IntervalIndex,
        got: IntervalIndex,
    },
    /// Another resolution than the grid's.
    #[error("resolution: expected {expected} mWh, got {got} mWh")]
    Resolution { expected: u32, got: u32 },
    /// Another number of seats than the roster's.
    #[error("seats: expected {expected}, got {got}")]
    Seats { expected: usize, got: u16 },
    /// A signature of another length.
    #[error("signature of member {member}: expected 64 bytes, got {got}")]
    SignatureLength { member: u8, got: usize },
    /// No quorum.
    #[error(transparent)]
    Quorum(#[from] QuorumError),

    // Queries.
    /// An epoch that never was.
    #[error("epoch: expected one that has a committee, got {got}")]
    UnknownEpoch { got: u32 },
    /// A roster that never was.
    #[error("roster version: expected one that exists, got {got}")]
    UnknownRoster { got: u32 },
    /// A slot that was never given out.
    #[error("slot: expected one that was given out, got {slot}")]
    UnknownSlot { slot: u32 },
    /// No window begins there.
    #[error("window: expected the first interval of one, got {got}")]
    UnknownWindow { got: IntervalIndex },
    /// A page of nothing, or larger than a page is.
    #[error(transparent)]
    Page(#[from] PageLimit),

    // The code.
    /// The deployed contract is not one that this code may take over.
    #[error("migrate: {0}")]
    Migration(#[from] MigrationError),
    /// State that this code did not write.
    #[error(transparent)]
    Stored(#[from] Unreadable),
}
