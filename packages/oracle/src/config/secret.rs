//! Secrets, from files that only their owner can read or from systemd's credentials.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use gridpact_client::{read_secret, ExposeSecret, Key, KeyError, KeyStoreError, SecretString};

use super::text::SecretPlace;

/// Longest credential, as of a file.
const LONGEST: u64 = 16 * 1024;

/// Why there is no secret. Never repeats it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file is not there, or others could read it.
    #[error(transparent)]
    File(#[from] KeyStoreError),
    /// systemd gave no credentials.
    #[error(
        "credential {name}: expected a service that systemd started with LoadCredential={name}:…, got none"
    )]
    NoCredentials {
        /// Which.
        name: String,
    },
    /// The credential cannot be read.
    #[error("credential {name}: {cause}")]
    Credential {
        /// Which.
        name: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The text gives no key.
    #[error("{place}: {cause}")]
    Key {
        /// Where it stands.
        place: String,
        /// Why.
        cause: KeyError,
    },
    /// Another program works with this key.
    #[error("{}: another program holds this key (a gridpact-oracle that runs, or a gridpact command)", path.display())]
    InUse {
        /// The key's file.
        path: PathBuf,
    },
}

impl SecretPlace {
    /// The file itself.
    ///
    /// # Errors
    /// A credential, and systemd gave none.
    pub fn path(&self) -> Result<PathBuf, SecretError> {
        match self {
            Self::File(path) => Ok(path.clone()),
            Self::Credential(name) => {
                let folder = std::env::var_os("CREDENTIALS_DIRECTORY");
                let none = || SecretError::NoCredentials { name: name.clone() };
                Ok(Path::new(&folder.ok_or_else(none)?).join(name))
            }
        }
    }

    /// The secret, without blanks around it.
    ///
    /// # Errors
    /// It is not there, others could read it, it is longer than 16 KiB.
    pub fn read(&self) -> Result<SecretString, SecretError> {
        let text = match self {
            Self::File(path) => read_secret(path)?,
            // systemd guards the folder; the file's own mode is not ours to judge.
            Self::Credential(name) => {
                let mut text = String::new();
                let read =
                    File::open(self.path()?).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
                read.map_err(|cause| SecretError::Credential {
                    name: name.clone(),
                    cause,
                })?;
                SecretString::from(text)
            }
        };
        Ok(SecretString::from(text.expose_secret().trim()))
    }

    /// The key of the words that stand there.
    ///
    /// # Errors
    /// As [`SecretPlace::read`]; the words give no key.
    pub fn key(&self, prefix: &str) -> Result<Key, SecretError> {
        let words = self.read()?;
        Key::from_mnemonic(words.expose_secret(), prefix).map_err(|cause| SecretError::Key {
            place: self.to_string(),
            cause,
        })
    }
}

impl core::fmt::Display for SecretPlace {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Credential(name) => write!(f, "credential {name}"),
        }
    }
}
