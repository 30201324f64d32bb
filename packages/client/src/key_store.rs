//! Keys in a folder: encrypted with age, or plain where only their owner can read them.

use std::fs;
use std::path::{Path, PathBuf};

use age::secrecy::zeroize::Zeroizing;
use age::secrecy::{ExposeSecret, SecretString};
use bip39::Mnemonic;

use crate::key_store_error::LONGEST_NAME;
use crate::secret_file::{read, write_new};
use crate::{Key, KeyError, KeyStoreError};

/// Words of a new key: 256 bits.
const WORDS: usize = 24;
const PLAIN: &str = "mnemonic";
const ENCRYPTED: &str = "age";

/// How a key's file is protected.
pub enum Protection {
    /// Encrypted with a passphrase (age, scrypt).
    Passphrase(SecretString),
    /// Encrypted to the identity in this file (age, X25519), which `age-keygen` or [`KeyStore::new_key_file`] makes.
    KeyFile(PathBuf),
    /// Not encrypted: mode 0600 is all there is.
    Plain,
}

/// What opens an encrypted key.
pub enum Unlock {
    /// The passphrase.
    Passphrase(SecretString),
    /// The file of the identity.
    KeyFile(PathBuf),
}

/// A folder of keys: `NAME.age` (encrypted) and `NAME.mnemonic` (plain, mode 0600).
#[derive(Clone, Debug)]
pub struct KeyStore {
    folder: PathBuf,
}

impl KeyStore {
    /// The keys in a folder, which is made with the first key.
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The names of all keys, sorted.
    pub fn names(&self) -> Vec<String> {
        let name = |entry: fs::DirEntry| {
            let path = entry.path();
            let kind = path.extension()?.to_str()?;
            (kind == PLAIN || kind == ENCRYPTED).then(|| path.file_stem()?.to_str().map(str::to_owned))?
        };
        let mut names: Vec<String> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(name)
            .collect();
        names.sort();
        names
    }

    /// True where a key needs a passphrase or a key file.
    ///
    /// # Errors
    /// No such key; the error lists those that there are.
    pub fn is_encrypted(&self, name: &str) -> Result<bool, KeyStoreError> {
        checked(name)?;
        if self.path(name, ENCRYPTED).is_file() {
            return Ok(true);
        }
        if self.path(name, PLAIN).is_file() {
            return Ok(false);
        }
        Err(KeyStoreError::Unknown {
            name: name.to_owned(),
            folder: self.folder.clone(),
            known: self.names(),
        })
    }

    /// Reads a key.
    ///
    /// # Errors
    /// No such key, a file that others can read, or one that `unlock` does not open.
    pub fn load(&self, name: &str, prefix: &str, unlock: Option<&Unlock>) -> Result<Key, KeyStoreError> {
        let words = if self.is_encrypted(name)? {
            let path = self.path(name, ENCRYPTED);
            let sealed = fs::read(&path).map_err(|cause| KeyStoreError::Io { path, cause })?;
            opened(name, &sealed, unlock)?
        } else {
            read(&self.path(name, PLAIN))?
        };
        Key::from_mnemonic(words.expose_secret(), prefix).map_err(|cause| KeyStoreError::Words {
            name: name.to_owned(),
            cause,
        })
    }

    /// Makes a key of 24 words, which are returned once, for the owner's own copy.
    ///
    /// # Errors
    /// A key of that name exists, or the file cannot be written.
    pub fn generate(
        &self,
        name: &str,
        prefix: &str,
        protection: &Protection,
    ) -> Result<(Key, SecretString), KeyStoreError> {
        let words = Mnemonic::generate(WORDS).map_err(|error| KeyStoreError::Words {
            name: name.to_owned(),
            cause: KeyError::Derivation(error.to_string()),
        })?;
        let words = SecretString::from(Zeroizing::new(words.to_string()).as_str());
        let key = self.import(name, &words, prefix, protection)?;
        Ok((key, words))
    }

