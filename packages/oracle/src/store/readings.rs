//! Readings kept: what registers said, what files gave, and which files were read.

use gridpact_units::{Energy, Quality, Reading, UnixSeconds};
use rusqlite::{params, Connection, OptionalExtension};

use super::error::StoreError;
use crate::sample::{Register, Sample};

/// What became of samples that came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// New.
    pub new: u64,
    /// Known with the same value: what comes again after a lost acknowledgement.
    pub known: u64,
    /// Known with another value: the first stays.
    pub other: u64,
}

/// Energy of one interval as a file gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenEnergy {
    /// When the interval begins.
    pub start: UnixSeconds,
    /// What it held.
    pub reading: Reading,
}

/// Keeps samples of a meter.
///
/// # Errors
/// The database refuses.
pub fn add_samples(
    connection: &Connection,
    (meter, source): (&str, &str),
    samples: &[Sample],
    received: UnixSeconds,
) -> Result<Stored, StoreError> {
    let (meter, source) = (meter_id(connection, meter)?, source_id(connection, source)?);
    let mut insert = connection.prepare_cached(
        "INSERT INTO registers (meter, register, source, at, value, received) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING",
    )?;
    let mut look = connection.prepare_cached(
        "SELECT value FROM registers WHERE meter = ?1 AND register = ?2 AND source = ?3 AND at = ?4",
    )?;
    let mut stored = Stored::default();
    for sample in samples {
        let code = sample.register.code();
        let new = insert.execute(params![
            meter,
            code,
            source,
            sample.at.0,
            sample.value,
            received.0
        ])?;
        let count = if new > 0 {
            &mut stored.new
        } else {
            let value: u64 = look.query_row(params![meter, code, source, sample.at.0], |row| row.get(0))?;
            if value == sample.value {
                &mut stored.known
            } else {
                &mut stored.other
            }
        };
        *count = count.saturating_add(1);
    }
    Ok(stored)
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

/// The sources that gave registers of a meter.
///
/// # Errors
/// The database refuses.
pub fn register_sources(
    connection: &Connection,
    meter: &str,
    register: Register,
) -> Result<Vec<String>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT s.name FROM sources s WHERE EXISTS (
             SELECT 1 FROM registers r JOIN meters m ON m.id = r.meter
             WHERE m.name = ?1 AND r.register = ?2 AND r.source = s.id)
         ORDER BY s.name",
    )?;
    let names = select.query_map(params![meter, register.code()], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Samples of a register from one source in `[from, to]`, in order of time.
///
/// # Errors
/// The database refuses.
pub fn samples(
    connection: &Connection,
    (meter, source): (&str, &str),
    register: Register,
    (from, to): (UnixSeconds, UnixSeconds),
) -> Result<Vec<Sample>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT at, value FROM registers
         WHERE meter = (SELECT id FROM meters WHERE name = ?1) AND register = ?2
             AND source = (SELECT id FROM sources WHERE name = ?3) AND at BETWEEN ?4 AND ?5
         ORDER BY at",
    )?;
    let found = select.query_map(params![meter, register.code(), source, from.0, to.0], |row| {
        Ok(Sample {
            register,
            at: UnixSeconds(row.get(0)?),
            value: row.get(1)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
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

/// When a meter was last read, by its own time, from whatever source.
///
/// # Errors
/// The database refuses.
pub fn last_reading(connection: &Connection, meter: &str) -> Result<Option<UnixSeconds>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT max(at) FROM (
             SELECT (SELECT max(at) FROM registers r WHERE r.meter = m.id AND r.register = k.code AND r.source = s.id) AS at
             FROM meters m, sources s, (SELECT 0 AS code UNION ALL SELECT 1) k WHERE m.name = ?1
             UNION ALL
             SELECT max(start) FROM energies WHERE quality <> 3 AND meter = (SELECT id FROM meters WHERE name = ?1))",
    )?;
    let last: Option<u64> = select.query_row([meter], |row| row.get(0))?;
    Ok(last.map(UnixSeconds))
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

/// Removes samples of a register at these moments.
///
/// # Errors
/// The database refuses.
pub fn remove_samples(
    connection: &Connection,
    (meter, source): (&str, &str),
    register: Register,
    moments: &[UnixSeconds],
) -> Result<(), StoreError> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM registers WHERE meter = (SELECT id FROM meters WHERE name = ?1) AND register = ?2
             AND source = (SELECT id FROM sources WHERE name = ?3) AND at = ?4",
    )?;
    for moment in moments {
        delete.execute(params![meter, register.code(), source, moment.0])?;
    }
    Ok(())
}

/// Up to where a meter's registers are thinned.
///
/// # Errors
/// The database refuses.
pub fn thinned_until(connection: &Connection, meter: &str) -> Result<Option<UnixSeconds>, StoreError> {
    let select = "SELECT until FROM thinned WHERE meter = (SELECT id FROM meters WHERE name = ?1)";
    let until: Option<u64> = connection
        .query_row(select, [meter], |row| row.get(0))
        .optional()?;
    Ok(until.map(UnixSeconds))
}

/// Notes up to where a meter's registers are thinned.
///
/// # Errors
/// The database refuses.
pub fn set_thinned_until(connection: &Connection, meter: &str, until: UnixSeconds) -> Result<(), StoreError> {
    let meter = meter_id(connection, meter)?;
    let insert = "INSERT INTO thinned (meter, until) VALUES (?1, ?2)
                  ON CONFLICT DO UPDATE SET until = excluded.until";
    connection.execute(insert, params![meter, until.0])?;
    Ok(())
}

/// The first sample of a meter, from whatever source.
///
/// # Errors
/// The database refuses.
pub fn first_sample(connection: &Connection, meter: &str) -> Result<Option<UnixSeconds>, StoreError> {
    let select = "SELECT min(at) FROM registers WHERE meter = (SELECT id FROM meters WHERE name = ?1)";
    let first: Option<u64> = connection.query_row(select, [meter], |row| row.get(0))?;
    Ok(first.map(UnixSeconds))
}

fn meter_id(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    named(
        connection,
        name,
        "SELECT id FROM meters WHERE name = ?1",
        "INSERT INTO meters (name) VALUES (?1) RETURNING id",
    )
}

fn source_id(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    named(
        connection,
        name,
        "SELECT id FROM sources WHERE name = ?1",
        "INSERT INTO sources (name) VALUES (?1) RETURNING id",
    )
}

fn named(connection: &Connection, name: &str, select: &str, insert: &str) -> Result<i64, StoreError> {
    let known = connection
        .prepare_cached(select)?
        .query_row([name], |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => Ok(connection.query_row(insert, [name], |row| row.get(0))?),
    }
}
