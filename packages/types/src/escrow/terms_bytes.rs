//! Terms as bytes: what is hashed, agreed to and kept.
//!
//! A contract writes a project's terms once, when it opens, and never again: one that knows more fields would write the same
//! terms in other bytes. So whoever wants to know what was agreed hashes the bytes that the contract keeps, and reads them as
//! their version says.

use cosmwasm_schema::serde::Deserialize;
use cosmwasm_std::{from_json, to_json_vec, HexBinary, StdError, StdResult};
use sha2::{Digest, Sha256};

use super::terms::{Terms, TERMS_VERSION};
use crate::strict::Strict;

/// Why bytes are not read as terms.
#[derive(thiserror::Error, Debug, PartialEq)]
pub enum TermsError {
    /// Terms of a version that came later, or never was.
    #[error("terms: expected version {expected}, got {got}")]
    UnknownVersion {
        /// The version that is read.
        expected: u32,
        /// The version of these.
        got: u32,
    },
    /// No terms of their version: not JSON, a field missing or unknown, a value out of range.
    #[error("terms: {0}")]
    Unreadable(#[from] StdError),
}

/// What all versions have.
#[derive(Deserialize)]
#[serde(crate = "cosmwasm_schema::serde")]
struct Versioned {
    version: u32,
}

impl Terms {
    /// The bytes that a contract keeps of these terms: compact JSON, the fields in the order of the struct. The README of
    /// pledge-escrow says it to the byte.
    ///
    /// # Errors
    /// None: terms are plain data.
    pub fn to_bytes(&self) -> StdResult<Vec<u8>> {
        to_json_vec(self)
    }

    /// Terms that a contract keeps. Strict: whoever agrees to terms must be shown every field of them.
    ///
    /// # Errors
    /// A version that is not known here; bytes that are not terms of their version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TermsError> {
        check_version(from_json::<Versioned>(bytes)?.version)?;
        Ok(from_json::<Strict<Self>>(bytes)?.0)
    }

    /// Refuses terms of a version that is not known here.
    ///
    /// # Errors
    /// Any but [`TERMS_VERSION`].
    pub const fn check_version(&self) -> Result<(), TermsError> {
        check_version(self.version)
    }
}

const fn check_version(got: u32) -> Result<(), TermsError> {
    match got {
        TERMS_VERSION => Ok(()),
        got => Err(TermsError::UnknownVersion {
            expected: TERMS_VERSION,
            got,
        }),
    }
}

/// What a pledge and the contractor's acceptance name: SHA-256 of terms as bytes.
pub fn terms_hash(bytes: &[u8]) -> HexBinary {
    HexBinary::from(Sha256::digest(bytes).to_vec())
}
