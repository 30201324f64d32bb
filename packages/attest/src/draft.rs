//! A report that nobody has signed yet.

use cosmwasm_std::{Binary, HexBinary};
use gridpact_report::sign::SigningKey;
use gridpact_report::{decode, digest_of, encode, Domain, Report};
use serde::{Deserialize, Serialize};

use crate::assignment::Assignment;
use crate::error::Error;

/// A report's bytes, and where they count.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The chain it is for.
    pub chain_id: String,
    /// The registry it is for.
    pub registry: String,
    /// Its bytes.
    pub report: Binary,
}

/// One member's signature, as it goes from an oracle to whoever gathers them.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct SignedDigest {
    /// What was signed.
    pub digest: HexBinary,
    /// Whose key.
    pub public_key: HexBinary,
    /// r and s, 64 bytes.
    pub signature: Binary,
}

impl Draft {
    /// A report for the registry that asked for it.
    ///
    /// # Errors
    /// The report has no encoding.
    pub fn new(assignment: &Assignment, report: &Report) -> Result<Self, Error> {
        Ok(Self {
            chain_id: assignment.chain_id.clone(),
            registry: assignment.registry.clone(),
            report: Binary::from(encode(report)?),
        })
    }

    /// What it says.
    ///
    /// # Errors
    /// Bytes that are no report.
    pub fn decode(&self) -> Result<Report, Error> {
        Ok(decode(&self.report)?)
    }

    /// What members sign: it binds the bytes to the chain and the registry.
    ///
    /// # Errors
    /// Bytes that do not begin with a report's header.
    pub fn digest(&self) -> Result<[u8; 32], Error> {
        let domain = Domain {
            chain_id: &self.chain_id,
            registry: &self.registry,
        };
        Ok(digest_of(&domain, &self.report)?)
    }

    /// Signs it.
    ///
    /// # Errors
    /// As [`Draft::digest`].
    pub fn sign(&self, key: &SigningKey) -> Result<SignedDigest, Error> {
        let digest = self.digest()?;
        Ok(SignedDigest {
            digest: HexBinary::from(digest),
            public_key: HexBinary::from(key.public_key()),
            signature: Binary::from(key.sign_digest(&digest)),
        })
    }
}
