//! What is wrong with a shared file.

/// What is wrong with a shared file.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// A key that nobody knows, or a value that is none; the words name the line.
    #[error("{0}")]
    Shape(String),
    /// More bytes than a shared file needs.
    #[error("expected at most {max} bytes, got {got}")]
    TooLarge {
        /// The most.
        max: usize,
        /// Its bytes.
        got: usize,
    },
    /// A value that does not fit.
    #[error("{place}: expected {expected}, got {got}")]
    Value {
        /// Where, as a path of keys: `meters[3].readers`.
        place: String,
        /// What would fit.
        expected: String,
        /// What stands there.
        got: String,
    },
}

/// A value that does not fit.
pub(super) fn wrong<T>(
    place: impl Into<String>,
    expected: impl Into<String>,
    got: impl Into<String>,
) -> Result<T, FileError> {
    Err(FileError::Value {
        place: place.into(),
        expected: expected.into(),
        got: got.into(),
    })
}
