//! Rows of registers to energies of intervals.

use core::num::NonZeroU32;

use gridpact_units::{Energy, IntervalIndex, IntervalLength, Power, Quality, UnixSeconds};

use crate::collected::Collected;
use crate::dataset::check_size;
use crate::error::Error;
use crate::findings::what::What;
use crate::options::Options;
use crate::placed::Placed;
use crate::registers::boundary::LONG_HOLE;
use crate::registers::energies::{both, of_interval, Counting, Moved};
use crate::registers::judged::{judge, Judged};
use crate::registers::plausible::{Doubt, Plausible};
use crate::registers::RegisterReading;
use crate::row::Row;

/// Where no limit is stated, everything is plausible but a fall.
const NO_LIMIT: Power = Power(u32::MAX);

/// The energies of a meter whose rows are registers, on a grid where so many readings are already; none of another.
pub(super) fn energies(
    collected: &mut Collected,
    rows: &[Row],
    interval: IntervalLength,
    options: &Options,
    held: usize,
) -> Result<Vec<Placed>, Error> {
    if rows.iter().all(Row::is_energy) {
        return Ok(Vec::new());
    }
    if let Some(other) = rows.iter().find(|row| row.is_energy()) {
        return Err(Error::Mixed {
            file: collected.file_of(other.origin),
            line: other.origin.line.into(),
            meter: collected.meter_of(other.origin),
        });
    }
    of_registers(collected, rows, interval, options, held)
}

/// The energies of one meter.
fn of_registers(
    collected: &mut Collected,
    rows: &[Row],
    interval: IntervalLength,
    options: &Options,
    held: usize,
) -> Result<Vec<Placed>, Error> {
    let mut placed = Vec::new();
    let Some(first) = rows.first() else {
        return Ok(placed);
    };
    let limit = options.limit_of(collected.name_of(first.origin));
    let plausible = Plausible {
        limit: limit.unwrap_or(NO_LIMIT),
        count: options.count,
        modulus: options.modulus,
    };
    let import = registers(collected, rows, plausible, |row| row.import);
    let export = registers(collected, rows, plausible, |row| row.export);
    let counting = Counting {
        length: interval,
        resolution: NonZeroU32::MIN,
    };
    for interval_index in near(rows, interval) {
        check_size(1, held.saturating_add(placed.len()).max(1))?;
        let moved = |judged: &Option<Judged>| match judged {
            Some(judged) => of_interval(interval_index, &judged.registers, counting, plausible.limit),
            // A meter without a register of this direction has nothing to count.
            None => Moved {
                energy: Energy::ZERO,
                quality: Quality::Measured,
            },
        };
        let reading = both(moved(&import), moved(&export));
        if reading.is_missing() {
            continue;
        }
        let start = UnixSeconds(interval.start_of(interval_index));
        let from = rows.partition_point(|row| row.at <= start).saturating_sub(1);
        let row = rows.get(from).unwrap_or(first);
        placed.push(Placed {
            start,
            origin: row.origin,
            reading,
        });
    }
    Ok(placed)
}

/// The intervals in which a register was read, and those between readings so near that a line may be drawn: of all others
/// nothing is known, however many they are.
fn near(rows: &[Row], interval: IntervalLength) -> impl Iterator<Item = IntervalIndex> + '_ {
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let mut next = IntervalIndex(0);
    pairs.flat_map(move |(row, after)| {
        let hole = after.at.0.saturating_sub(row.at.0);
        let (from, to) = (interval.index_at(row.at.0), interval.index_at(after.at.0));
        let last = if hole < LONG_HOLE.0 { to } else { from };
        let first = from.max(next);
        next = last.plus(1).max(next);
        (first.0..=last.0).map(IntervalIndex)
    })
}

/// A meter's register of one direction, judged; `None` where no row says it.
fn registers(
    collected: &mut Collected,
    rows: &[Row],
    plausible: Plausible,
    direction: fn(&Row) -> Option<u64>,
) -> Option<Judged> {
    let read = |row: &Row| {
        let value = direction(row).filter(|_| row.quality != Quality::Missing)?;
        Some(RegisterReading {
            at: row.at,
            value: Energy(value),
        })
    };
    rows.iter().find_map(direction)?;
    let judged = judge(rows.iter().filter_map(read).collect(), plausible);
    for doubted in judged.dropped.iter().chain(&judged.held) {
        if let (Some(doubt), Some(row)) = (doubt(&judged, plausible, *doubted), row_at(rows, doubted)) {
            collected.notice(row.origin, What::Register(doubt));
        }
    }
    for (register, next) in judged.registers.iter().zip(judged.registers.iter().skip(1)) {
        let zeros = register.iter().all(|reading| reading.value == Energy::ZERO);
        let begins = if zeros { register.first() } else { next.first() };
        if let Some((row, at)) = begins.and_then(|begins| Some((row_at(rows, begins)?, begins.at))) {
            let what = if zeros {
                What::Restart { at }
            } else {
                What::NewRegister { at }
            };
            collected.notice(row.origin, what);
        }
    }
    Some(judged)
}

/// Why a reading was not believed: how it follows the last trusted one before it.
fn doubt(judged: &Judged, plausible: Plausible, doubted: RegisterReading) -> Option<Doubt> {
    let mut trusted = judged.registers.iter().flatten();
    let before = trusted.rfind(|reading| reading.at <= doubted.at)?;
    plausible.step(*before, doubted).err()
}

/// The row of a reading.
fn row_at<'a>(rows: &'a [Row], reading: &RegisterReading) -> Option<&'a Row> {
    let found = rows.binary_search_by_key(&reading.at, |row| row.at);
    found.ok().and_then(|at| rows.get(at))
}
