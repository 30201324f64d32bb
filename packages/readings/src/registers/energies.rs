//! The energies of intervals from registers.

use core::num::NonZeroU32;

use gridpact_units::{Energy, IntervalIndex, IntervalLength, Power, Quality, Reading, UnixSeconds};

use super::boundary::{self, Boundary, Unknown, LONG_HOLE};
use super::RegisterReading;

/// How a grid counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// Length of an interval.
    pub length: IntervalLength,
    /// What all its energies are multiples of, mWh.
    pub resolution: NonZeroU32,
}

/// What a meter moved in one direction in one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// How much; 0 where it is missing.
    pub energy: Energy,
    /// What it is worth.
    pub quality: Quality,
}

impl Moved {
    /// Nobody knows.
    pub const MISSING: Self = Self {
        energy: Energy::ZERO,
        quality: Quality::Missing,
    };
}

impl Counting {
    /// The most energy of an interval that is believed: limit x time, up to the next count, since the register is rounded down
    /// at both ends.
    pub fn most(&self, limit: Power) -> Energy {
        let resolution = u64::from(self.resolution.get());
        let moved = limit.energy_over(self.length.seconds()).0;
        Energy(moved.div_ceil(resolution).saturating_mul(resolution))
    }

    /// When an interval begins and ends.
    fn ends(&self, interval: IntervalIndex) -> (UnixSeconds, UnixSeconds) {
        let start = |index| UnixSeconds(self.length.start_of(index));
        (start(interval), start(interval.plus(1)))
    }
}

/// The energy between two boundaries of one register, of which the worse says what it is worth; missing where one is not known, or
/// above the most that is believed.
pub fn between(from: Result<Boundary, Unknown>, to: Result<Boundary, Unknown>, most: Energy) -> Moved {
    let (Ok(from), Ok(to)) = (from, to) else {
        return Moved::MISSING;
    };
    match to.value.checked_sub(from.value) {
        Some(energy) if energy <= most => Moved {
            energy,
            quality: from.quality().max(to.quality()),
        },
        _ => Moved::MISSING,
    }
}

/// The energy of an interval, from the registers that a meter had one after the other, each with its trusted readings in order of
/// time (see [`super::judged`]).
///
/// Between the last reading of a register and the first of the next, which are less than two hours apart, the energy is unknown: the
/// parts known of the interval are summed, substituted provisional. Longer, or with nothing known, it is missing.
pub fn of_interval<R: AsRef<[RegisterReading]>>(
    interval: IntervalIndex,
    registers: &[R],
    counting: Counting,
    limit: Power,
) -> Moved {
    let (from, to) = counting.ends(interval);
    let most = counting.most(limit);
    // Of the registers in order of time, those that were read between the interval's ends or around them.
    let begun = registers.partition_point(|register| ends(register).1 < from);
    let touched = registers.iter().skip(begun).map(AsRef::as_ref);
    let touched: Vec<&[RegisterReading]> = touched.take_while(|register| ends(register).0 <= to).collect();
    if let Some(register) = touched
        .iter()
        .find(|register| ends(register).0 <= from && ends(register).1 >= to)
    {
        let at = |moment| value_at(moment, register, counting.resolution);
        return between(at(from), at(to), most);
    }
    let before = begun.checked_sub(1).and_then(|last| registers.get(last));
    let after = registers.get(begun.saturating_add(touched.len()));
    if dark(
        before.map(AsRef::as_ref),
        &touched,
        after.map(AsRef::as_ref),
        (from, to),
    ) {
        return Moved::MISSING;
    }
    known_parts(&touched, (from, to), counting.resolution)
        .filter(|energy| *energy <= most)
        .map_or(Moved::MISSING, |energy| Moved {
            energy,
            quality: Quality::SubstitutedProvisional,
        })
}

/// Whether a part of the interval lies before the first register, behind the last, or between two that are two hours apart.
fn dark(
    before: Option<&[RegisterReading]>,
    touched: &[&[RegisterReading]],
    after: Option<&[RegisterReading]>,
    (from, to): (UnixSeconds, UnixSeconds),
) -> bool {
    let (Some(first), Some(last)) = (touched.first(), touched.last()) else {
        return true;
    };
    let begins_dark = before.is_none() && ends(first).0 > from;
    let ends_dark = after.is_none() && ends(last).1 < to;
    let before = before.filter(|_| ends(first).0 > from);
    let after = after.filter(|_| ends(last).1 < to);
    let all = before.into_iter().chain(touched.iter().copied()).chain(after);
    let all: Vec<(UnixSeconds, UnixSeconds)> = all.map(|register| ends(&register)).collect();
    let mut gaps = all.iter().zip(all.iter().skip(1));
    let too_long = gaps.any(|((_, end), (start, _))| start.0.saturating_sub(end.0) >= LONG_HOLE.0);
    begins_dark || ends_dark || too_long
}

/// What the registers counted between these moments; `None` where a part has a long hole, or there is no part.
fn known_parts(
    touched: &[&[RegisterReading]],
    (from, to): (UnixSeconds, UnixSeconds),
    resolution: NonZeroU32,
) -> Option<Energy> {
    let mut known = None;
    for register in touched {
        let (first, last) = ends(register);
        let (from, to) = (first.max(from), last.min(to));
        if from >= to {
            continue;
        }
        let at = |moment| value_at(moment, register, resolution).ok();
        let part = at(to)?.value.checked_sub(at(from)?.value)?;
        known = Some(known.unwrap_or(Energy::ZERO).checked_add(part)?);
    }
    known
}

/// When a register was first and last read.
fn ends(register: &impl AsRef<[RegisterReading]>) -> (UnixSeconds, UnixSeconds) {
    let at = |reading: Option<&RegisterReading>| reading.map(|reading| reading.at).unwrap_or_default();
    let readings = register.as_ref();
    (at(readings.first()), at(readings.last()))
}

/// A register, with its readings in order of time, at a moment.
pub fn value_at(
    moment: UnixSeconds,
    register: &[RegisterReading],
    resolution: NonZeroU32,
) -> Result<Boundary, Unknown> {
    let later = register.partition_point(|reading| reading.at <= moment);
    let before = later.checked_sub(1).and_then(|last| register.get(last));
    boundary::at(moment, before.copied(), register.get(later).copied(), resolution)
}

/// Both directions of a meter as one reading, worth what the worse is; missing where one is.
pub fn both(import: Moved, export: Moved) -> Reading {
    let quality = import.quality.max(export.quality);
    if import.quality == Quality::Missing || export.quality == Quality::Missing {
        return Reading::MISSING;
    }
    Reading {
        import: import.energy,
        export: export.energy,
        quality,
    }
}

/// The energy of a long interval over so many short ones, by the same line as a register's: all of it, where the last part takes
/// what is no whole count.
pub fn spread(energy: Energy, parts: NonZeroU32, resolution: NonZeroU32) -> impl Iterator<Item = Energy> {
    let until = move |part: u32| match part == parts.get() {
        true => energy,
        false => boundary::down(
            boundary::share(energy, part.into(), parts.get().into()),
            resolution,
        ),
    };
    (0..parts.get()).map(move |part| until(part.saturating_add(1)).saturating_sub(until(part)))
}
