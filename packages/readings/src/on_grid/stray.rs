//! A stamp far from all others: a clock that was not set, or that ran away.

use crate::collected::Collected;
use crate::days::OfDay;
use crate::error::Error;
use crate::rfc3339;
use crate::row::Row;

/// Days without any row that set rows apart: longer than a month's file is late.
const APART: u64 = 40;
/// Rows set apart are stray where they are at most one of so many; a second year of data is no stray.
const ONE_OF: usize = 100;
/// A single row is stray where there are at least so many, fewer say nothing of what is usual.
const FEW: usize = 5;

/// Refuses rows that lie far from all others and are few.
pub(super) fn check(collected: &mut Collected) -> Result<(), Error> {
    let days = core::mem::take(&mut collected.days).into_list();
    let clusters: Vec<&[OfDay]> = days
        .chunk_by(|day, next| next.day.saturating_sub(day.day) <= APART)
        .collect();
    if clusters.len() < 2 {
        return Ok(());
    }
    let all = collected.count;
    let stray = clusters.iter().position(|cluster| {
        let rows: usize = cluster.iter().map(|day| day.rows).sum();
        rows.saturating_mul(ONE_OF) <= all || (rows == 1 && all >= FEW)
    });
    let Some(stray) = stray else { return Ok(()) };
    let first = |cluster: Option<&&[OfDay]>| cluster.and_then(|cluster| cluster.first()).map(|day| day.first);
    let neighbour = first(clusters.get(stray.saturating_add(1)))
        .or_else(|| first(stray.checked_sub(1).and_then(|before| clusters.get(before))));
    let show = |row: Option<Row>| row.map(|row| rfc3339::show(row.at)).unwrap_or_default();
    let row = first(clusters.get(stray));
    Err(Error::Stray {
        file: row.map(|row| collected.file_of(row.origin)).unwrap_or_default(),
        line: row.map_or(0, |row| row.origin.line.into()),
        nearest: show(neighbour),
        got: show(row),
    })
}
