//! A file whose beginning was looked at.

use std::io::Read;

/// A file's text, from its beginning on.
pub(super) struct Text<'a> {
    /// Name of the file.
    pub file: String,
    /// Its letters, as UTF-8.
    pub bytes: Box<dyn Read + 'a>,
    /// Whether lines end with a carriage return too.
    pub crlf: bool,
}

/// A meter's name where a file holds one household and does not say whose: the file's own, without what stands behind a point.
pub(super) fn stem(file: &str) -> &str {
    let name = file.split('.').next().unwrap_or_default();
    if name.is_empty() {
        file
    } else {
        name
    }
}
