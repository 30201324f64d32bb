//! One program at a time works with a key that must not sign twice.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::KeyStoreError;

/// A hold of a key's file; ends with it.
#[derive(Debug)]
pub struct KeyLock {
    _file: File,
}

impl KeyLock {
    /// Takes the file of a key; `None` where another program holds it, as an oracle's service does while it runs.
    ///
    /// # Errors
    /// The file is not there, or the system refuses.
    pub fn take(path: &Path) -> Result<Option<Self>, KeyStoreError> {
        let io = |cause| KeyStoreError::Io {
            path: path.to_owned(),
            cause,
        };
        let file = File::open(path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(cause)) => Err(io(cause)),
        }
    }
}
