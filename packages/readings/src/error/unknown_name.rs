//! A name that is none of a list.

/// A name that is none of those there are.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("expected {expected}, got `{got}`")]
pub struct UnknownName {
    /// Those there are.
    pub expected: String,
    /// The name.
    pub got: String,
}

impl UnknownName {
    pub(crate) fn of<const N: usize>(names: [&str; N], got: &str) -> Self {
        Self {
            expected: names.join(", "),
            got: got.to_owned(),
        }
    }
}
