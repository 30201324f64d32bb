//! How long readings and intervals are, where a file does not say: as most of its rows do, never as one late stamp does.

use std::collections::BTreeMap;

use gridpact_units::{IntervalLength, UnixSeconds};

use crate::collected::Collected;
use crate::dataset::check_size;
use crate::error::{BadRow, Error};
use crate::findings::what::What;
use crate::options::Options;
use crate::rfc3339;
use crate::row::Row;
use crate::row_log::{RowLog, Rows};

/// Steps above a day say nothing of lengths.
const LONGEST_STEP: u64 = 86_400;
/// Hours that do not start on the hour are spread over nothing finer than a quarter, as whose quarters zones are.
const FINEST_OFFSET: u32 = 900;
/// Steps that make it likely that rows far apart are longer readings.
const LIKELY: usize = 2;

/// How often each step between rows occurs.
type Steps = BTreeMap<u64, usize>;

/// Lengths found.
pub(super) struct Lengths {
    /// The grid's.
    pub interval: IntervalLength,
    /// Of every meter's readings that do not say it, s.
    pub own: Vec<u32>,
}

/// Finds the interval, and how long every meter's readings are.
pub(super) fn find(collected: &mut Collected, logs: &[RowLog], options: &Options) -> Result<Lengths, Error> {
    let steps: Vec<Steps> = (0..)
        .zip(logs)
        .map(|(meter, log)| own_steps(log.rows(meter)))
        .collect();
    let interval = match options.interval {
        Some(interval) => interval,
        None => usual(collected, logs, &steps)?,
    };
    let own: Vec<u32> = steps
        .iter()
        .zip(&collected.meters)
        .map(|(steps, meter)| own_length(steps, interval, options, meter))
        .collect();
    tell_longer(collected, logs, (&steps, &own), interval, options);
    if options.interval.is_some() {
        return Ok(Lengths { interval, own });
    }
    let interval = on_offset(collected, logs, &own, interval)?;
    check_span(logs, interval)?;
    Ok(Lengths { interval, own })
}

/// Tells of meters that may give longer readings than they were taken for.
fn tell_longer(
    collected: &mut Collected,
    logs: &[RowLog],
    (steps, own): (&[Steps], &[u32]),
    interval: IntervalLength,
    options: &Options,
) {
    for (((meter, log), steps), own) in (0..).zip(logs).zip(steps).zip(own) {
        let Some(first) = log.rows(meter).find(Row::is_energy) else {
            continue;
        };
        let stated = options.length_of.contains_key(collected.name_of(first.origin));
        let taken = !stated && *own == interval.seconds();
        if let Some(seconds) = looks_longer(steps, interval).filter(|_| taken) {
            let interval = interval.seconds();
            collected.notice(first.origin, What::LooksLonger { seconds, interval });
        }
    }
}

/// Refuses a neighbourhood's rows that span more than is held at once, before anything else is said of them.
fn check_span(logs: &[RowLog], interval: IntervalLength) -> Result<(), Error> {
    let index = |at: UnixSeconds| interval.index_at(at.0);
    let first = logs
        .iter()
        .filter_map(|log| log.rows(0).next())
        .map(|row| index(row.at));
    let last = logs.iter().filter_map(RowLog::last).map(index);
    let span = last
        .max()
        .zip(first.min())
        .and_then(|(last, first)| last.since(first));
    let intervals = usize::try_from(span.unwrap_or_default()).unwrap_or(usize::MAX);
    check_size(logs.len(), intervals.saturating_add(1))
}

/// The steps of a meter: its readings' own lengths where they say so, else the times between them.
fn own_steps(rows: Rows) -> Steps {
    let mut steps = Steps::new();
    let mut count = |step: u64| {
        let count = steps.entry(step.min(LONGEST_STEP.saturating_add(1))).or_default();
        *count = count.saturating_add(1);
    };
    let mut before: Option<Row> = None;
    for row in rows {
        if let Some(before) = before.filter(|before| before.seconds == 0) {
            count(row.at.0.saturating_sub(before.at.0));
        }
        if row.seconds > 0 {
            count(row.seconds.into());
        }
        before = Some(row);
    }
    steps
}

/// The step that occurs most; the shorter of two that occur alike.
fn most(steps: &Steps) -> Option<u64> {
    let shortest_first = steps.iter().rev();
    shortest_first
        .max_by_key(|(_, count)| **count)
        .map(|(step, _)| *step)
}

