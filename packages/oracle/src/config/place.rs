//! Where in the file something is wrong.

use toml::Spanned;

/// Where in the file, and what is wrong there.
pub(super) type Wrong = (Place, String);

/// A place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A byte of it.
    Byte(usize),
    /// A key of a table; of a list of tables the one of this number, from 0.
    Key(&'static str, Option<usize>, &'static str),
}

pub(super) fn wrong<T>(at: &Spanned<T>, problem: String) -> Result<(), Wrong> {
    Err((Place::Byte(at.span().start), problem))
}
