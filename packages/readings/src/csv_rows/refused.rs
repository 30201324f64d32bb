//! Files that cannot be read on.

use std::io;

use crate::error::Error;

/// What the system says.
pub(super) fn unreadable(file: &str, source: io::Error) -> Error {
    Error::Unreadable {
        file: file.to_owned(),
        source,
    }
}

/// What the CSV reader complains of: of rows only that they are no text, since their lengths are looked at here.
pub(crate) fn refused(file: &str, skipped: u64, error: csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(source) => unreadable(file, source),
        csv::ErrorKind::Utf8 { .. } => Error::NotText {
            file: file.to_owned(),
            line: line.saturating_add(skipped),
        },
        other => unreadable(file, io::Error::other(format!("{other:?}"))),
    }
}
