//! The committee's record: votes are rows of `signed` like any report's, and what else a member says has rows of its own.

use gridpact_committee::record::{Conflict, Kind, Record, RecordError, Row};
use gridpact_units::{IntervalIndex, UnixSeconds};
use rusqlite::{params, Connection, OptionalExtension};

use super::error::StoreError;
use super::signed::{beginning_at, record, SignedDraft, WouldConflict};
use super::Store;
use crate::abort;
use crate::clock::Clock;

/// The record of a running service.
#[derive(Clone, Debug)]
pub struct Kept {
    store: Store,
    clock: Clock,
}

impl Kept {
    /// In a store.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }
}

impl Record for Kept {
    fn rows(&self, epoch: u32, first: IntervalIndex) -> Result<Vec<Row>, RecordError> {
        let rows = self
            .store
            .read_and_wait(|connection| rows(connection, epoch, first));
        rows.map_err(|error| failed(&error))
    }

    fn commit(&mut self, row: &Row) -> Result<Result<(), Conflict>, RecordError> {
        let (row, now) = (row.clone(), self.clock.now());
        let is_vote = row.kind == Kind::Vote;
        if is_vote {
            abort::point("drafted");
        }
        let committed = self
            .store
            .writer()
            .write_and_wait(move |connection| commit(connection, &row, now));
        if is_vote {
            abort::point("signed_committed");
        }
        committed.map_err(|error| failed(&error))
    }
}

fn failed(error: &StoreError) -> RecordError {
    RecordError(error.to_string())
}

/// Everything that was said of the window that begins with an interval.
///
/// # Errors
/// The database refuses.
pub fn rows(connection: &Connection, epoch: u32, first: IntervalIndex) -> Result<Vec<Row>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT kind, slot, digest, content FROM said WHERE epoch = ?1 AND first = ?2 ORDER BY slot, kind",
    )?;
    let said = select.query_map(params![epoch, first.0], |row| {
        Ok(Row {
            kind: match row.get(0)? {
                0_u8 => Kind::Observation,
                _ => Kind::Proposal,
            },
            epoch,
            first,
            intervals: 0,
            slot: row.get(1)?,
            digest: row.get(2)?,
            bytes: row.get(3)?,
        })
    })?;
    let mut rows: Vec<Row> = said.collect::<Result<_, _>>()?;
    let votes = beginning_at(connection, epoch, first)?;
    rows.extend(votes.into_iter().map(|vote| Row {
        kind: Kind::Vote,
        epoch,
        first,
        intervals: vote.signed.intervals,
        slot: vote.signed.revision,
        digest: vote.signed.digest,
        bytes: vote.signed.draft,
    }));
    Ok(rows)
}

/// Looks for a conflict and writes the row.
///
/// # Errors
/// The database refuses.
pub fn commit(
    connection: &Connection,
    row: &Row,
    now: UnixSeconds,
) -> Result<Result<(), Conflict>, StoreError> {
    let kind = match row.kind {
        Kind::Vote => return vote(connection, row, now),
        Kind::Observation => 0_u8,
        Kind::Proposal => 1,
    };
    let place = params![row.epoch, row.first.0, row.slot, kind];
    let select = "SELECT digest FROM said WHERE epoch = ?1 AND first = ?2 AND slot = ?3 AND kind = ?4";
    let known: Option<[u8; 32]> = connection.query_row(select, place, |row| row.get(0)).optional()?;
    match known {
        Some(digest) if digest == row.digest => Ok(Ok(())),
        Some(_) => Ok(Err(Conflict::Message {
            kind: row.kind,
            first: row.first,
            slot: row.slot,
        })),
        None => {
            let insert = "INSERT INTO said (epoch, first, slot, kind, digest, content, said_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let (first, digest) = (row.first.0, row.digest.as_slice());
            connection.execute(
                insert,
                params![row.epoch, first, row.slot, kind, digest, row.bytes, now.0],
            )?;
            Ok(Ok(()))
        }
    }
}

fn vote(connection: &Connection, row: &Row, now: UnixSeconds) -> Result<Result<(), Conflict>, StoreError> {
    let draft = SignedDraft {
        epoch: row.epoch,
        first: row.first,
        intervals: row.intervals,
        revision: row.slot,
        digest: row.digest,
        draft: row.bytes.clone(),
    };
    let conflict = |known: WouldConflict| Conflict::Vote {
        first: known.first,
        got: known.revision,
        known_first: known.known_first,
        known: known.known,
    };
    Ok(record(connection, &draft, now)?.map_err(conflict))
}

/// Deletes what was said before a moment.
///
/// # Errors
/// The database refuses.
pub fn forget(connection: &Connection, before: UnixSeconds) -> Result<usize, StoreError> {
    Ok(connection.execute("DELETE FROM said WHERE said_at < ?1", [before.0])?)
}
