//! Why something cannot be checked.

use gridpact_market::SettleError;
use gridpact_replay::EventError;
use gridpact_report::archive::BalancesError;
use gridpact_report::quorum::QuorumError;
use gridpact_report::DecodeError;

/// Why something cannot be checked: what was expected, and what came.
#[derive(thiserror::Error, Debug)]
pub enum EngineError {
    /// Text that is not what it should be.
    #[error("{what}: {error}")]
    Json {
        /// What was read.
        what: &'static str,
        /// What is wrong.
        error: serde_json_wasm::de::Error,
    },
    /// Something that has no form as text.
    #[error("{what}: {error}")]
    Unwritable {
        /// What was to be written.
        what: &'static str,
        /// What is wrong.
        error: serde_json_wasm::ser::Error,
    },
    /// Bytes that are no report.
    #[error("report: {0}")]
    Report(#[from] DecodeError),
    /// A report of another roster.
    #[error("seats: expected {expected}, as the report has, got {got}")]
    Seats {
        /// Seats of the report.
        expected: u16,
        /// Seats given.
        got: usize,
    },
    /// Bytes that are not the balances of these seats.
    #[error(transparent)]
    Balances(#[from] BalancesError),
    /// A window that no grid settles.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// What cannot have happened.
    #[error(transparent)]
    Event(#[from] EventError),
    /// No such call.
    #[error("call: expected a kind from 0 to 10, got {got}")]
    Call {
        /// The kind given.
        got: u8,
    },
    /// A replay knows no vacant seats.
    #[error("seat {0}: expected a slot, got none")]
    Vacant(usize),
    /// Bytes that do not come out even.
    #[error("{what}: expected a multiple of {each} bytes, got {got}")]
    Pieces {
        /// What was cut into pieces.
        what: &'static str,
        /// Bytes of one.
        each: usize,
        /// Bytes given.
        got: usize,
    },
    /// Not one signature for each signer.
    #[error("signatures: expected {members}, one for each signer, got {got}")]
    SignatureCount {
        /// Signers named.
        members: usize,
        /// Signatures given.
        got: usize,
    },
    /// The signatures do not certify the report.
    #[error(transparent)]
    Quorum(#[from] QuorumError),
}
