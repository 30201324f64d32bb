//! A report on its way: made, signed by members of the committee, put together, carried to the chain.

use std::path::Path;

use anyhow::{Context, Result};
use cosmwasm_std::Binary;
use gridpact_report::sign::{verify, SigningKey};
use gridpact_report::{digest_of, Domain};
use gridpact_types::registry::answers::CommitteeResponse;
use gridpact_types::registry::committee::Signature;
use serde::{Deserialize, Serialize};

use super::super::exit::bad_argument;
use super::super::{files, hex};

/// A report, signed by nobody yet or by as many as the quorum needs.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The chain it is for.
    pub chain_id: String,
    /// The registry it is for.
    pub registry: String,
    /// Its bytes.
    pub report: Binary,
    /// The quorum's signatures, members ascending; empty before `combine`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
}

/// One member's signature.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// What was signed, hex.
    pub digest: String,
    /// Whose key, hex.
    pub public_key: String,
    /// r and s, 64 bytes.
    pub signature: Binary,
}

impl Draft {
    /// Reads a file that `report make` or `report combine` wrote.
    ///
    /// # Errors
    /// Not there, or not of this shape.
    pub fn read(path: &Path) -> Result<Self> {
        files::read_json(path)?.with_context(|| format!("{}: there is no such file", path.display()))
    }

    /// What members sign, hashed over the chain, the registry, the report's header and its readings.
    ///
    /// # Errors
    /// Bytes without a report's header.
    pub fn digest(&self) -> Result<[u8; 32]> {
        let domain = Domain {
            chain_id: &self.chain_id,
            registry: &self.registry,
        };
        Ok(digest_of(&domain, &self.report)?)
    }

    /// Signs it.
    ///
    /// # Errors
    /// Bytes without a report's header.
    pub fn sign(&self, key: &SigningKey) -> Result<Signed> {
        let digest = self.digest()?;
        Ok(Signed {
            digest: hex(&digest),
            public_key: hex(&key.public_key()),
            signature: Binary::from(key.sign_digest(&digest)),
        })
    }

    /// Adds the members' signatures, after checking each as the chain will: over this report, valid, of distinct members,
    /// and enough of them. A member's second signature changes nothing.
    ///
    /// # Errors
    /// What the chain would refuse, with the file's name.
    pub fn combine(&self, committee: &CommitteeResponse, signed: &[(String, Signed)]) -> Result<Self> {
        let members = &committee.committee.members;
        let quorum = usize::from(committee.committee.quorum);
        let digest = self.digest()?;
        let mut signatures: Vec<Signature> = Vec::new();
        for (name, signed) in signed {
            let refuse = |text: String| bad_argument(format!("{name}: {text}"));
            if signed.digest != hex(&digest) {
                return Err(refuse(format!(
                    "expected a signature over {}, got one over {}: another report, chain or registry",
                    hex(&digest),
                    signed.digest
                )));
            }
            let member = members
                .iter()
                .position(|member| member.public_key.to_hex() == signed.public_key)
                .ok_or_else(|| {
                    refuse(format!(
                        "expected a member of epoch {}, got the key {}",
                        committee.epoch, signed.public_key
                    ))
                })?;
            let bytes: &[u8; 64] = signed
                .signature
                .as_slice()
                .try_into()
                .map_err(|_| refuse(format!("expected 64 bytes, got {}", signed.signature.len())))?;
            let key = members
                .get(member)
                .map(|member| member.public_key.as_slice())
                .unwrap_or_default();
            if !verify(&digest, bytes, key) {
                return Err(refuse("the signature is not of that key".to_owned()));
            }
            let member = u8::try_from(member)?;
            if !signatures.iter().any(|known| known.member == member) {
                signatures.push(Signature {
                    member,
                    signature: signed.signature.clone(),
                });
            }
        }
        if signatures.len() < quorum {
            return Err(bad_argument(format!(
                "expected signatures of {quorum} members, got {}",
                signatures.len()
            )));
        }
        signatures.sort_by_key(|signature| signature.member);
        Ok(Self {
            signatures,
            ..self.clone()
        })
    }
}
