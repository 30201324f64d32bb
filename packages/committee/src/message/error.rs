//! Why bytes are no message, or one that does not count.

use gridpact_report::DecodeError;

/// Why bytes are no message, or one that does not count.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum MessageError {
    /// More bytes than any message needs.
    #[error("message: expected at most {max} bytes, got {got}")]
    TooLarge {
        /// The most.
        max: usize,
        /// Its bytes.
        got: usize,
    },
    /// It ends too soon.
    #[error("message: expected more bytes, got the end")]
    End,
    /// It goes on.
    #[error("message: expected the end, got {more} bytes more")]
    Trailing {
        /// Bytes behind its end.
        more: usize,
    },
    /// A list that is too long.
    #[error("{what}: expected at most {max}, got {got}")]
    Count {
        /// Of what.
        what: &'static str,
        /// The most.
        max: usize,
        /// How many.
        got: usize,
    },
    /// A kind that nobody knows, or a flag that is none.
    #[error("{what}: expected {expected}, got {got}")]
    Code {
        /// Of what.
        what: &'static str,
        /// The codes there are.
        expected: &'static str,
        /// What stands there.
        got: u8,
    },
    /// A list in another order than its one encoding has.
    #[error("{what}: expected ascending, each once, got another order")]
    Order {
        /// Of what.
        what: &'static str,
    },
    /// Bytes that should be a report, or a report's header.
    #[error(transparent)]
    Report(#[from] DecodeError),
}
