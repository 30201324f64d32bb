//! Meters and sources by name.

use rusqlite::{Connection, OptionalExtension};

use super::error::StoreError;

/// The number of a meter, which is given one at its first reading.
pub(super) fn meter_id(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    named(
        connection,
        name,
        "SELECT id FROM meters WHERE name = ?1",
        "INSERT INTO meters (name) VALUES (?1) RETURNING id",
    )
}

/// The same of a source.
pub(super) fn source_id(connection: &Connection, name: &str) -> Result<i64, StoreError> {
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
