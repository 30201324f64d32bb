//! One row for a meter and moment: a row a direction is joined, equal ones are one, others are refused with both lines.

use gridpact_units::Quality;

use crate::collected::Collected;
use crate::error::Error;
use crate::findings::what::What;
use crate::qualities::worse;
use crate::row::{Origin, Row};
use crate::row_log::RowLog;

/// Rows so near a doubled one say whether the clock changes there, s.
const NEAR: u64 = 3 * 3_600;

/// The rows of a meter by time, one for each.
pub(super) fn reduced(collected: &mut Collected, meter: u32, log: RowLog) -> Result<RowLog, Error> {
    if log.is_plain() {
        return Ok(log);
    }
    let mut rows: Vec<Row> = log.rows(meter).collect();
    drop(log);
    rows.sort_unstable_by_key(|row| (row.at, row.origin.file, row.origin.line));
    match rows.first().filter(|_| directions(&rows)) {
        Some(first) => collected.notice(first.origin, What::DirectionsJoined),
        None => check(collected, &rows)?,
    }
    // Those that are left are equal, or say each what the other does not.
    rows.dedup_by(|next, kept| {
        let same = next.at == kept.at;
        if same {
            kept.import = kept.import.max(next.import);
            kept.export = kept.export.max(next.export);
            kept.quality = worse(kept.quality, next.quality);
        }
        same
    });
    half_is_missing(&mut rows);
    let mut reduced = RowLog::default();
    rows.iter().for_each(|row| reduced.push(row));
    Ok(reduced)
}

/// A row of energy that says one direction only, of a meter that has both, has no value: none of them is zero for want of a row.
fn half_is_missing(of_meter: &mut [Row]) {
    let import = of_meter.iter().any(|row| row.import.is_some());
    let export = of_meter.iter().any(|row| row.export.is_some());
    if import && export {
        let half = |row: &&mut Row| row.is_energy() && (row.import.is_none() || row.export.is_none());
        of_meter
            .iter_mut()
            .filter(half)
            .for_each(|row| row.quality = Quality::Missing);
    }
}

/// Whether a meter has two rows for every moment, of which one never takes and the other never gives, and it does both.
fn directions(rows: &[Row]) -> bool {
    let zero = |value: Option<u64>| value == Some(0);
    let mut pairs = rows.chunk_by(|row, next| row.at == next.at);
    let all = |first: fn(&Row) -> Option<u64>, second: fn(&Row) -> Option<u64>| {
        rows.chunk_by(|row, next| row.at == next.at)
            .all(|pair| matches!(pair, [one, other] if zero(first(one)) && zero(second(other))))
    };
    let import: fn(&Row) -> Option<u64> = |row| row.import;
    let export: fn(&Row) -> Option<u64> = |row| row.export;
    let moves = |value: fn(&Row) -> Option<u64>| rows.iter().any(|row| value(row) > Some(0));
    pairs.next().is_some() && moves(import) && moves(export) && (all(import, export) || all(export, import))
}

/// Refuses rows of a meter that contradict each other; tells of those that are equal.
fn check(collected: &mut Collected, of_meter: &[Row]) -> Result<(), Error> {
    let changes = of_meter
        .iter()
        .zip(of_meter.iter().skip(1))
        .any(|(row, next)| row.offset != next.offset);
    for same in of_meter.chunk_by(|row, next| row.at == next.at) {
        // Looked for once, and only where a clock changes at all: a window of rows is gone through.
        let changes =
            changes && same.len() > 1 && same.first().is_some_and(|row| clock_changes(of_meter, row));
        for (position, row) in same.iter().enumerate() {
            let mut others = same.iter().take(position);
            let Some(other) = others.rfind(|other| !complements(other, row)) else {
                continue;
            };
            let said = |row: &Row| {
                (
                    row.import,
                    row.export,
                    row.quality,
                    row.seconds,
                    row.kind,
                    row.ends,
                )
            };
            if said(row) != said(other) {
                return Err(twice(collected, other.origin, row.origin));
            }
            if changes && other.offset == row.offset {
                return Err(Error::DoubledHour {
                    file: collected.file_of(row.origin),
                    first: other.origin.line.into(),
                    second: row.origin.line.into(),
                    meter: collected.meter_of(row.origin),
                });
            }
            collected.notice(row.origin, What::Merged { at: row.at });
        }
    }
    Ok(())
}

/// Whether one says the one direction, and the other the other.
fn complements(one: &Row, other: &Row) -> bool {
    let apart = |one: Option<u64>, other: Option<u64>| one.is_some() != other.is_some();
    let alike = (one.seconds, one.kind, one.ends) == (other.seconds, other.kind, other.ends);
    let half = |row: &Row| row.import.is_some() != row.export.is_some();
    alike && half(one) && half(other) && apart(one.import, other.import)
}

/// Whether rows of the meter near this one have another offset.
fn clock_changes(of_meter: &[Row], row: &Row) -> bool {
    let from = of_meter.partition_point(|other| other.at.0 < row.at.0.saturating_sub(NEAR));
    let near = of_meter.iter().skip(from);
    let mut near = near.take_while(|other| other.at.0 <= row.at.0.saturating_add(NEAR));
    near.any(|other| other.offset != row.offset)
}

/// Two rows that say different things of one reading.
pub(crate) fn twice(collected: &Collected, one: Origin, other: Origin) -> Error {
    let meter = collected.meter_of(one);
    if one.file == other.file {
        return Error::Twice {
            file: collected.file_of(one),
            first: one.line.min(other.line).into(),
            second: one.line.max(other.line).into(),
            meter,
        };
    }
    Error::TwiceAcross {
        first: collected.file_of(one),
        first_line: one.line.into(),
        second: collected.file_of(other),
        second_line: other.line.into(),
        meter,
    }
}
