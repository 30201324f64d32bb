//! Members' signatures put together, one after the other, as they come.

use std::collections::BTreeMap;

use cosmwasm_std::{Binary, HexBinary};
use gridpact_report::sign::verify;
use gridpact_types::registry::answers::CommitteeResponse;
use gridpact_types::registry::committee::Signature;

use crate::certificate::Certificate;
use crate::draft::{Draft, SignedDigest};
use crate::error::Error;

/// The signatures of a report so far, each checked as the chain will.
#[derive(Clone, Debug)]
pub struct Gathering {
    draft: Draft,
    digest: [u8; 32],
    committee: CommitteeResponse,
    /// By member.
    signatures: BTreeMap<u8, Binary>,
}

impl Gathering {
    /// No signature yet; of the committee whose epoch the report names.
    ///
    /// # Errors
    /// Bytes that are no report; the committee of another epoch.
    pub fn new(draft: Draft, committee: CommitteeResponse) -> Result<Self, Error> {
        let expected = draft.decode()?.header.epoch;
        if expected != committee.epoch {
            return Err(Error::Epoch {
                expected,
                got: committee.epoch,
            });
        }
        Ok(Self {
            digest: draft.digest()?,
            draft,
            committee,
            signatures: BTreeMap::new(),
        })
    }

    /// Adds a signature and tells its member. A member's second one changes nothing.
    ///
    /// # Errors
    /// Over another digest, of a key that is no member's, not made by that key.
    pub fn add(&mut self, signed: &SignedDigest) -> Result<u8, Error> {
        if signed.digest.as_slice() != self.digest {
            return Err(Error::Digest {
                expected: HexBinary::from(self.digest).to_hex(),
                got: signed.digest.to_hex(),
            });
        }
        let mut members = (0..=u8::MAX).zip(&self.committee.committee.members);
        let member = members.find(|(_, member)| member.public_key == signed.public_key);
        let (member, _) = member.ok_or_else(|| Error::NotMember {
            epoch: self.committee.epoch,
            got: signed.public_key.to_hex(),
        })?;
        let bytes: &[u8; 64] = signed.signature.as_slice().try_into().map_err(|_| {
            let got = signed.signature.len();
            Error::SignatureLength { got }
        })?;
        if !verify(&self.digest, bytes, &signed.public_key) {
            return Err(Error::Forged);
        }
        self.signatures
            .entry(member)
            .or_insert_with(|| signed.signature.clone());
        Ok(member)
    }

    /// How many more members must sign.
    pub fn still_needed(&self) -> usize {
        usize::from(self.committee.committee.quorum).saturating_sub(self.signatures.len())
    }

    /// The report with its signatures.
    ///
    /// # Errors
    /// Too few of them.
    pub fn certificate(&self) -> Result<Certificate, Error> {
        if self.still_needed() > 0 {
            return Err(Error::TooFewSignatures {
                quorum: self.committee.committee.quorum,
                got: self.signatures.len(),
            });
        }
        let signature = |(member, signature): (&u8, &Binary)| Signature {
            member: *member,
            signature: signature.clone(),
        };
        Ok(Certificate {
            draft: self.draft.clone(),
            signatures: self.signatures.iter().map(signature).collect(),
        })
    }
}
