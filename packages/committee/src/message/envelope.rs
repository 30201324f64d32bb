//! A message as it goes from member to member, and what is signed of it.
//!
//! Observations, proposals and accepted files are signed under a domain of their own:
//! `SHA-256(len | "gridpact committee message v1" | len | chain id | len | registry | len | member and content)`, every length
//! as 8 bytes. A report's digest begins with the length of another tag, so no bytes are under both: what a member signed as
//! a message is never a vote, whatever it says. A vote is the signature of a report's digest and nothing else.

use gridpact_report::quorum::{check_quorum, QuorumError};
use gridpact_report::{body_hash, digest, split, DecodeError, Domain};
use sha2::{Digest, Sha256};

use super::bytes::{Reader, Writer};
use super::content::{Certificate, Content, MessageId, Vote};
use super::error::MessageError;
use crate::bounds::MAX_MESSAGE;
use crate::chain::Committee;
use crate::signing::Signing;

/// First field under every message's digest.
pub const MESSAGE_TAG: &str = "gridpact committee message v1";

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Something that a member signed under the messages' domain.
    Signed {
        /// Who.
        member: u8,
        /// What.
        content: Content,
        /// Its signature.
        signature: [u8; 64],
    },
    /// A member's signature of a report.
    Vote {
        /// Who.
        member: u8,
        /// Of what.
        vote: Vote,
        /// Its signature.
        signature: [u8; 64],
    },
    /// A report with a quorum's signatures. Whoever brings it needs no trust.
    Certificate(Certificate),
}

/// What a member signs of a content.
pub fn message_digest(domain: &Domain, member: u8, content: &Content) -> MessageId {
    let mut signed = Writer::default();
    signed.u8(member);
    content.write(&mut signed);
    let mut hash = Sha256::new();
    for field in [
        MESSAGE_TAG.as_bytes(),
        domain.chain_id.as_bytes(),
        domain.registry.as_bytes(),
        &signed.finish(),
    ] {
        hash.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}

impl Vote {
    /// The digest of the report.
    pub fn digest(&self, domain: &Domain) -> [u8; 32] {
        digest(domain, &self.header, &self.body_hash)
    }

    /// The vote for a report.
    ///
    /// # Errors
    /// Bytes that do not begin with a report's header.
    pub fn of(report: &[u8]) -> Result<Self, DecodeError> {
        let (header, body) = split(report)?;
        let body_hash = body_hash(body);
        Ok(Self { header, body_hash })
    }
}

impl Certificate {
    /// Whether a quorum signed it, as the chain will look.
    ///
    /// # Errors
    /// Bytes that are no report's; too few signatures, or one that is not valid.
    pub fn check<K: Signing>(
        &self,
        domain: &Domain,
        committee: &Committee,
    ) -> Result<Vote, CertificateError> {
        let vote = Vote::of(&self.report)?;
        let verify = |digest: &[u8; 32], signature: &[u8; 64], key: &[u8]| {
            <&[u8; 33]>::try_from(key).is_ok_and(|key| K::verify(digest, signature, key))
        };
        let (quorum, digest) = (committee.quorum.into(), vote.digest(domain));
        check_quorum(&committee.keys, quorum, &digest, &self.signatures, verify)?;
        Ok(vote)
    }
}

/// Why a certificate is none.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateError {
    /// Bytes that are no report's.
    #[error(transparent)]
    Report(#[from] DecodeError),
    /// No quorum signed it.
    #[error(transparent)]
    Quorum(#[from] QuorumError),
}

impl Message {
    /// Its one encoding.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        match self {
            Self::Signed {
                member,
                content,
                signature,
            } => {
                writer.u8(0);
                writer.u8(*member);
                writer.fixed(signature);
                content.write(&mut writer);
            }
            Self::Vote {
                member,
                vote,
                signature,
            } => {
                writer.u8(1);
                writer.u8(*member);
                writer.fixed(signature);
                vote.write(&mut writer);
            }
            Self::Certificate(certificate) => {
                writer.u8(2);
                certificate.write(&mut writer);
            }
        }
        writer.finish()
    }

    /// The inverse of [`Message::encode`].
    ///
    /// # Errors
    /// More than [`MAX_MESSAGE`] bytes; bytes that no message has.
    pub fn decode(bytes: &[u8]) -> Result<Self, MessageError> {
        if bytes.len() > MAX_MESSAGE {
            let (max, got) = (MAX_MESSAGE, bytes.len());
            return Err(MessageError::TooLarge { max, got });
        }
        let mut reader = Reader::new(bytes);
        let message = match reader.u8()? {
            0 => {
                let (member, signature) = (reader.u8()?, reader.fixed()?);
                let content = Content::read(&mut reader)?;
                Self::Signed {
                    member,
                    content,
                    signature,
                }
            }
            1 => {
                let (member, signature) = (reader.u8()?, reader.fixed()?);
                let vote = Vote::read(&mut reader)?;
                Self::Vote {
                    member,
                    vote,
                    signature,
                }
            }
            2 => Self::Certificate(Certificate::read(&mut reader)?),
            got => {
                return Err(MessageError::Code {
                    what: "message",
                    expected: "0 to 2",
                    got,
                });
            }
        };
        reader.finish()?;
        Ok(message)
    }

    /// What it is called, also among peers who tell each other what they have: what was signed, whoever signed it. A vote's
    /// name has its member, since all votes for a report sign the same.
    pub fn id(&self, domain: &Domain) -> MessageId {
        match self {
            Self::Signed { member, content, .. } => message_digest(domain, *member, content),
            Self::Vote { member, vote, .. } => named(b"vote", *member, &vote.digest(domain)),
            Self::Certificate(certificate) => {
                let digest = Vote::of(&certificate.report).map(|vote| vote.digest(domain));
                certificate_id(&digest.unwrap_or_default())
            }
        }
    }

    /// Whether the member signed it; a certificate has signatures of its own.
    pub fn is_signed_by<K: Signing>(&self, domain: &Domain, committee: &Committee) -> bool {
        let verify = |member: u8, digest: &[u8; 32], signature: &[u8; 64]| {
            let key = committee.keys.get(usize::from(member));
            key.is_some_and(|key| K::verify(digest, signature, key))
        };
        match self {
            Self::Signed {
                member,
                content,
                signature,
            } => verify(*member, &message_digest(domain, *member, content), signature),
            Self::Vote {
                member,
                vote,
                signature,
            } => verify(*member, &vote.digest(domain), signature),
            Self::Certificate(certificate) => certificate.check::<K>(domain, committee).is_ok(),
        }
    }
}

/// What a certificate is called: by the report, whoever put the signatures together.
pub fn certificate_id(digest: &[u8; 32]) -> MessageId {
    named(b"certificate", 0, digest)
}

fn named(kind: &[u8], member: u8, digest: &[u8; 32]) -> MessageId {
    let mut hash = Sha256::new();
    hash.update(kind);
    hash.update([member]);
    hash.update(digest);
    hash.finalize().into()
}