    /// Keeps a key of known words, after checking them.
    ///
    /// # Errors
    /// A key of that name exists, the words give no key, or the file cannot be written.
    pub fn import(
        &self,
        name: &str,
        words: &SecretString,
        prefix: &str,
        protection: &Protection,
    ) -> Result<Key, KeyStoreError> {
        checked(name)?;
        let words = words.expose_secret().trim();
        let key = Key::from_mnemonic(words, prefix).map_err(|cause| KeyStoreError::Words {
            name: name.to_owned(),
            cause,
        })?;
        if self.is_encrypted(name).is_ok() {
            return Err(KeyStoreError::Exists(name.to_owned()));
        }
        let sealing = |error: age::EncryptError| KeyStoreError::NotSealed {
            name: name.to_owned(),
            cause: error.to_string(),
        };
        let (kind, text) = match protection {
            Protection::Passphrase(passphrase) => {
                let recipient = age::scrypt::Recipient::new(passphrase.clone());
                let sealed = age::encrypt_and_armor(&recipient, words.as_bytes()).map_err(sealing)?;
                (ENCRYPTED, Zeroizing::new(sealed))
            }
            Protection::KeyFile(path) => {
                let recipient = identity(path)?.to_public();
                let sealed = age::encrypt_and_armor(&recipient, words.as_bytes()).map_err(sealing)?;
                (ENCRYPTED, Zeroizing::new(sealed))
            }
            Protection::Plain => (PLAIN, Zeroizing::new(format!("{words}\n"))),
        };
        write_new(&self.path(name, kind), text.as_bytes())?;
        Ok(key)
    }

    /// Makes an age identity in a new file, mode 0600: it opens the keys that are encrypted to it.
    ///
    /// # Errors
    /// The file exists, or cannot be written.
    pub fn new_key_file(path: &Path) -> Result<(), KeyStoreError> {
        let identity = age::x25519::Identity::generate();
        let text = Zeroizing::new(format!(
            "# public key: {}\n{}\n",
            identity.to_public(),
            identity.to_string().expose_secret()
        ));
        write_new(path, text.as_bytes())
    }

    /// The file of a key.
    ///
    /// # Errors
    /// No such key.
    pub fn file(&self, name: &str) -> Result<PathBuf, KeyStoreError> {
        let kind = if self.is_encrypted(name)? {
            ENCRYPTED
        } else {
            PLAIN
        };
        Ok(self.path(name, kind))
    }

    fn path(&self, name: &str, kind: &str) -> PathBuf {
        self.folder.join(format!("{name}.{kind}"))
    }
}

fn checked(name: &str) -> Result<(), KeyStoreError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(fits) {
        Ok(())
    } else {
        Err(KeyStoreError::Name(name.to_owned()))
    }
}

fn opened(name: &str, sealed: &[u8], unlock: Option<&Unlock>) -> Result<SecretString, KeyStoreError> {
    let not_opened = |cause: String| KeyStoreError::NotOpened {
        name: name.to_owned(),
        cause,
    };
    let words = match unlock {
        None => return Err(KeyStoreError::Locked(name.to_owned())),
        Some(Unlock::Passphrase(passphrase)) => {
            age::decrypt(&age::scrypt::Identity::new(passphrase.clone()), sealed)
        }
        Some(Unlock::KeyFile(path)) => age::decrypt(&identity(path)?, sealed),
    };
    let words = Zeroizing::new(words.map_err(|error| not_opened(error.to_string()))?);
    let words =
        core::str::from_utf8(&words).map_err(|_| not_opened("what is in it is no text".to_owned()))?;
    Ok(SecretString::from(words))
}

fn identity(path: &Path) -> Result<age::x25519::Identity, KeyStoreError> {
    let text = read(path)?;
    text.expose_secret()
        .lines()
        .find_map(|line| line.trim().parse().ok())
        .ok_or_else(|| KeyStoreError::KeyFile(path.to_owned()))
}
