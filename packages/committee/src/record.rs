//! The record of what was signed: committed before a signature exists.
//!
//! [`sign`] is the only way to a signature in this crate. It first writes down what is to be signed, and only when that is
//! durable does the key touch it. Whatever is crashed, delayed or restored after that, the record says what may still be
//! signed, and the same digest gives the same bytes again.

use gridpact_units::IntervalIndex;

use crate::signing::Signing;

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What a member read.
    Observation,
    /// A draft that it leads.
    Proposal,
    /// A report.
    Vote,
}

/// Something that was, or is about to be, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// The committee's epoch.
    pub epoch: u32,
    /// First interval.
    pub first: IntervalIndex,
    /// Number of intervals; 0 for what is no vote.
    pub intervals: u16,
    /// The slot, a vote's revision.
    pub slot: u16,
    /// What the key signs.
    pub digest: [u8; 32],
    /// The message's content, or a vote's report: what it takes to say it again.
    pub bytes: Vec<u8>,
}

/// What may not be signed: it would be, or could become, an offence, or two messages of one kind and slot.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// An overlapping report of the same or a greater revision.
    #[error(
        "intervals from {first} on: expected a revision above {known}, which the record has of overlapping intervals from \
         {known_first} on, got {got}"
    )]
    Vote {
        /// First interval asked for.
        first: IntervalIndex,
        /// Revision asked for.
        got: u16,
        /// First interval of the row.
        known_first: IntervalIndex,
        /// Its revision.
        known: u16,
    },
    /// Another message of the kind in the slot.
    #[error(
        "slot {slot} from interval {first} on: expected one {kind:?}, which the record has, got another"
    )]
    Message {
        /// Its kind.
        kind: Kind,
        /// First interval.
        first: IntervalIndex,
        /// The slot.
        slot: u16,
    },
}

/// The record could not be read or written: nothing is signed.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("the record of signatures: {0}")]
pub struct RecordError(pub String);

/// Where rows are kept for good: until their window is final, and 60 days more.
pub trait Record {
    /// Everything of one window.
    ///
    /// # Errors
    /// It cannot be read.
    fn rows(&self, epoch: u32, first: IntervalIndex) -> Result<Vec<Row>, RecordError>;

    /// Looks for a [`conflict`] with the rows of the epoch and writes the row, in one transaction; durable when it returns. The
    /// very same row again is harmless.
    ///
    /// # Errors
    /// It cannot be written.
    fn commit(&mut self, row: &Row) -> Result<Result<(), Conflict>, RecordError>;
}

/// Why there is no signature.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum NotSigned {
    /// The record forbids it.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The record failed.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// Whether rows forbid another.
///
/// A vote is refused where one of the epoch overlaps with a greater revision, or with the same one and another digest: of two
/// such signatures the second would be the offence. So revisions over any interval only grow, also where windows of different
/// beginnings overlap.
pub fn conflict<'a>(known: impl IntoIterator<Item = &'a Row>, row: &Row) -> Option<Conflict> {
    let same_epoch = known
        .into_iter()
        .filter(|known| known.kind == row.kind && known.epoch == row.epoch);
    let mut others = same_epoch.filter(|known| known.digest != row.digest);
    if row.kind == Kind::Vote {
        let found = others.find(|known| overlap(known, row) && known.slot >= row.slot)?;
        return Some(Conflict::Vote {
            first: row.first,
            got: row.slot,
            known_first: found.first,
            known: found.slot,
        });
    }
    let found = others.find(|known| known.first == row.first && known.slot == row.slot)?;
    Some(Conflict::Message {
        kind: found.kind,
        first: found.first,
        slot: found.slot,
    })
}

fn overlap(one: &Row, other: &Row) -> bool {
    let end = |row: &Row| row.first.plus(row.intervals.into());
    one.first < end(other) && other.first < end(one)
}

/// Writes down, then signs.
///
/// # Errors
/// The record forbids it, or failed; then there is no signature.
pub fn sign<K: Signing, R: Record>(key: &K, record: &mut R, row: &Row) -> Result<[u8; 64], NotSigned> {
    record.commit(row)??;
    Ok(key.sign(&row.digest))
}
