//! What a committee attested of a meter, and what was read of it here: honest readers differ by roundings, which do not add up.

use std::collections::BTreeMap;

use gridpact_units::{IntervalIndex, Slot, UnixSeconds};
use rusqlite::{params, Connection};

use super::error::StoreError;

/// Sums over intervals that both have, mWh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Taken, as read here.
    pub own_import: u64,
    /// Given, as read here.
    pub own_export: u64,
    /// Taken, as attested.
    pub attested_import: u64,
    /// Given, as attested.
    pub attested_export: u64,
}

/// Millionths of what was read here that may lie between the two over [`DAYS`]: 0.2 %.
pub const MOST: u64 = 2_000;
/// Days over which it is looked at.
pub const DAYS: u64 = 30;

impl Sums {
    /// Whether more lies between the two than honest readers differ by, in either direction.
    pub fn is_beyond(&self) -> bool {
        let beyond = |own: u64, attested: u64| {
            let most = u128::from(own).saturating_mul(MOST.into());
            u128::from(own.abs_diff(attested)).saturating_mul(1_000_000) > most
        };
        beyond(self.own_import, self.attested_import) || beyond(self.own_export, self.attested_export)
    }
}

/// Keeps the sums of a window's slots; the very same window again is harmless.
///
/// # Errors
/// The database refuses.
pub fn keep(
    connection: &Connection,
    (first, ended): (IntervalIndex, UnixSeconds),
    sums: &BTreeMap<Slot, Sums>,
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO apart (slot, first, ended, own_import, own_export, attested_import, attested_export)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (slot, sums) in sums {
        insert.execute(params![
            slot.0,
            first.0,
            ended.0,
            sums.own_import,
            sums.own_export,
            sums.attested_import,
            sums.attested_export
        ])?;
    }
    Ok(())
}

/// The sums of the windows that ended after a moment, by slot.
///
/// # Errors
/// The database refuses.
pub fn since(connection: &Connection, after: UnixSeconds) -> Result<BTreeMap<Slot, Sums>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT slot, sum(own_import), sum(own_export), sum(attested_import), sum(attested_export) FROM apart
         WHERE ended > ?1 GROUP BY slot",
    )?;
    let rows = select.query_map([after.0], |row| {
        let sums = Sums {
            own_import: row.get(1)?,
            own_export: row.get(2)?,
            attested_import: row.get(3)?,
            attested_export: row.get(4)?,
        };
        Ok((Slot(row.get(0)?), sums))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes what ended before a moment.
///
/// # Errors
/// The database refuses.
pub fn forget(connection: &Connection, before: UnixSeconds) -> Result<usize, StoreError> {
    Ok(connection.execute("DELETE FROM apart WHERE ended < ?1", [before.0])?)
}
