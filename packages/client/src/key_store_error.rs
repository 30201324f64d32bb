//! Why a key cannot be read or kept.

use std::io;
use std::path::PathBuf;

use crate::KeyError;

/// Longest name of a key.
pub(crate) const LONGEST_NAME: usize = 64;

/// What can go wrong with a key's file. Never tells what is in it.
#[derive(Debug, thiserror::Error)]
pub enum KeyStoreError {
    /// No key of that name.
    #[error("key {name}: expected one of {known:?} in {}", folder.display())]
    Unknown {
        /// What was asked for.
        name: String,
        /// Where keys are looked for.
        folder: PathBuf,
        /// What is there.
        known: Vec<String>,
    },
    /// There is one already.
    #[error("key {0} exists already; a key is never overwritten")]
    Exists(String),
    /// Not a name.
    #[error("key name: expected 1 to {LONGEST_NAME} letters, digits, '-' or '_', got {0:?}")]
    Name(String),
    /// Others than the owner may read the file.
    #[error("{}: expected mode 0600, got {mode:04o}: others can read this secret; chmod 600 it, and think about who has read it", path.display())]
    Mode {
        /// Which file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The file belongs to somebody else, who can read and change it.
    #[error("{}: expected a file of user {expected}, who runs this, got one of user {got}", path.display())]
    Owner {
        /// Which file.
        path: PathBuf,
        /// The user's number.
        expected: u32,
        /// The number of the file's owner.
        got: u32,
    },
    /// The file is encrypted, and nothing was given to open it.
    #[error("key {0} is encrypted: a passphrase or a key file is needed")]
    Locked(String),
    /// What was given does not open it.
    #[error("key {name}: not opened: {cause}")]
    NotOpened {
        /// Which key.
        name: String,
        /// What age said.
        cause: String,
    },
    /// It cannot be encrypted.
    #[error("key {name}: not encrypted: {cause}")]
    NotSealed {
        /// Which key.
        name: String,
        /// What age said.
        cause: String,
    },
    /// Not a file that holds a secret.
    #[error("{}: expected a text file of at most {most} bytes", path.display())]
    NotAFile {
        /// Which.
        path: PathBuf,
        /// Most bytes of a secret's file.
        most: u64,
    },
    /// Not a file of age identities.
    #[error("key file {}: expected a line AGE-SECRET-KEY-1…, as age-keygen writes", .0.display())]
    KeyFile(PathBuf),
    /// The system refused.
    #[error("{}: {cause}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What it said.
        cause: io::Error,
    },
    /// The words give no key.
    #[error("key {name}: {cause}")]
    Words {
        /// Which key.
        name: String,
        /// Why.
        cause: KeyError,
    },
}
