use gridpact_market::{FeeId, PolicyError, SettleError, TermsError};
use gridpact_report::quorum::QuorumError;
use gridpact_report::DecodeError;
use gridpact_units::{Amount, IntervalIndex, Seat, Slot, UnixSeconds};

/// An event that cannot have happened after those before it.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("event {position}, at unix second {time}: {cause}")]
pub struct ReplayError {
    /// How many events were replayed before it.
    pub position: u64,
    /// Its time.
    pub time: UnixSeconds,
    /// Why it cannot be.
    pub cause: EventError,
}

/// Why an event cannot be.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum EventError {
    /// The policy does not hold together.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A committee or quorum that the protocol does not allow.
    #[error("committee: expected 1 to 32 members and a quorum of more than two thirds, got {members} and {quorum}")]
    Committee {
        /// Members of the committee.
        members: usize,
        /// Signatures asked for.
        quorum: usize,
    },
    /// A block before the last one.
    #[error("time: expected {expected} or later, got {got}")]
    Time {
        /// The time of the event before.
        expected: UnixSeconds,
        /// The event's.
        got: UnixSeconds,
    },
    /// A roster that begins in the past, or before one that is scheduled.
    #[error("first interval of a roster: expected {soonest} or later, got {got}")]
    RosterStart {
        /// The soonest interval.
        soonest: IntervalIndex,
        /// The roster's.
        got: IntervalIndex,
    },
    /// Not the version that a roster gets, or that a report must be written for.
    #[error("roster version: expected {expected}, got {got}")]
    RosterVersion {
        /// The version due.
        expected: u32,
        /// The version given.
        got: u32,
    },
    /// An admission of nobody.
    #[error("meters: expected at least one, got none")]
    NoMeter,
    /// Seats are given out in order.
    #[error("slot {slot}: expected seat {expected}, got {got}")]
    Seat {
        /// The slot.
        slot: Slot,
        /// The next seat.
        expected: usize,
        /// The seat given.
        got: Seat,
    },
    /// A slot is given out once.
    #[error("slot {slot}: expected none of this number, got a second one")]
    AccountExists {
        /// The slot.
        slot: Slot,
    },
    /// Terms out of bounds.
    #[error("slot {slot}: {error}")]
    Terms {
        /// The slot.
        slot: Slot,
        /// What is wrong.
        error: TermsError,
    },
    /// No account of this slot.
    #[error("slot {slot}: expected an open account, got none")]
    UnknownSlot {
        /// The slot.
        slot: Slot,
    },
    /// More goes out of an account than is free in it.
    #[error("slot {slot}: expected at most {free}, which is free, got {got}")]
    InsufficientFree {
        /// The slot.
        slot: Slot,
        /// What is free.
        free: Amount,
        /// What was taken.
        got: Amount,
    },
    /// More has become final than one message books, and a report must not leave any of it out.
    #[error("report: expected at most as many windows whose time is over as one message makes final, got more; `Finalise` comes first")]
    FinaliseFirst,
    /// Money that is none.
    #[error("{what}: expected more than 0")]
    Nothing {
        /// What it was.
        what: &'static str,
    },
    /// No such fee.
    #[error("fee: expected one that the policy or a held window has, got {got}")]
    UnknownFee {
        /// The number given.
        got: FeeId,
    },
    /// A report, a gap or a settlement before the first roster.
    #[error("roster: expected one before anything is reported, got none")]
    NoRoster,
    /// Bytes that are no report.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Not where the last window ended.
    #[error("first interval: expected {expected}, got {got}")]
    Start {
        /// Where the last window ended.
        expected: IntervalIndex,
        /// The report's.
        got: IntervalIndex,
    },
    /// Another report for a window that is closed, or one for a gap.
    #[error("window {first_interval}: expected the very report accepted before, got another")]
    OtherReport {
        /// The window.
        first_interval: IntervalIndex,
    },
    /// Another epoch than the committee's.
    #[error("epoch: expected {expected}, got {got}")]
    Epoch {
        /// The committee's.
        expected: u32,
        /// The report's.
        got: u32,
    },
    /// A report reaches into the next roster.
    #[error("end: expected at most {ends}, where the roster ends, got {got}")]
    SpansRosters {
        /// First interval of the next roster.
        ends: IntervalIndex,
        /// Where the report ends.
        got: IntervalIndex,
    },
    /// A report of intervals that have not ended.
    #[error("end: expected at most {running}, the interval that runs, got {got}")]
    NotEnded {
        /// The interval that runs.
        running: IntervalIndex,
        /// Where the report ends.
        got: IntervalIndex,
    },
    /// A report of intervals that may not be reported any more.
    #[error("first interval: expected {oldest} or later, the oldest within the limit, got {got}")]
    TooOld {
        /// The oldest interval that may be reported.
        oldest: IntervalIndex,
        /// The report's.
        got: IntervalIndex,
    },
    /// A report in another resolution than the grid's.
    #[error("resolution: expected {expected} mWh, got {got} mWh")]
    Resolution {
        /// The grid's.
        expected: u32,
        /// The report's.
        got: u32,
    },
    /// Too few signatures, or others than the committee's.
    #[error(transparent)]
    Quorum(#[from] QuorumError),
    /// No such roster.
    #[error("roster version: expected one that was made, got {got}")]
    UnknownRoster {
        /// The version given.
        got: u32,
    },
    /// Not one reading for every interval and seat.
    #[error("readings: expected {expected} (intervals x seats), got {got}")]
    Readings {
        /// Intervals x seats.
        expected: usize,
        /// Readings given.
        got: usize,
    },
    /// Not one balance for every seat.
    #[error("balances: expected {expected}, one for each seat, got {got}")]
    Balances {
        /// Seats of the roster.
        expected: usize,
        /// Balances given.
        got: usize,
    },
    /// Something of the window was settled already; windows come in order.
    #[error("window: expected a first interval from {settled_until} on, got {got}")]
    Settled {
        /// Where the last window ended.
        settled_until: IntervalIndex,
        /// First interval of the window that came.
        got: IntervalIndex,
    },
    /// What settlement itself refuses.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// A gap where there is none.
    #[error("gap: expected intervals from {next} on that are older than {oldest}, got none")]
    NoGap {
        /// Where the last window ended.
        next: IntervalIndex,
        /// The oldest interval that may still be reported.
        oldest: IntervalIndex,
    },
    /// A sum that no grid comes near.
    #[error("{what}: expected a sum below 2^128")]
    Arithmetic {
        /// Which sum.
        what: &'static str,
    },
}
