//! Keys of accounts: BIP-39 words, derived as Cosmos does.

use core::fmt;

use age::secrecy::zeroize::Zeroizing;
use bip39::Mnemonic;
use cosmrs::bip32::{DerivationPath, XPrv};
use cosmrs::crypto::secp256k1::SigningKey;
use cosmrs::AccountId;
use gridpact_report::sign::SigningKey as ReportKey;

/// Cosmos' path (SLIP-44 coin type 118): account 0, address 0.
const PATH: &str = "m/44'/118'/0'/0/0";

/// The environment variable that holds a key's words. For CI only: other processes of the user can read it.
pub const MNEMONIC_VARIABLE: &str = "GRIDPACT_MNEMONIC";

/// A text that gives no key. Never repeats the text.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    /// Not a mnemonic of BIP-39.
    #[error("mnemonic: expected 12, 15, 18, 21 or 24 English words of BIP-39 ({0})")]
    Mnemonic(String),
    /// The words give no key; practically impossible.
    #[error("key: {0}")]
    Derivation(String),
    /// The environment variable for the key is not set.
    #[error("key: expected BIP-39 words in the environment variable {MNEMONIC_VARIABLE}, which is not set")]
    NoEnvironment,
    /// The prefix makes no address.
    #[error("address prefix {prefix:?}: {cause}")]
    Prefix {
        /// Which.
        prefix: String,
        /// Why.
        cause: String,
    },
}

/// An account's key. Its `Debug` shows the address only.
pub struct Key {
    signer: SigningKey,
    report_key: ReportKey,
    address: String,
}

impl Key {
    /// The key of BIP-39 words (without a passphrase of its own), for addresses that begin with `prefix`.
    ///
    /// # Errors
    /// The words are not BIP-39 (a wrong word is told by its place, never by itself), or the prefix makes no address.
    pub fn from_mnemonic(phrase: &str, prefix: &str) -> Result<Self, KeyError> {
        let words =
            Mnemonic::parse_normalized(phrase.trim()).map_err(|error| KeyError::Mnemonic(reason(error)))?;
        let seed = Zeroizing::new(words.to_seed(""));
        let derivation = |error: &dyn fmt::Display| KeyError::Derivation(error.to_string());
        let path: DerivationPath = PATH.parse().map_err(|error| derivation(&error))?;
        let key = XPrv::derive_from_path(*seed, &path).map_err(|error| derivation(&error))?;
        let secret = Zeroizing::new(<[u8; 32]>::from(key.private_key().to_bytes()));
        Self::from_secret(&secret, prefix)
    }

    /// The key whose number is `secret`, most significant byte first: for keys that are made on the way and kept nowhere.
    ///
    /// # Errors
    /// Zero, or not below the order of secp256k1; the prefix makes no address.
    pub fn from_secret(secret: &[u8; 32], prefix: &str) -> Result<Self, KeyError> {
        let derivation = |error: &dyn fmt::Display| KeyError::Derivation(error.to_string());
        let report_key = ReportKey::from_bytes(secret).map_err(|error| derivation(&error))?;
        let signer = SigningKey::from_slice(secret).map_err(|error| derivation(&error))?;
        let address = address(&signer, prefix)?;
        Ok(Self {
            signer,
            report_key,
            address,
        })
    }

    /// The key of the words in [`MNEMONIC_VARIABLE`].
    ///
    /// # Errors
    /// The variable is not set, or its words give no key.
    pub fn from_environment(prefix: &str) -> Result<Self, KeyError> {
        let phrase = std::env::var(MNEMONIC_VARIABLE).map_err(|_| KeyError::NoEnvironment)?;
        let phrase = Zeroizing::new(phrase);
        Self::from_mnemonic(&phrase, prefix)
    }

    /// The same key for the reports of an oracle.
    pub fn report_key(&self) -> &ReportKey {
        &self.report_key
    }

    /// Its public key in compressed form (SEC 1), as committees list it.
    pub fn public_key(&self) -> [u8; 33] {
        self.report_key.public_key()
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn signer(&self) -> &SigningKey {
        &self.signer
    }
}

/// What is wrong, without the words themselves.
fn reason(error: bip39::Error) -> String {
    match error {
        bip39::Error::BadWordCount(count) => format!("got {count} words"),
        bip39::Error::UnknownWord(index) => format!("word {} is not in the list", index.saturating_add(1)),
        bip39::Error::InvalidChecksum => "the checksum does not fit: a word is wrong or misplaced".to_owned(),
        _ => "not recognised".to_owned(),
    }
}

fn address(signer: &SigningKey, prefix: &str) -> Result<String, KeyError> {
    let wrong = |error: cosmrs::ErrorReport| KeyError::Prefix {
        prefix: prefix.to_owned(),
        cause: error.to_string(),
    };
    let id: AccountId = signer.public_key().account_id(prefix).map_err(wrong)?;
    Ok(id.to_string())
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.address)
    }
}
