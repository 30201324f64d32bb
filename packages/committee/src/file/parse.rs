//! The file's text to what it says, checked.

use gridpact_units::Seconds;

use super::check::check;
use super::error::FileError;
use super::shape::SharedFile;
use crate::bounds::{MAX_FILE, MIN_SLOT};

impl SharedFile {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// Too many bytes, an unknown key, a value that is none, values that do not fit together.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        Self::parse_with(text, MIN_SLOT)
    }

    /// The same where slots may be shorter, at least a second: for tests, which have no hour to wait.
    ///
    /// # Errors
    /// As [`SharedFile::parse`].
    pub fn parse_with(text: &str, shortest_slot: Seconds) -> Result<Self, FileError> {
        if text.len() > MAX_FILE {
            return Err(FileError::TooLarge {
                max: MAX_FILE,
                got: text.len(),
            });
        }
        let file: Self = toml::from_str(text).map_err(|error| FileError::Shape(error.to_string()))?;
        check(&file, shortest_slot)?;
        Ok(file)
    }
}
