//! What a member wants done.

use gridpact_units::IntervalIndex;

use crate::chain::Next;
use crate::file::error::FileError;
use crate::file::hash::FileHash;
use crate::files::NotAccepted;
use crate::message::content::Certificate;
use crate::message::envelope::Message;
use crate::message::error::MessageError;
use crate::moment::Moment;
use crate::record::NotSigned;
use crate::refusal::Refusal;

/// What a member wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read the meters, and bring it as [`Event::Read`](super::event::Event::Read).
    Read {
        /// The window.
        next: Next,
        /// The slot.
        slot: u16,
        /// How many intervals from the window's beginning on.
        intervals: u16,
        /// Until then something that is missing may be looked for again; after a start, a broker or a gateway may still be about to
        /// bring what waited there.
        latest: Moment,
        /// Whether it is long before the slot: then it is said only where nothing is missing. To be brought with the answer.
        ahead: bool,
    },
    /// Give a message to every peer.
    Send(Box<Message>),
    /// Bring a certificate to the chain.
    Carry {
        /// It.
        certificate: Box<Certificate>,
        /// Its digest.
        digest: [u8; 32],
    },
    /// Have the chain close what is too old, in a transaction of its own.
    CloseGap,
    /// Fetch a shared file from the peers: a quorum accepted it.
    Fetch(FileHash),
    /// Keep two messages: one member said both.
    Evidence(Box<Evidence>),
    /// Keep the messages of a window that is behind, as evidence of who said what.
    Archive {
        /// First interval.
        first: IntervalIndex,
        /// Every message, encoded.
        messages: Vec<Vec<u8>>,
    },
    /// Tell people.
    Tell(Box<News>),
}

/// Two messages of which an honest member says one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Who.
    pub member: u8,
    /// The first, which is used.
    pub first: Message,
    /// The second.
    pub second: Message,
}

/// What people should know. Each is told once, until something changes.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// This key is no member's: nothing is signed.
    #[error("epoch {epoch}: expected this key in the committee, got one without it")]
    NotMember {
        /// The epoch.
        epoch: u32,
    },
    /// No shared file is in force: nothing is agreed.
    #[error(
        "no shared file is in force for the next window: a quorum must accept one that begins before it"
    )]
    NoFile,
    /// A quorum accepted a file that this member did not.
    #[error(
        "shared file {}: expected to be accepted here, as a quorum did; until then nothing is signed",
        hex::encode(hash)
    )]
    NotAccepted {
        /// Its hash.
        hash: FileHash,
    },
    /// A file cannot be taken.
    #[error(transparent)]
    File(#[from] NotAccepted),
    /// A file does not fit the grid.
    #[error("shared file: {0}")]
    Unfit(#[from] FileError),
    /// A draft was not signed.
    #[error("slot {slot}, draft of member {member}: {refusal}")]
    Disagreement {
        /// The slot.
        slot: u16,
        /// Who proposed it.
        member: u8,
        /// Why.
        refusal: Refusal,
    },
    /// The record stood in the way of a signature.
    #[error("{0}")]
    NotSigned(#[from] NotSigned),
    /// Somebody else signs with this key. Nothing is signed until the operator resumes.
    #[error("a message of slot {slot} under this key is not in the record here: somebody else has the key; nothing is signed")]
    Doppelganger {
        /// The slot.
        slot: u16,
    },
    /// This machine's clock is off.
    #[error(
        "the clock: expected within {most} ms of most peers', got {ahead} ms before them; nothing is signed"
    )]
    Clock {
        /// Half the skew that a slot bears.
        most: u64,
        /// How far this clock is before the peers'.
        ahead: i64,
    },
    /// The record is not whole.
    #[error("the record here is new or restored: nothing is signed for windows that began before it")]
    Restored,
    /// What was read does not fit a report.
    #[error("what was read: {0}")]
    Reading(String),
    /// Bytes of a peer are no message.
    #[error("{0}")]
    Malformed(#[from] MessageError),
    /// A certificate is held.
    #[error("slot {slot}: a quorum signed, {intervals} intervals")]
    Certified {
        /// The slot.
        slot: u16,
        /// How many.
        intervals: u16,
    },
    /// A member read otherwise than what was attested.
    #[error("member {member} read otherwise than what was attested: {readings} readings of {meters} meters, beyond the tolerance")]
    Outliers {
        /// Who; perhaps this one.
        member: u8,
        /// Readings.
        readings: u32,
        /// Meters that they are of.
        meters: u16,
    },
    /// The chain refused a certificate for good.
    #[error("slot {slot}: the chain refused the certificate of {intervals} intervals twice; the next draft is shorter")]
    RefusedForGood {
        /// The slot.
        slot: u16,
        /// How many intervals it covers.
        intervals: u16,
    },
    /// No slot is left.
    #[error("no revision is left for this window; the chain closes it as a gap")]
    NoRevision,
}
