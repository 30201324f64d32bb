//! The keys of the person at this machine, by name.

use std::path::PathBuf;

use anyhow::{Context, Result};
use gridpact_client::Key;

use super::args::KeyArgs;
use super::exit::bad_argument;

/// A folder of keys, for the addresses of one chain.
#[derive(Clone, Debug)]
pub struct Keyring {
    folder: PathBuf,
    prefix: String,
}

impl Keyring {
    /// The keys that the options name, for addresses that begin with `prefix`.
    ///
    /// # Errors
    /// No folder named and no home directory.
    pub fn new(args: &KeyArgs, prefix: &str) -> Result<Self> {
        Ok(Self {
            folder: folder(args)?,
            prefix: prefix.to_owned(),
        })
    }

    /// The names of the keys, for a message.
    pub fn known(&self) -> String {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let name = |entry: std::fs::DirEntry| {
            Some(entry.file_name().to_str()?.strip_suffix(".mnemonic")?.to_owned())
        };
        let mut names: Vec<String> = entries.filter_map(name).collect();
        names.sort();
        if names.is_empty() {
            format!("{} holds none", self.folder.display())
        } else {
            format!("{} holds {}", self.folder.display(), names.join(", "))
        }
    }

    /// Unlocks a key.
    ///
    /// # Errors
    /// No such key, or it cannot be unlocked.
    pub fn load(&self, name: &str) -> Result<Key> {
        let path = self.folder.join(format!("{name}.mnemonic"));
        if !path.is_file() {
            return Err(bad_argument(format!(
                "expected a key ({}), got `{name}`",
                self.known()
            )));
        }
        let words = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(Key::from_mnemonic(&words, &self.prefix)?)
    }

    /// An account as people name it: an address of this chain, or the name of a key.
    ///
    /// # Errors
    /// Neither.
    pub fn address(&self, account: &str) -> Result<String> {
        if account.starts_with(&format!("{}1", self.prefix)) {
            return Ok(account.to_owned());
        }
        Ok(self.load(account)?.address().to_owned())
    }
}

/// The folder of keys: the option's, or ~/.gridpact/keys.
fn folder(args: &KeyArgs) -> Result<PathBuf> {
    match (&args.keys, std::env::home_dir()) {
        (Some(folder), _) => Ok(folder.clone()),
        (None, Some(home)) => Ok(home.join(".gridpact").join("keys")),
        (None, None) => Err(bad_argument(
            "--keys: expected a folder, got none, and there is no home directory",
        )),
    }
}
