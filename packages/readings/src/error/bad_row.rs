//! A row that is not what it should be, and how much of it is shown.

use std::borrow::Cow;

/// A row, or a header, that is not what it should be.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("{file}, line {line}, column {} ({}): expected {expected}, got `{}`", column.0, shown(&column.1), shown(got))]
pub struct BadRow {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Column by number, from 1, and name.
    pub column: (usize, String),
    /// What should stand there.
    pub expected: String,
    /// What does.
    pub got: String,
}

/// Letters of a cell that an error shows: a line of a terminal or two.
const SHOWN: usize = 240;

/// What stands in a file, cut where it is long.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}
