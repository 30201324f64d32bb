//! What a message says, and its one encoding.

use gridpact_report::quorum::Signature;
use gridpact_report::{Header, MAX_HEADER_LENGTH};
use gridpact_units::IntervalIndex;

use super::bytes::{Reader, Writer};
use super::error::MessageError;
use crate::bounds::{MAX_FILES, MAX_SIGNATURES};
use crate::file::hash::FileHash;

/// What a message is called: the digest that its member signed.
pub type MessageId = [u8; 32];

/// Which slot a message is about, and by which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The shared file.
    pub file: FileHash,
    /// The committee's epoch.
    pub epoch: u32,
    /// First interval of the window.
    pub first: IntervalIndex,
    /// The slot, which is the revision.
    pub slot: u16,
}

/// What a member read itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The slot.
    pub about: About,
    /// The shared files that it accepted, ascending.
    pub accepted: Vec<FileHash>,
    /// A report's bytes: what it read; a missing reading is one that it did not.
    pub report: Vec<u8>,
}

/// A draft and what it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The slot.
    pub about: About,
    /// The turn of the slot.
    pub turn: u32,
    /// The block whose state the draft follows.
    pub height: u64,
    /// How often the largest extent was halved.
    pub halvings: u8,
    /// The observations, by what they are called, ascending.
    pub observations: Vec<MessageId>,
    /// The draft: a report's bytes.
    pub draft: Vec<u8>,
}

/// A member's signature of a report: all that a chain needs to count it, or to count it twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// What the report covers.
    pub header: Header,
    /// SHA-256 of its readings.
    pub body_hash: [u8; 32],
}

/// A report and a quorum's signatures of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Who carries it first. A hint: nobody signed it.
    pub leader: u8,
    /// The report.
    pub report: Vec<u8>,
    /// The signatures, members ascending.
    pub signatures: Vec<Signature>,
}

/// What a member signs as a message of its own domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// What it read.
    Observation(Observation),
    /// A draft, where it leads.
    Proposal(Proposal),
    /// The shared files that it accepted, ascending.
    Accepted(Vec<FileHash>),
}

impl Content {
    /// Its one encoding.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.finish()
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        match self {
            Self::Observation(observation) => {
                writer.u8(0);
                about(writer, &observation.about);
                hashes(writer, &observation.accepted);
                writer.field(&observation.report);
            }
            Self::Proposal(proposal) => {
                writer.u8(1);
                about(writer, &proposal.about);
                writer.u32(proposal.turn);
                writer.u64(proposal.height);
                writer.u8(proposal.halvings);
                hashes(writer, &proposal.observations);
                writer.field(&proposal.draft);
            }
            Self::Accepted(files) => {
                writer.u8(2);
                hashes(writer, files);
            }
        }
    }

    /// The inverse of [`Content::encode`].
    ///
    /// # Errors
    /// Bytes that no content has.
    pub fn decode(bytes: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(bytes);
        let content = Self::read(&mut reader)?;
        reader.finish()?;
        Ok(content)
    }

    pub(super) fn read(reader: &mut Reader) -> Result<Self, MessageError> {
        match reader.u8()? {
            0 => Ok(Self::Observation(Observation {
                about: read_about(reader)?,
                accepted: read_hashes(reader, "accepted files", MAX_FILES)?,
                report: reader.field()?.to_vec(),
            })),
            1 => Ok(Self::Proposal(Proposal {
                about: read_about(reader)?,
                turn: reader.u32()?,
                height: reader.u64()?,
                halvings: reader.u8()?,
                observations: read_hashes(reader, "observations", MAX_SIGNATURES)?,
                draft: reader.field()?.to_vec(),
            })),
            2 => Ok(Self::Accepted(read_hashes(reader, "accepted files", MAX_FILES)?)),
            got => Err(MessageError::Code {
                what: "content",
                expected: "0 to 2",
                got,
            }),
        }
    }
}

impl Vote {
    pub(super) fn write(&self, writer: &mut Writer) {
        writer.field(&self.header.encode());
        writer.fixed(&self.body_hash);
    }

    pub(super) fn read(reader: &mut Reader) -> Result<Self, MessageError> {
        let header = reader.field()?;
        if header.len() > MAX_HEADER_LENGTH {
            let (max, got) = (MAX_HEADER_LENGTH, header.len());
            return Err(MessageError::TooLarge { max, got });
        }
        Ok(Self {
            header: Header::decode(header)?,
            body_hash: reader.fixed()?,
        })
    }
}

impl Certificate {
    pub(super) fn write(&self, writer: &mut Writer) {
        writer.u8(self.leader);
        writer.field(&self.report);
        writer.count(self.signatures.len());
        for Signature { member, signature } in &self.signatures {
            writer.u8(*member);
            writer.fixed(signature);
        }
    }

    pub(super) fn read(reader: &mut Reader) -> Result<Self, MessageError> {
        let (leader, report) = (reader.u8()?, reader.field()?.to_vec());
        let count = reader.count("signatures", MAX_SIGNATURES)?;
        let mut signatures = Vec::with_capacity(count);
        for _ in 0..count {
            signatures.push(Signature {
                member: reader.u8()?,
                signature: reader.fixed()?,
            });
        }
        let what = "signatures";
        ascending(what, signatures.iter().map(|signature| signature.member))?;
        Ok(Self {
            leader,
            report,
            signatures,
        })
    }
}

fn about(writer: &mut Writer, about: &About) {
    writer.fixed(&about.file);
    writer.u32(about.epoch);
    writer.u64(about.first.0);
    writer.u16(about.slot);
}

fn read_about(reader: &mut Reader) -> Result<About, MessageError> {
    Ok(About {
        file: reader.fixed()?,
        epoch: reader.u32()?,
        first: IntervalIndex(reader.u64()?),
        slot: reader.u16()?,
    })
}

fn hashes(writer: &mut Writer, hashes: &[[u8; 32]]) {
    writer.count(hashes.len());
    for hash in hashes {
        writer.fixed(hash);
    }
}

fn read_hashes(reader: &mut Reader, what: &'static str, max: usize) -> Result<Vec<[u8; 32]>, MessageError> {
    let count = reader.count(what, max)?;
    let hashes = (0..count)
        .map(|_| reader.fixed())
        .collect::<Result<Vec<_>, _>>()?;
    ascending(what, hashes.iter())?;
    Ok(hashes)
}

/// One set has one encoding.
fn ascending<T: Ord>(what: &'static str, items: impl Iterator<Item = T> + Clone) -> Result<(), MessageError> {
    let next = items.clone().skip(1);
    let ascends = items.zip(next).all(|(earlier, later)| earlier < later);
    ascends.then_some(()).ok_or(MessageError::Order { what })
}
