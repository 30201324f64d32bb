//! What a meter's intervals held, from all that is kept of it.
//!
//! Registers come first, source by source: each is judged alone, since two devices at one meter count apart. Of several the
//! best quality counts, among equals the first source by name. Where registers do not say that an interval was measured,
//! what a file gave stands in its place if it is better.

use gridpact_readings::registers::energies::{both, of_interval, Counting, Moved};
use gridpact_readings::registers::judged::{judge, Judged};
use gridpact_readings::registers::plausible::Plausible;
use gridpact_readings::registers::RegisterReading;
use gridpact_units::{Energy, IntervalIndex, Power, Quality, Reading, UnixSeconds};
use rusqlite::Connection;

use crate::config::Meter;
use crate::sample::{Register, Sample};
use crate::store::error::StoreError;
use crate::store::given::{self, GivenEnergy};
use crate::store::readings;

/// How long before the first interval registers are judged from: what was wrong a day ago is clear by now.
pub const LOOK_BACK: u64 = 86_400;
/// How long behind the last interval readings still matter: a hole closes within two hours, a new register is confirmed soon.
pub const LOOK_AHEAD: u64 = 3 * 3_600;

/// What a connection can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Taken from the wire.
    pub import: Power,
    /// Given to it.
    pub export: Power,
}

impl Limits {
    /// Of a register.
    pub const fn of(self, register: Register) -> Power {
        match register {
            Register::Import => self.import,
            Register::Export => self.export,
        }
    }
}

/// Intervals of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// How the grid counts.
    pub counting: Counting,
    /// The first.
    pub first: IntervalIndex,
    /// How many.
    pub intervals: u64,
}

impl Stretch {
    /// The intervals.
    pub fn iter(&self) -> impl Iterator<Item = IntervalIndex> {
        let first = self.first;
        (0..self.intervals).map(move |offset| first.plus(offset))
    }

    /// When it begins and ends.
    pub fn ends(&self) -> (UnixSeconds, UnixSeconds) {
        let start = |index| UnixSeconds(self.counting.length.start_of(index));
        (start(self.first), start(self.first.plus(self.intervals)))
    }

    /// From when to when readings matter to it.
    pub fn reach(&self) -> (UnixSeconds, UnixSeconds) {
        let (from, to) = self.ends();
        (
            UnixSeconds(from.0.saturating_sub(LOOK_BACK)),
            UnixSeconds(to.0.saturating_add(LOOK_AHEAD)),
        )
    }
}

/// Where a value is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Registers: the source of what was taken, and of what was given.
    Registers(Option<String>, Option<String>),
    /// A file.
    File,
    /// Nowhere.
    Nothing,
}

/// What one interval of a meter held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Which.
    pub interval: IntervalIndex,
    /// What it held.
    pub reading: Reading,
    /// Where that is from.
    pub origin: Origin,
}

/// What a meter's register can do.
pub fn plausible(meter: &Meter, limits: Limits, register: Register) -> Plausible {
    Plausible {
        limit: limits.of(register),
        count: Energy(meter.count.into()),
        modulus: meter.rollover.and_then(core::num::NonZeroU64::new),
    }
}

/// A meter's readings in a stretch.
///
/// # Errors
/// The database refuses.
pub fn derive(
    connection: &Connection,
    meter: &Meter,
    limits: Limits,
    stretch: Stretch,
) -> Result<Vec<Derived>, StoreError> {
    let import = direction(connection, meter, limits, Register::Import, stretch)?;
    let export = match meter.import_only {
        true => stretch
            .iter()
            .map(|_| {
                (
                    Moved {
                        energy: Energy::ZERO,
                        quality: Quality::Measured,
                    },
                    None,
                )
            })
            .collect(),
        false => direction(connection, meter, limits, Register::Export, stretch)?,
    };
    let given = given::energies(connection, meter.name.get_ref(), stretch.ends())?;
    let both_ways = import.into_iter().zip(export);
    let all = stretch
        .iter()
        .zip(both_ways)
        .map(|(interval, ((import, from), (export, to)))| {
            let reading = both(import, export);
            match better(&given, interval, &reading, stretch.counting) {
                Some(reading) => Derived {
                    interval,
                    reading,
                    origin: Origin::File,
                },
                None if reading.is_missing() => Derived {
                    interval,
                    reading,
                    origin: Origin::Nothing,
                },
                None => Derived {
                    interval,
                    reading,
                    origin: Origin::Registers(from, to),
                },
            }
        });
    Ok(all.collect())
}

/// One direction, interval by interval, with the source that said it.
fn direction(
    connection: &Connection,
    meter: &Meter,
    limits: Limits,
    register: Register,
    stretch: Stretch,
) -> Result<Vec<(Moved, Option<String>)>, StoreError> {
    let name = meter.name.get_ref();
    let mut best: Vec<(Moved, Option<String>)> = stretch.iter().map(|_| (Moved::MISSING, None)).collect();
    for source in readings::register_sources(connection, name, register)? {
        let samples = readings::samples(connection, (name, &source), register, stretch.reach())?;
        let moved = of_samples(&samples, plausible(meter, limits, register), stretch);
        for (best, moved) in best.iter_mut().zip(moved) {
            if rank(moved.quality) < rank(best.0.quality) {
                *best = (moved, Some(source.clone()));
            }
        }
    }
    Ok(best)
}

/// What samples of one register say of a stretch.
pub fn of_samples(samples: &[Sample], plausible: Plausible, stretch: Stretch) -> Vec<Moved> {
    let registers = judged(samples, plausible).registers;
    let moved = |interval| of_interval(interval, &registers, stretch.counting, plausible.limit);
    stretch.iter().map(moved).collect()
}

/// Samples of one register, judged.
pub fn judged(samples: &[Sample], plausible: Plausible) -> Judged {
    let readings = samples.iter().map(|sample| RegisterReading {
        at: sample.at,
        value: Energy(sample.value),
    });
    judge(readings.collect(), plausible)
}

/// What a file gave, where it is better than what registers say. Energies finer than the grid counts are rounded down, as
/// registers are.
fn better(
    given: &[GivenEnergy],
    interval: IntervalIndex,
    reading: &Reading,
    counting: Counting,
) -> Option<Reading> {
    let start = UnixSeconds(counting.length.start_of(interval));
    let at = given.binary_search_by_key(&start, |given| given.start).ok()?;
    let given = given.get(at)?.reading;
    let down = |energy: Energy| {
        let rest = energy.0.checked_rem(counting.resolution.get().into());
        Energy(energy.0.saturating_sub(rest.unwrap_or_default()))
    };
    (rank(given.quality) < rank(reading.quality)).then_some(Reading {
        import: down(given.import),
        export: down(given.export),
        quality: given.quality,
    })
}

/// The lower, the better.
fn rank(quality: Quality) -> u8 {
    match quality {
        Quality::Measured | Quality::Limited => 0,
        Quality::SubstitutedFinal => 1,
        Quality::SubstitutedProvisional => 2,
        Quality::Missing => 3,
    }
}
