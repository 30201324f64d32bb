//! What files gave, and which files were read.

use gridpact_units::{Energy, Quality, Reading, UnixSeconds};
use rusqlite::{params, Connection, OptionalExtension};

use super::error::StoreError;
use super::names::{meter_id, source_id};

/// Energy of one interval as a file gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenEnergy {
    /// When the interval begins.
    pub start: UnixSeconds,
    /// What it held.
    pub reading: Reading,
}

/// Keeps energies of a meter. A file that comes later replaces what the same source gave before: utilities send better
/// values days later.
///
/// # Errors
/// The database refuses.
pub fn add_energies(
    connection: &Connection,
    (meter, source): (&str, &str),
    energies: &[GivenEnergy],
    received: UnixSeconds,
) -> Result<(), StoreError> {
    let (meter, source) = (meter_id(connection, meter)?, source_id(connection, source)?);
    let mut insert = connection.prepare_cached(
        "INSERT INTO energies (meter, start, source, import, export, quality, received)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET import = excluded.import, export = excluded.export,
             quality = excluded.quality, received = excluded.received",
    )?;
    for GivenEnergy { start, reading } in energies {
        let (import, export, quality) = (reading.import.0, reading.export.0, reading.quality.code());
        insert.execute(params![
            meter, start.0, source, import, export, quality, received.0
        ])?;
    }
    Ok(())
}

/// What files gave for a meter in `[from, to)`, by start; of several sources the best quality, then the newest.
///
/// # Errors
/// The database refuses; a quality that is none.
pub fn energies(
    connection: &Connection,
    meter: &str,
    (from, to): (UnixSeconds, UnixSeconds),
) -> Result<Vec<GivenEnergy>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT start, import, export, quality FROM energies
         WHERE meter = (SELECT id FROM meters WHERE name = ?1) AND start >= ?2 AND start < ?3
         ORDER BY start, quality = 3, quality, received DESC",
    )?;
    let mut rows = select.query(params![meter, from.0, to.0])?;
    let mut found: Vec<GivenEnergy> = Vec::new();
    while let Some(row) = rows.next()? {
        let (start, code): (_, u8) = (UnixSeconds(row.get(0)?), row.get(3)?);
        if found.last().is_some_and(|last| last.start == start) {
            continue;
        }
        let quality = Quality::try_from(code)
            .map_err(|_| StoreError::Value(format!("expected a quality of 0 to 4, got {code}")))?;
        let reading = Reading {
            import: Energy(row.get(1)?),
            export: Energy(row.get(2)?),
            quality,
        };
        found.push(GivenEnergy { start, reading });
    }
    Ok(found)
}

/// Whether a file of these bytes was read.
///
/// # Errors
/// The database refuses.
pub fn is_read(connection: &Connection, hash: &[u8; 32]) -> Result<bool, StoreError> {
    let known = connection.query_row("SELECT 1 FROM files WHERE hash = ?1", [hash], |_| Ok(()));
    Ok(known.optional()?.is_some())
}

/// Notes that a file was read, in the transaction that keeps its readings.
///
/// # Errors
/// The database refuses.
pub fn mark_read(
    connection: &Connection,
    hash: &[u8; 32],
    name: &str,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO files (hash, name, read_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    connection.execute(insert, params![hash, name, now.0])?;
    Ok(())
}