/// The interval of most rows.
fn usual(collected: &Collected, logs: &[RowLog], own: &[Steps]) -> Result<IntervalLength, Error> {
    let mut all = Steps::new();
    for (step, count) in own.iter().flatten() {
        let sum = all.entry(*step).or_default();
        *sum = sum.saturating_add(*count);
    }
    let only_registers = collected.count > 0 && !logs.iter().any(RowLog::has_energies);
    let step = most(&all).or_else(|| between_meters(logs));
    // Registers are read when it suits, and their energies known at any boundary: only a step that most have is meant.
    let steps: usize = all.values().sum();
    let meant = |step: &u64| all.get(step).is_some_and(|count| count.saturating_mul(2) > steps);
    let step = step.filter(|step| !only_registers || meant(step));
    let length = step
        .and_then(|step| u32::try_from(step).ok())
        .and_then(|step| IntervalLength::from_seconds(step).ok());
    match (length, step) {
        (Some(length), _) => Ok(length),
        (None, _) if only_registers => Ok(IntervalLength::QUARTER_HOUR),
        (None, None) => Err(Error::TooFewStarts {
            file: collected.files.join(", "),
            got: collected.count.min(1),
        }),
        (None, Some(step)) => Err(Error::Step {
            file: collected.files.join(", "),
            step,
        }),
    }
}

/// The shortest step between any two rows, where no meter has two.
fn between_meters(logs: &[RowLog]) -> Option<u64> {
    let mut starts: Vec<UnixSeconds> = logs.iter().filter_map(RowLog::last).collect();
    starts.sort_unstable();
    let steps = starts.iter().zip(starts.iter().skip(1));
    let steps = steps.map(|(start, next)| next.0.saturating_sub(start.0));
    steps.filter(|step| *step > 0).min()
}

/// How long a meter's readings are that do not say it.
///
/// No reading is longer than the shortest time between two. Every second row of a grid may be absent, or of twice the length: for less
/// than a day it is absent, kept up for longer it is the meter's way.
fn own_length(steps: &Steps, interval: IntervalLength, options: &Options, meter: &str) -> u32 {
    if let Some(stated) = options.length_of.get(meter) {
        return stated.seconds();
    }
    let grid = u64::from(interval.seconds());
    let usual = most(steps).filter(|_| options.interval.is_none());
    let shortest = steps.keys().next().copied().filter(|shortest| *shortest >= grid);
    let divides = |shortest: &u64| usual.and_then(|usual| usual.checked_rem(*shortest)) == Some(0);
    let own = shortest.filter(divides).or(usual);
    let rows: usize = steps.values().sum();
    let every_second =
        own == grid.checked_mul(2) && own.is_some_and(|own| own.saturating_mul(rows as u64) < LONGEST_STEP);
    let own = own
        .filter(|_| !every_second)
        .and_then(|own| u32::try_from(own).ok());
    let own = own.filter(|own| IntervalLength::from_seconds(*own).is_ok());
    own.unwrap_or(interval.seconds())
}

/// The one step of a meter all of whose rows are equally far apart, further than an interval.
fn looks_longer(steps: &Steps, interval: IntervalLength) -> Option<u32> {
    let (step, count) = steps.first_key_value().filter(|_| steps.len() == 1)?;
    let step = u32::try_from(*step).ok()?;
    let valid = IntervalLength::from_seconds(step).is_ok();
    (valid && step > interval.seconds() && *count >= LIKELY).then_some(step)
}

/// The interval, or where readings of its length start at half past or a quarter, as hours of a zone with half an hour do, the
/// half or quarter hour.
fn on_offset(
    collected: &Collected,
    logs: &[RowLog],
    own: &[u32],
    interval: IntervalLength,
) -> Result<IntervalLength, Error> {
    let seconds = interval.seconds();
    let mut offsets: BTreeMap<u64, (usize, Row)> = BTreeMap::new();
    let rows = (0..).zip(logs).zip(own).flat_map(|((meter, log), length)| {
        let rows = log.rows(meter);
        rows.map(move |row| row.lengthened(*length))
    });
    for row in rows.filter(|row| row.is_energy() && row.seconds == seconds) {
        let offset = row.at.0.checked_rem(seconds.into()).unwrap_or_default();
        let (count, _) = offsets.entry(offset).or_insert((0, row));
        *count = count.saturating_add(1);
    }
    let usual = offsets.iter().max_by_key(|(_, (count, _))| *count);
    let Some((offset, (_, row))) = usual.filter(|(offset, _)| **offset > 0) else {
        return Ok(interval);
    };
    let finer = gcd(seconds, u32::try_from(*offset).unwrap_or_default());
    let finer = IntervalLength::from_seconds(finer).ok();
    finer
        .filter(|finer| finer.seconds() >= FINEST_OFFSET)
        .ok_or_else(|| {
            Error::from(Box::new(BadRow {
                file: collected.file_of(row.origin),
                line: row.origin.line.into(),
                column: (1, "interval_start".to_owned()),
                expected: format!("a start on the {seconds}-second grid counted from midnight UTC"),
                got: rfc3339::show(row.at),
            }))
        })
}

/// The greatest number that divides both.
fn gcd(one: u32, other: u32) -> u32 {
    match one.checked_rem(other) {
        None => one,
        Some(rest) => gcd(other, rest),
    }
}
