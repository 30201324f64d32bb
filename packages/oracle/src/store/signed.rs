//! The record of signatures: written, and on the disk, before a signature exists.

use gridpact_units::{IntervalIndex, UnixSeconds};
use rusqlite::{params, Connection, OptionalExtension, Row};

use super::error::StoreError;

/// A draft that was, or is about to be, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedDraft {
    /// The committee's epoch.
    pub epoch: u32,
    /// First interval.
    pub first: IntervalIndex,
    /// Number of intervals.
    pub intervals: u16,
    /// Revision.
    pub revision: u16,
    /// What the signature is over.
    pub digest: [u8; 32],
    /// The report's bytes, which are sent again as they are.
    pub draft: Vec<u8>,
}

/// What became of a signed draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not known yet.
    Open,
    /// The chain has it.
    Accepted,
    /// The chain refused it more than once, not for its fee or sequence.
    Refused,
}

impl Fate {
    const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Accepted => 1,
            Self::Refused => 2,
        }
    }
}

/// A row of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What was signed.
    pub signed: SignedDraft,
    /// When the row was written.
    pub signed_at: UnixSeconds,
    /// What became of it.
    pub fate: Fate,
    /// How often the chain refused it, at different heights.
    pub refusals: u32,
    /// The chain's words.
    pub words: Option<String>,
}

/// What may not be signed: it would be, or could become, an offence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "intervals from {first} on, revision {revision}: the record has revision {known} of overlapping intervals from \
     {known_first} on: not signed"
)]
pub struct WouldConflict {
    /// First interval asked for.
    pub first: IntervalIndex,
    /// Revision asked for.
    pub revision: u16,
    /// First interval of the row.
    pub known_first: IntervalIndex,
    /// Its revision.
    pub known: u16,
}

/// Writes a draft into the record, so that it may be signed after the commit. The very same again is harmless.
///
/// Refused where a row of this epoch overlaps with a greater revision, or with the same and another digest: of two such
/// signatures the second would be the offence.
///
/// # Errors
/// The database refuses.
pub fn record(
    connection: &Connection,
    draft: &SignedDraft,
    now: UnixSeconds,
) -> Result<Result<(), WouldConflict>, StoreError> {
    for row in overlapping(connection, draft.epoch, draft.first, draft.intervals.into())? {
        let known = &row.signed;
        let same = known.digest == draft.digest;
        if known.revision > draft.revision || (known.revision == draft.revision && !same) {
            return Ok(Err(WouldConflict {
                first: draft.first,
                revision: draft.revision,
                known_first: known.first,
                known: known.revision,
            }));
        }
    }
    let insert = "INSERT INTO signed (epoch, first, intervals, revision, digest, draft, signed_at)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    let (first, digest) = (draft.first.0, draft.digest.as_slice());
    connection.execute(
        insert,
        params![
            draft.epoch,
            first,
            draft.intervals,
            draft.revision,
            digest,
            draft.draft,
            now.0
        ],
    )?;
    Ok(Ok(()))
}

/// The rows of an epoch that share an interval with `[first, first + intervals)`, the greatest revision first.
///
/// # Errors
/// The database refuses; a row that is none.
pub fn overlapping(
    connection: &Connection,
    epoch: u32,
    first: IntervalIndex,
    intervals: u64,
) -> Result<Vec<Record>, StoreError> {
    let end = first.plus(intervals);
    let mut select = connection.prepare_cached(
        "SELECT epoch, first, intervals, revision, digest, draft, signed_at, fate, refusals, words FROM signed
         WHERE epoch = ?1 AND first < ?2 AND first + intervals > ?3
         ORDER BY revision DESC, first",
    )?;
    let rows = select.query_map(params![epoch, end.0, first.0], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The rows of an epoch whose draft begins with an interval, the least revision first.
///
/// # Errors
/// The database refuses; a row that is none.
pub fn beginning_at(
    connection: &Connection,
    epoch: u32,
    first: IntervalIndex,
) -> Result<Vec<Record>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT epoch, first, intervals, revision, digest, draft, signed_at, fate, refusals, words FROM signed
         WHERE epoch = ?1 AND first = ?2 ORDER BY revision",
    )?;
    let rows = select.query_map(params![epoch, first.0], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest rows, by when they were written, newest first.
///
/// # Errors
/// The database refuses; a row that is none.
pub fn newest(connection: &Connection, count: u32) -> Result<Vec<Record>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT epoch, first, intervals, revision, digest, draft, signed_at, fate, refusals, words FROM signed
         ORDER BY signed_at DESC, first DESC, revision DESC LIMIT ?1",
    )?;
    let rows = select.query_map([count], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes what became of a draft.
///
/// # Errors
/// The database refuses.
pub fn set_fate(connection: &Connection, digest: &[u8; 32], fate: Fate) -> Result<(), StoreError> {
    let update = "UPDATE signed SET fate = ?2 WHERE digest = ?1";
    connection.execute(update, params![digest.as_slice(), fate.code()])?;
    Ok(())
}

/// Notes a refusal with the chain's words, and tells how many there are now. The second is for good.
///
/// # Errors
/// The database refuses.
pub fn add_refusal(connection: &Connection, digest: &[u8; 32], words: &str) -> Result<u32, StoreError> {
    let update = "UPDATE signed SET refusals = refusals + 1, words = ?2,
                      fate = CASE WHEN refusals >= 1 THEN 2 ELSE fate END
                  WHERE digest = ?1 RETURNING refusals";
    let words: String = words.chars().take(2_000).collect();
    let refusals = connection.query_row(update, params![digest.as_slice(), words], |row| row.get(0));
    Ok(refusals.optional()?.unwrap_or_default())
}

/// Deletes rows written before a moment: their windows are final, and nobody can bring evidence any more.
///
/// # Errors
/// The database refuses.
pub fn forget(connection: &Connection, before: UnixSeconds) -> Result<usize, StoreError> {
    Ok(connection.execute("DELETE FROM signed WHERE signed_at < ?1", [before.0])?)
}

fn row(row: &Row) -> rusqlite::Result<Record> {
    Ok(Record {
        signed: SignedDraft {
            epoch: row.get(0)?,
            first: IntervalIndex(row.get(1)?),
            intervals: row.get(2)?,
            revision: row.get(3)?,
            digest: row.get(4)?,
            draft: row.get(5)?,
        },
        signed_at: UnixSeconds(row.get(6)?),
        fate: match row.get(7)? {
            0_u8 => Fate::Open,
            1 => Fate::Accepted,
            _ => Fate::Refused,
        },
        refusals: row.get(8)?,
        words: row.get(9)?,
    })
}
