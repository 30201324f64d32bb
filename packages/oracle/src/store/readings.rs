//! Registers kept as they came.

use gridpact_units::UnixSeconds;
use rusqlite::{params, Connection, OptionalExtension};

use super::error::StoreError;
use super::names::{meter_id, source_id};
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
