//! How long readings and intervals are, where a file does not say: as most of its rows do, never as one late stamp does.

use std::collections::BTreeMap;

use gridpact_units::{IntervalLength, UnixSeconds};

use crate::collected::{Collected, Row};
use crate::error::{BadRow, Error};
use crate::findings::what::What;
use crate::options::Options;
use crate::rfc3339;

/// Steps above a day say nothing of lengths.
const LONGEST_STEP: u64 = 86_400;
/// Hours that do not start on the hour are spread over nothing finer than a quarter, as whose quarters zones are.
const FINEST_OFFSET: u32 = 900;
/// Steps that make it likely that rows far apart are longer readings.
const LIKELY: usize = 2;

/// How often each step between rows occurs.
type Steps = BTreeMap<u64, usize>;

/// Finds the interval, gives every energy row its length, and makes ends starts.
pub(super) fn find(collected: &mut Collected, options: &Options) -> Result<IntervalLength, Error> {
    let rows = &collected.rows;
    let own: Vec<Steps> = own_steps(rows, collected.meters.len());
    let interval = match options.interval {
        Some(interval) => interval,
        None => usual(collected, &own)?,
    };
    let mut rows = core::mem::take(&mut collected.rows);
    for of_meter in rows.chunk_by_mut(|row, next| row.origin.meter == next.origin.meter) {
        let first = of_meter.iter().find(|row| row.is_energy()).copied();
        let steps = first.and_then(|first| own.get(first.origin.meter as usize));
        let (Some(first), Some(steps)) = (first, steps) else {
            continue;
        };
        lengthen(of_meter, own_length(steps, interval, options));
        if let Some(seconds) = looks_longer(steps, interval).filter(|_| options.interval.is_some()) {
            let interval = interval.seconds();
            collected.notice(first.origin, What::LooksLonger { seconds, interval });
        }
    }
    collected.rows = rows;
    match options.interval {
        Some(interval) => Ok(interval),
        None => on_offset(collected, interval),
    }
}

/// The steps of every meter: its readings' own lengths where they say so, else the times between them.
fn own_steps(rows: &[Row], meters: usize) -> Vec<Steps> {
    let mut own = vec![Steps::new(); meters];
    for (row, next) in rows.iter().zip(rows.iter().skip(1).map(Some).chain([None])) {
        let between = next
            .filter(|next| next.origin.meter == row.origin.meter)
            .map(|next| next.at.0.saturating_sub(row.at.0));
        let step = match row.seconds {
            0 => between,
            seconds => Some(seconds.into()),
        };
        if let (Some(step), Some(steps)) = (step, own.get_mut(row.origin.meter as usize)) {
            let step = step.min(LONGEST_STEP.saturating_add(1));
            let count = steps.entry(step).or_default();
            *count = count.saturating_add(1);
        }
    }
    own
}

/// The step that occurs most; the shorter of two that occur alike.
fn most(steps: &Steps) -> Option<u64> {
    let shortest_first = steps.iter().rev();
    shortest_first
        .max_by_key(|(_, count)| **count)
        .map(|(step, _)| *step)
}

/// The interval of most rows.
fn usual(collected: &Collected, own: &[Steps]) -> Result<IntervalLength, Error> {
    let mut all = Steps::new();
    for (step, count) in own.iter().flatten() {
        let sum = all.entry(*step).or_default();
        *sum = sum.saturating_add(*count);
    }
    let only_registers = !collected.rows.is_empty() && !collected.rows.iter().any(Row::is_energy);
    let step = most(&all).or_else(|| between_meters(&collected.rows));
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
            got: collected.rows.len().min(1),
        }),
        (None, Some(step)) => Err(Error::Step {
            file: collected.files.join(", "),
            step,
        }),
    }
}

/// The shortest step between any two rows, where no meter has two.
fn between_meters(rows: &[Row]) -> Option<u64> {
    let mut starts: Vec<UnixSeconds> = rows.iter().map(|row| row.at).collect();
    starts.sort_unstable();
    let steps = starts.iter().zip(starts.iter().skip(1));
    let steps = steps.map(|(start, next)| next.0.saturating_sub(start.0));
    steps.filter(|step| *step > 0).min()
}

/// How long a meter's readings are that do not say it.
fn own_length(steps: &Steps, interval: IntervalLength, options: &Options) -> u32 {
    let own = most(steps).and_then(|step| u32::try_from(step).ok());
    let own = own.filter(|own| options.interval.is_none() && IntervalLength::from_seconds(*own).is_ok());
    own.unwrap_or(interval.seconds())
}

/// The one step of a meter all of whose rows are equally far apart, further than an interval.
fn looks_longer(steps: &Steps, interval: IntervalLength) -> Option<u32> {
    let (step, count) = steps.first_key_value().filter(|_| steps.len() == 1)?;
    let step = u32::try_from(*step).ok()?;
    let valid = IntervalLength::from_seconds(step).is_ok();
    (valid && step > interval.seconds() && *count >= LIKELY).then_some(step)
}

/// Gives a meter's rows their length, and makes ends starts.
fn lengthen(of_meter: &mut [Row], length: u32) {
    for row in of_meter.iter_mut().filter(|row| row.is_energy()) {
        if row.seconds == 0 {
            row.seconds = length;
        }
        if row.ends {
            row.at = UnixSeconds(row.at.0.saturating_sub(row.seconds.into()));
            row.ends = false;
        }
    }
}

/// The interval, or where readings of its length start at half past or a quarter, as hours of a zone with half an hour do, the
/// half or quarter hour.
fn on_offset(collected: &Collected, interval: IntervalLength) -> Result<IntervalLength, Error> {
    let seconds = interval.seconds();
    let mut offsets: BTreeMap<u64, (usize, &Row)> = BTreeMap::new();
    for row in collected
        .rows
        .iter()
        .filter(|row| row.is_energy() && row.seconds == seconds)
    {
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
