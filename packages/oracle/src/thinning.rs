//! Raw readings that no interval's value needs are removed after a stated time.
//!
//! Of a meter that sends every ten seconds a year would be three million rows a register. What decides an interval are the
//! readings next to its ends, and those around a fall or a jump. So those next to boundaries are kept, and before the others are removed
//! every interval that they could touch is computed with and without them: unless all are the same, all stay.

use gridpact_units::{IntervalIndex, IntervalLength, Seconds, UnixSeconds};
use rusqlite::Connection;

use crate::config::Meter;
use crate::derive::{of_samples, plausible, Limits, Stretch};
use crate::grid::Grid;
use crate::sample::{Register, Sample};
use crate::store::error::StoreError;
use crate::store::readings::{
    first_sample, register_sources, remove_samples, samples, set_thinned_until, thinned_until,
};

/// Thins the next day of a meter that is older than `keep`; says how many samples went, or `None` where no day is left.
///
/// # Errors
/// The database refuses.
pub fn thin_a_day(
    connection: &Connection,
    meter: &Meter,
    grid: &Grid,
    (keep, now): (Seconds, UnixSeconds),
) -> Result<Option<usize>, StoreError> {
    let Some(limits) = grid.limits.get(&meter.slot) else {
        return Ok(None);
    };
    let name = meter.name.get_ref();
    let begun = match thinned_until(connection, name)? {
        Some(until) => Some(until),
        None => first_sample(connection, name)?,
    };
    let Some(begun) = begun else {
        return Ok(None);
    };
    let day = begun.0.saturating_sub(begun.0.rem_euclid(Seconds::DAY.0));
    let end = day.saturating_add(Seconds::DAY.0);
    // The day behind it must be whole too: a late reading may still come into it.
    if end.saturating_add(keep.0) > now.0 {
        return Ok(None);
    }
    let stretch = touched(grid, (day, end));
    let mut removed: usize = 0;
    for register in Register::BOTH {
        for source in register_sources(connection, name, register)? {
            let which = (name.as_str(), source.as_str());
            let all = samples(connection, which, register, stretch.reach())?;
            let going = superfluous(&all, meter, *limits, stretch, (day, end));
            remove_samples(connection, which, register, &going)?;
            removed = removed.saturating_add(going.len());
        }
    }
    set_thinned_until(connection, name, UnixSeconds(end))?;
    Ok(Some(removed))
}

/// The intervals that readings of a day could touch: its own, those around it, and those judged by it on the day after.
fn touched(grid: &Grid, (day, end): (u64, u64)) -> Stretch {
    let length = grid.counting.length;
    let first = IntervalIndex(length.index_at(day).0.saturating_sub(1));
    let last = length.index_at(end.saturating_add(Seconds::DAY.0));
    Stretch {
        counting: grid.counting,
        first,
        intervals: last.since(first).unwrap_or_default(),
    }
}

/// The moments of samples within the day that may go; none where that would change anything.
fn superfluous(
    all: &[Sample],
    meter: &Meter,
    limits: Limits,
    stretch: Stretch,
    (day, end): (u64, u64),
) -> Vec<UnixSeconds> {
    let Some(register) = all.first().map(|sample| sample.register) else {
        return Vec::new();
    };
    let going = between_boundaries(all, stretch.counting.length, (day, end));
    if going.is_empty() {
        return going;
    }
    let stay = |sample: &&Sample| going.binary_search(&sample.at).is_err();
    let left: Vec<Sample> = all.iter().filter(stay).copied().collect();
    let plausible = plausible(meter, limits, register);
    if of_samples(&left, plausible, stretch) == of_samples(all, plausible, stretch) {
        going
    } else {
        Vec::new()
    }
}

/// The moments of the day's samples that are neither the first nor the last of their interval.
fn between_boundaries(all: &[Sample], length: IntervalLength, (day, end): (u64, u64)) -> Vec<UnixSeconds> {
    let interval = |sample: &Sample| length.index_at(sample.at.0);
    let mut going = Vec::new();
    for three in all.windows(3) {
        let [before, this, after] = three else { continue };
        let inside = interval(before) == interval(this) && interval(this) == interval(after);
        if inside && (day..end).contains(&this.at.0) {
            going.push(this.at);
        }
    }
    going
}
