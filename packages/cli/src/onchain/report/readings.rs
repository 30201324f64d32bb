//! Readings of a CSV file, brought into the order of a report.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{ensure, Context, Result};
use gridpact_report::{Header, Report, Resolution};
use gridpact_units::{Energy, IntervalIndex, Power, Quality, Reading, UnixSeconds};

use super::super::exit::bad_argument;
use super::super::{energy, time};
use super::plan::Plan;

use gridpact_readings::Table;

/// The columns; the last one may be left out.
pub const COLUMNS: &str = "interval_start,slot,import_kwh,export_kwh,quality";
/// kWh to mWh.
const SCALE: u32 = 6;

/// A report and what was done with the rows.
pub struct Made {
    /// The report.
    pub report: Report,
    /// Rows that are not part of it, and readings that were left out; a line each.
    pub notes: Vec<String>,
    /// Readings that are missing in it.
    pub missing: usize,
}

/// Reads a file and makes the report that `plan` asks for: from its first interval to the last one the file has rows of, or
/// `intervals` of them. A reading that has no row is missing; so is one above the meter's limit, which is noted.
///
/// # Errors
/// A malformed row (with its line), a slot that is not in the roster, two rows for one reading, energy finer than the grid's
/// resolution; no row of the window at all.
pub fn make(path: &Path, plan: &Plan, intervals: Option<u16>, revision: u16) -> Result<Made> {
    let first = plan
        .next
        .first_interval
        .context("the grid has no meter yet: nothing can be reported")?;
    ensure!(
        plan.next.max_intervals > 0,
        "no interval is over yet; the next report begins at {}",
        time::show(UnixSeconds(plan.interval_length.start_of(first)))
    );
    let seats: HashMap<u32, usize> = plan
        .seats
        .iter()
        .enumerate()
        .map(|(place, seat)| (seat.slot.0, place))
        .collect();
    let rows = read(path, plan, first, &seats)?;
    let last = rows.found.iter().map(|row| row.interval).max();
    let covered = last.map_or(0, |last| last.saturating_add(1));
    let intervals = intervals.map_or(covered, usize::from);
    if intervals == 0 || intervals > usize::from(plan.next.max_intervals) {
        return Err(bad_argument(format!(
            "{}: expected 1 to {} intervals from {} on, got {intervals}",
            path.display(),
            plan.next.max_intervals,
            time::show(UnixSeconds(plan.interval_length.start_of(first)))
        )));
    }
    let width = plan.seats.len();
    // Each with the line that gave it.
    let mut readings = vec![(Reading::MISSING, 0); intervals.saturating_mul(width)];
    let mut notes = rows.notes;
    for row in rows.found.iter().filter(|row| row.interval < intervals) {
        let at = row.interval.saturating_mul(width).saturating_add(row.seat);
        let (reading, line) = readings.get_mut(at).context("a seat beyond the roster")?;
        if *line != 0 {
            return Err(bad_argument(format!(
                "{}: lines {line} and {} give the same interval of the same slot",
                path.display(),
                row.line
            )));
        }
        *line = row.line;
        match above_limit(row, plan) {
            Some(note) => notes.push(format!("line {}: {note}: reported as missing", row.line)),
            None => *reading = row.reading,
        }
    }
    let readings: Vec<Reading> = readings.into_iter().map(|(reading, _)| reading).collect();
    let missing = readings.iter().filter(|reading| reading.is_missing()).count();
    let header = Header {
        epoch: plan.next.epoch,
        roster_version: plan.next.roster_version,
        first_interval: first,
        intervals: u16::try_from(intervals)?,
        seats: plan.next.seats,
        revision,
        resolution: Resolution::from_milliwatt_hours(plan.next.resolution)?,
    };
    Ok(Made {
        report: Report { header, readings },
        notes,
        missing,
    })
}

struct Row {
    interval: usize,
    seat: usize,
    reading: Reading,
    line: u64,
}

struct Rows {
    found: Vec<Row>,
    notes: Vec<String>,
}

fn read(path: &Path, plan: &Plan, first: IntervalIndex, seats: &HashMap<u32, usize>) -> Result<Rows> {
    let mut table = Table::open(path, 0)?;
    let header = table.header().join(",");
    if header != COLUMNS && format!("{header},quality") != COLUMNS {
        return Err(table.bad_header(COLUMNS, &header));
    }
    let has_quality = header == COLUMNS;
    let length = u64::from(plan.interval_length.seconds());
    let resolution = u64::from(plan.next.resolution);
    let (mut found, mut outside) = (Vec::new(), 0_u64);
    while table.advance()? {
        let start = time::parse_time(table.cell(0))
            .map_err(|_| table.bad(0, "an RFC 3339 time with its zone", table.cell(0)))?;
        if !start.0.is_multiple_of(length) {
            return Err(table.bad(
                0,
                &format!("the start of an interval of {length} s"),
                table.cell(0),
            ));
        }
        let slot: Option<u32> = table.cell(1).parse().ok();
        let seat = slot.and_then(|slot| seats.get(&slot));
        let Some(seat) = seat else {
            return Err(table.bad(1, "a slot of the roster that the report follows", table.cell(1)));
        };
        let amount = |table: &Table, column| -> Result<Energy> {
            let energy = table.decimal(column, SCALE, "kWh")?;
            if !energy.is_multiple_of(resolution) {
                let expected = format!("a multiple of the grid's resolution, {resolution} mWh");
                return Err(table.bad(column, &expected, table.cell(column)));
            }
            Ok(Energy(energy))
        };
        let quality = match has_quality {
            true => quality(&table)?,
            false => Quality::Measured,
        };
        let reading = match quality {
            Quality::Missing => Reading::MISSING,
            quality => Reading {
                import: amount(&table, 2)?,
                export: amount(&table, 3)?,
                quality,
            },
        };
        let interval = plan.interval_length.index_at(start.0).since(first);
        match interval {
            Some(interval) if interval < u64::from(plan.next.max_intervals) => found.push(Row {
                interval: usize::try_from(interval)?,
                seat: *seat,
                reading,
                line: table.line(),
            }),
            _ => outside = outside.saturating_add(1),
        }
    }
    let mut notes = Vec::new();
    if outside > 0 {
        notes.push(format!(
            "{outside} rows are of intervals that the next report cannot cover: left out"
        ));
    }
    Ok(Rows { found, notes })
}

fn quality(table: &Table) -> Result<Quality> {
    Ok(match table.cell(4) {
        "" | "measured" => Quality::Measured,
        "substituted_final" => Quality::SubstitutedFinal,
        "substituted_provisional" => Quality::SubstitutedProvisional,
        "missing" => Quality::Missing,
        "limited" => Quality::Limited,
        other => {
            let expected = "measured, substituted_final, substituted_provisional, missing or limited";
            return Err(table.bad(4, expected, other));
        }
    })
}

/// What is above what the connection can carry, as the registry counts it.
fn above_limit(row: &Row, plan: &Plan) -> Option<String> {
    let seat = plan.seats.get(row.seat)?;
    let above = |name: &str, energy: Energy, limit: Power| {
        let most = limit.energy_over(plan.interval_length.seconds());
        (energy > most).then(|| {
            format!(
                "{name} of slot {}: expected at most {} ({} over an interval), got {}",
                seat.slot.0,
                energy::show_energy(most.0.into()),
                energy::show_power(limit),
                energy::show_energy(energy.0.into())
            )
        })
    };
    above("import", row.reading.import, seat.import_limit)
        .or_else(|| above("export", row.reading.export, seat.export_limit))
}
