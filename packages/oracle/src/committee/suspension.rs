//! Somebody else signs with this key: that is known over restarts, until the operator says otherwise.
//!
//! Three files in the folder, each only ever made or removed whole: `doppelganger` while nothing may be signed, `resume` and
//! `new-key` for what the operator said and the service has not taken in yet.

use std::fs;
use std::io;
use std::path::Path;

use crate::store::error::StoreError;
use crate::store::files::write_whole;

const SUSPENDED: &str = "doppelganger";

/// What an operator says with `gridpact-oracle resume`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nobody else has the key any more.
    Resume,
    /// Nothing was ever signed with the key that the database does not know.
    NewKey,
}

impl Said {
    const fn file(self) -> &'static str {
        match self {
            Self::Resume => "resume",
            Self::NewKey => "new-key",
        }
    }
}

/// Nothing may be signed from now on.
///
/// # Errors
/// The system refuses.
pub fn suspend(folder: &Path) -> Result<(), StoreError> {
    write_whole(&folder.join(SUSPENDED), b"")
}

/// Whether nothing may be signed.
pub fn is_suspended(folder: &Path) -> bool {
    folder.join(SUSPENDED).exists()
}

/// Says something to the service, which runs or will.
///
/// # Errors
/// The system refuses.
pub fn say(folder: &Path, said: Said) -> Result<(), StoreError> {
    write_whole(&folder.join(said.file()), b"")
}

/// What was said and is not done yet.
pub fn heard(folder: &Path) -> Option<Said> {
    let said = [Said::Resume, Said::NewKey];
    said.into_iter().find(|said| folder.join(said.file()).exists())
}

/// It is done.
///
/// # Errors
/// The system refuses.
pub fn done(folder: &Path, said: Said) -> Result<(), StoreError> {
    let files: &[&str] = match said {
        Said::Resume => &[SUSPENDED, Said::Resume.file()],
        Said::NewKey => &[Said::NewKey.file()],
    };
    for file in files {
        let path = folder.join(file);
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::File { path, cause });
            }
            _ => {}
        }
    }
    Ok(())
}
