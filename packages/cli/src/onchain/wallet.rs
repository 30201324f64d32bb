//! The keys of the person at this machine, by name, and accounts as people name them.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Result;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::Api;
use gridpact_client::{Key, KeyStore, KeyStoreError, Protection, SecretString, Unlock, MNEMONIC_VARIABLE};

use super::args::KeyArgs;
use super::exit::{bad_argument, BadArgument};

/// A folder of keys, for the addresses of one chain.
pub struct Wallet {
    folder: PathBuf,
    store: KeyStore,
    key_file: Option<PathBuf>,
    prefix: String,
    api: MockApi,
    /// Asked for once: most people have one passphrase for all their keys.
    passphrase: Mutex<Option<SecretString>>,
    /// Whether names of keys that are not here stand for accounts that nobody has.
    rehearsal: bool,
}

impl core::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Wallet({})", self.folder.display())
    }
}

impl Wallet {
    /// The keys that the options name, for addresses that begin with `prefix`.
    ///
    /// # Errors
    /// No folder named and no home directory.
    pub fn new(args: &KeyArgs, prefix: &str) -> Result<Self> {
        let folder = folder(args)?;
        // The checker of addresses keeps a prefix for ever; there is one a run.
        let lasting: &'static str = String::leak(prefix.to_owned());
        Ok(Self {
            store: KeyStore::open(&folder),
            folder,
            key_file: args.key_file.clone(),
            prefix: prefix.to_owned(),
            api: MockApi::default().with_prefix(lasting),
            passphrase: Mutex::default(),
            rehearsal: false,
        })
    }

    /// No keys at all: every name of one stands for an account that nobody has. For rehearsing what is sent nowhere.
    pub fn rehearsal(prefix: &str) -> Self {
        let lasting: &'static str = String::leak(prefix.to_owned());
        Self {
            store: KeyStore::open(Path::new("")),
            folder: PathBuf::new(),
            key_file: None,
            prefix: prefix.to_owned(),
            api: MockApi::default().with_prefix(lasting),
            passphrase: Mutex::default(),
            rehearsal: true,
        }
    }

    /// The folder itself.
    pub fn store(&self) -> &KeyStore {
        &self.store
    }

    /// What addresses begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Checks addresses as a contract on the chain does.
    pub fn api(&self) -> MockApi {
        self.api
    }

    /// The names of the keys, for a message.
    pub fn known(&self) -> String {
        let names = self.store.names();
        if names.is_empty() {
            format!(
                "{} holds none; gridpact keys generate makes one",
                self.folder.display()
            )
        } else {
            format!("{} holds {}", self.folder.display(), names.join(", "))
        }
    }

    /// Whether a key opens without asking anybody.
    pub fn opens_by_itself(&self, name: &str) -> bool {
        self.key_file.is_some() || matches!(self.store.is_encrypted(name), Ok(false))
    }

    /// Opens a key: asks for its passphrase where it is encrypted and no `--key-file` is given.
    ///
    /// # Errors
    /// No such key; a file that others can read; not opened.
    pub fn load(&self, name: &str) -> Result<Key> {
        let encrypted = self
            .store
            .is_encrypted(name)
            .map_err(|error| self.explained(name, error))?;
        let unlock = match (encrypted, &self.key_file) {
            (false, _) => None,
            (true, Some(file)) => Some(Unlock::KeyFile(file.clone())),
            (true, None) => Some(Unlock::Passphrase(self.passphrase(name)?)),
        };
        let loaded = self.store.load(name, &self.prefix, unlock.as_ref());
        if loaded.is_err() {
            // A wrong one is not kept.
            self.keep(None);
        }
        loaded.map_err(|error| self.explained(name, error))
    }

