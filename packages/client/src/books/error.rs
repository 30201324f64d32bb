use gridpact_replay::{EventError, ReplayError};
use gridpact_report::DecodeError;
use gridpact_units::{IntervalIndex, Slot};

use crate::Error;

/// Why a grid's books cannot be read back from its transactions.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The chain did not answer, or not as expected.
    #[error("reading the chain")]
    Chain(#[from] Error),
    /// There is no such contract.
    #[error("{address}: expected a contract, got nothing")]
    NoContract {
        /// The address.
        address: String,
    },
    /// What the grid was made with cannot be.
    #[error("the grid as it was made")]
    Grid(#[source] Cause),
    /// A transaction that cannot have happened, or does not tell enough.
    #[error("transaction {hash} in block {height}")]
    Transaction {
        /// Its hash.
        hash: String,
        /// Its block.
        height: u64,
        /// What is wrong.
        #[source]
        cause: Cause,
    },
}

/// What is wrong with a transaction.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// The contracts allowed what the rules do not.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// What the grid was made with does not hold together.
    #[error(transparent)]
    Terms(#[from] EventError),
    /// Bytes that a contract took for a report are none.
    #[error(transparent)]
    Report(#[from] DecodeError),
    /// A message to the grid that this program cannot read.
    #[error("message to {contract}: expected one of the contract's, got another: {error}")]
    Message {
        /// The contract.
        contract: String,
        /// What is wrong.
        error: String,
    },
    /// A signature or key of another length.
    #[error("{what}: expected {expected} bytes, got {got}")]
    Length {
        /// What it is.
        what: &'static str,
        /// Its length.
        expected: usize,
        /// What came.
        got: usize,
    },
    /// An event without what it is documented to tell.
    #[error("event {event}: expected a number or text in {key}, got {got}")]
    Attribute {
        /// The event.
        event: String,
        /// The key.
        key: String,
        /// What stands there.
        got: String,
    },
    /// An event of the grid's contracts that this program does not know.
    #[error(
        "event {kind} of the grid's contracts: expected one that this program knows; a newer program may"
    )]
    UnknownEvent {
        /// Its kind.
        kind: String,
    },
    /// The contract says nothing of a message that it carried out, or something else.
    #[error("expected the event of a message `{message}`, got none")]
    NoEvent {
        /// The message.
        message: &'static str,
    },
    /// A report that another contract carried: its bytes stand in no message.
    #[error("the report of window {first_interval} was carried from within another contract: its bytes stand in no message")]
    HiddenReport {
        /// The window.
        first_interval: IntervalIndex,
    },
    /// A meter that another contract admitted, or proposed: its terms stand in no message.
    #[error(
        "slot {slot} was proposed or admitted from within another contract: its terms stand in no message"
    )]
    HiddenMeter {
        /// The slot.
        slot: Slot,
    },
    /// A window settled without a report.
    #[error("event {event}: expected it after a report's, got it alone")]
    Stray {
        /// The event.
        event: &'static str,
    },
}
