//! A stamp far from all others: a clock that was not set, or that ran away.

use std::collections::BTreeMap;

use gridpact_units::UnixSeconds;

use crate::collected::Collected;
use crate::error::Error;
use crate::rfc3339;

const DAY: u64 = 86_400;
/// Days without any row that set rows apart: longer than a month's file is late.
const APART: u64 = 40;
/// Rows set apart are stray where they are at most one of so many; a second year of data is no stray.
const ONE_OF: usize = 100;
/// A single row is stray where there are at least so many, fewer say nothing of what is usual.
const FEW: usize = 5;

/// Refuses rows that lie far from all others and are few.
pub(super) fn check(collected: &Collected) -> Result<(), Error> {
    // Rows of a day, and the first of them.
    let mut days: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
    for (position, row) in collected.rows.iter().enumerate() {
        let day = row.at.0.checked_div(DAY).unwrap_or_default();
        let (rows, _) = days.entry(day).or_insert((0, position));
        *rows = rows.saturating_add(1);
    }
    let days: Vec<(u64, (usize, usize))> = days.into_iter().collect();
    let clusters: Vec<&[(u64, (usize, usize))]> = days
        .chunk_by(|(day, _), (next, _)| next.saturating_sub(*day) <= APART)
        .collect();
    if clusters.len() < 2 {
        return Ok(());
    }
    let all = collected.rows.len();
    let stray = clusters.iter().position(|cluster| {
        let rows: usize = cluster.iter().map(|(_, (rows, _))| rows).sum();
        rows.saturating_mul(ONE_OF) <= all || (rows == 1 && all >= FEW)
    });
    let Some(stray) = stray else { return Ok(()) };
    let first = |cluster: Option<&&[(u64, (usize, usize))]>| {
        let (_, (_, position)) = cluster?.first()?;
        collected.rows.get(*position)
    };
    let neighbour = first(clusters.get(stray.saturating_add(1)))
        .or_else(|| first(stray.checked_sub(1).and_then(|before| clusters.get(before))));
    let show = |at: Option<UnixSeconds>| at.map(rfc3339::show).unwrap_or_default();
    let row = first(clusters.get(stray));
    Err(Error::Stray {
        file: row.map(|row| collected.file_of(row.origin)).unwrap_or_default(),
        line: row.map_or(0, |row| row.origin.line.into()),
        nearest: show(neighbour.map(|row| row.at)),
        got: show(row.map(|row| row.at)),
    })
}