    /// The key that signs: the one named, or in CI the words in the environment.
    ///
    /// # Errors
    /// Neither; as [`Wallet::load`].
    pub fn signer(&self, name: Option<&str>) -> Result<Key> {
        match name {
            Some(name) => self.load(name),
            None if std::env::var_os(MNEMONIC_VARIABLE).is_some() => {
                Key::from_environment(&self.prefix).map_err(|error| bad_argument(error.to_string()))
            }
            None => Err(bad_argument(format!(
                "--from: expected the name of the key that signs ({}), got none",
                self.known()
            ))),
        }
    }

    /// An account as people name it: an address of this chain, or the name of a key.
    ///
    /// # Errors
    /// Neither; an address of another chain or with a mistake in it.
    pub fn address(&self, account: &str) -> Result<String> {
        // A key's name has neither the length nor the digit `1` behind a prefix that every address has.
        if account.len() < 38 || !account.contains('1') {
            if self.rehearsal {
                return Ok(self.api.addr_make(account).into_string());
            }
            return match self.load(account) {
                Ok(key) => Ok(key.address().to_owned()),
                // Whoever wrote this may have meant either.
                Err(error) if error.is::<BadArgument>() => Err(self.no_account(account)),
                Err(error) => Err(error),
            };
        }
        let checked = self.api.addr_validate(account);
        checked
            .map(|address| address.into_string())
            .map_err(|_| self.no_account(account))
    }

    fn no_account(&self, got: &str) -> anyhow::Error {
        bad_argument(format!(
            "expected an address {}1… (copied whole: it carries a check) or the name of a key, got `{got}`",
            self.prefix
        ))
    }

    /// How a new key is to be kept: plain, encrypted to `--key-file` (which is made where there is none), or with a
    /// passphrase asked for twice.
    ///
    /// # Errors
    /// No terminal to ask at; the two passphrases differ; a key file that cannot be made.
    pub fn protection(&self, plain: bool) -> Result<Protection> {
        match &self.key_file {
            _ if plain => Ok(Protection::Plain),
            Some(file) => {
                if !file.exists() {
                    KeyStore::new_key_file(file)?;
                    eprintln!(
                        "made {}: whoever has it opens the keys; keep a copy elsewhere",
                        file.display()
                    );
                }
                Ok(Protection::KeyFile(file.clone()))
            }
            None => {
                let passphrase = ask("Passphrase for the new key: ")?;
                if passphrase.is_empty() {
                    return Err(bad_argument(
                        "expected a passphrase, got none; --plain keeps a key unencrypted",
                    ));
                }
                if ask("The same again: ")? != passphrase {
                    return Err(bad_argument("expected the same passphrase twice, got two"));
                }
                Ok(Protection::Passphrase(passphrase.into()))
            }
        }
    }

    /// The person's own mistakes end with their exit code.
    fn explained(&self, name: &str, error: KeyStoreError) -> anyhow::Error {
        match error {
            KeyStoreError::Unknown { .. } => bad_argument(format!(
                "expected the name of a key ({}), got `{name}`",
                self.known()
            )),
            KeyStoreError::Name(_) => bad_argument(error.to_string()),
            error => error.into(),
        }
    }

    fn passphrase(&self, name: &str) -> Result<SecretString> {
        let known = self.passphrase.lock().ok().and_then(|known| known.clone());
        match known {
            Some(passphrase) => Ok(passphrase),
            None => {
                let passphrase = SecretString::from(ask(&format!("Passphrase of key {name}: "))?);
                self.keep(Some(passphrase.clone()));
                Ok(passphrase)
            }
        }
    }

    fn keep(&self, passphrase: Option<SecretString>) {
        if let Ok(mut kept) = self.passphrase.lock() {
            *kept = passphrase;
        }
    }
}

/// Asks at the terminal, without showing what is typed.
///
/// # Errors
/// There is no terminal.
pub fn ask(question: &str) -> Result<String> {
    rpassword::prompt_password(question).map_err(|error| {
        bad_argument(format!(
            "{question}expected a terminal to ask at, or --key-file FILE; {error}"
        ))
    })
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
