//! Readings of any length to a grid's intervals: longer ones are spread, shorter ones are summed.

use core::num::NonZeroU32;

use gridpact_units::{Energy, IntervalLength, Quality, Reading, UnixSeconds};

use super::unique::twice;
use crate::collected::Collected;
use crate::dataset::check_size;
use crate::error::Error;
use crate::findings::what::What;
use crate::placed::Placed;
use crate::qualities::worse;
use crate::registers::energies::spread;
use crate::row::Row;

/// A part of an interval, or all of it.
#[derive(Clone, Copy)]
struct Piece {
    placed: Placed,
    /// How much of the interval it covers.
    seconds: u32,
    /// Why it is missing was told already.
    told: bool,
}

/// Puts the energies of a meter on the grid, where so many readings are already.
pub(super) fn place(
    collected: &mut Collected,
    rows: &[Row],
    interval: IntervalLength,
    held: usize,
) -> Result<Vec<Placed>, Error> {
    let mut placed: Vec<Placed> = Vec::with_capacity(rows.len());
    let mut before: Option<&Row> = None;
    let mut open: Option<Piece> = None;
    for row in rows.iter().filter(|row| row.is_energy()) {
        if let Some(before) = before.filter(|before| end(before) > row.at.0) {
            return Err(twice(collected, before.origin, row.origin));
        }
        before = Some(row);
        check_size(1, held.saturating_add(placed.len()).max(1))?;
        for piece in pieces(collected, row, interval)? {
            open = match open {
                Some(open) if open.placed.start == piece.placed.start => Some(joined(open, &piece)),
                Some(open) => {
                    placed.push(closed(collected, open, interval));
                    Some(piece)
                }
                None => Some(piece),
            };
        }
    }
    placed.extend(open.map(|open| closed(collected, open, interval)));
    Ok(placed)
}

/// When a row's reading ends.
fn end(row: &Row) -> u64 {
    row.at.0.saturating_add(row.seconds.into())
}

/// What a row says of the intervals that it touches.
fn pieces(
    collected: &mut Collected,
    row: &Row,
    interval: IntervalLength,
) -> Result<impl Iterator<Item = Piece>, Error> {
    let length = interval.seconds();
    let divides = |one: u32, other: u32| other.checked_rem(one) == Some(0);
    let starts_on = |seconds: u32| row.at.0.checked_rem(seconds.into()) == Some(0);
    let parts = if divides(length, row.seconds) && starts_on(length) {
        row.seconds.checked_div(length)
    } else if divides(row.seconds, length) && starts_on(row.seconds) {
        Some(1)
    } else {
        None
    };
    let parts = parts.and_then(NonZeroU32::new).ok_or_else(|| Error::Divide {
        file: collected.file_of(row.origin),
        line: row.origin.line.into(),
        meter: collected.meter_of(row.origin),
        seconds: row.seconds,
        start: crate::rfc3339::show(row.at),
        interval: length,
    })?;
    let seconds = row.seconds;
    if parts.get() > 1 {
        collected.notice(
            row.origin,
            What::Spread {
                seconds,
                interval: length,
            },
        );
    } else if seconds < length {
        collected.notice(
            row.origin,
            What::Summed {
                seconds,
                interval: length,
            },
        );
    }
    let quality = match (parts.get() > 1, row.quality) {
        (true, Quality::Measured) => Quality::SubstitutedFinal,
        (_, quality) => quality,
    };
    let (import, export) = row.energies();
    let energies = spread(import, parts, NonZeroU32::MIN).zip(spread(export, parts, NonZeroU32::MIN));
    let first = interval.index_at(row.at.0);
    let row = *row;
    Ok((0_u64..)
        .zip(energies)
        .map(move |(part, (import, export))| Piece {
            placed: Placed {
                start: UnixSeconds(interval.start_of(first.plus(part))),
                origin: row.origin,
                reading: reading(import, export, quality),
            },
            seconds: seconds.min(length),
            told: row.import.is_none() && row.export.is_none(),
        }))
}

/// Nothing stands in a reading that is missing.
fn reading(import: Energy, export: Energy, quality: Quality) -> Reading {
    match quality {
        Quality::Missing => Reading::MISSING,
        quality => Reading {
            import,
            export,
            quality,
        },
    }
}

/// Two pieces of one interval; missing where one is.
fn joined(one: Piece, other: &Piece) -> Piece {
    let (first, second) = (one.placed.reading, other.placed.reading);
    let missing = first.is_missing() || second.is_missing();
    let quality = if missing {
        Quality::Missing
    } else {
        worse(first.quality, second.quality)
    };
    let sum = |one: Energy, other: Energy| Energy(one.0.saturating_add(other.0));
    let (import, export) = (sum(first.import, second.import), sum(first.export, second.export));
    Piece {
        placed: Placed {
            reading: reading(import, export, quality),
            ..one.placed
        },
        seconds: one.seconds.saturating_add(other.seconds),
        told: one.told || other.told,
    }
}

/// An interval of which no more comes; missing where a part of it did not.
fn closed(collected: &mut Collected, piece: Piece, interval: IntervalLength) -> Placed {
    let placed = piece.placed;
    let (what, reading) = if piece.seconds < interval.seconds() {
        (Some(What::PartOnly { at: placed.start }), Reading::MISSING)
    } else {
        let missing = placed.reading.is_missing() && !piece.told;
        (
            missing.then_some(What::NoValue { at: placed.start }),
            placed.reading,
        )
    };
    if let Some(what) = what {
        collected.notice(placed.origin, what);
    }
    Placed { reading, ..placed }
}
