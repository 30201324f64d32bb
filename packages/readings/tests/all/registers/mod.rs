//! Registers to energies: the rule by examples, and what holds of any register.

mod examples;
mod laws;
mod quarantine;
mod swaps;

use core::num::NonZeroU32;

use gridpact_readings::registers::energies::{of_interval, Counting, Moved};
use gridpact_readings::registers::judged::judge;
use gridpact_readings::registers::plausible::Plausible;
use gridpact_readings::registers::RegisterReading;
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Power, Quality};

/// 25 A on three phases.
const LIMIT: Power = Power(17_250);
const EXACT: NonZeroU32 = NonZeroU32::MIN;
const WATT_HOUR: NonZeroU32 = NonZeroU32::new(1_000).unwrap();

const PLAUSIBLE: Plausible = Plausible {
    limit: LIMIT,
    count: Energy(1_000),
    modulus: None,
};

fn readings(of: &[(u64, u64)]) -> Vec<RegisterReading> {
    let reading = |(at, value): &(u64, u64)| RegisterReading::new(*at, *value);
    of.iter().map(reading).collect()
}

/// Quarter hours from 0 on, of a meter with these readings, of whatever plausibility.
fn quarters(of: &[(u64, u64)], count: u64, resolution: NonZeroU32) -> Vec<Moved> {
    energies(&[readings(of)], count, resolution, IntervalLength::QUARTER_HOUR)
}

fn energies(
    registers: &[Vec<RegisterReading>],
    count: u64,
    resolution: NonZeroU32,
    length: IntervalLength,
) -> Vec<Moved> {
    let counting = Counting { length, resolution };
    let intervals = (0..count).map(IntervalIndex);
    intervals
        .map(|interval| of_interval(interval, registers, counting, LIMIT))
        .collect()
}

/// As [`quarters`], judged first.
fn judged_quarters(of: &[(u64, u64)], count: u64) -> Vec<Moved> {
    let judged = judge(readings(of), PLAUSIBLE);
    energies(&judged.registers, count, EXACT, IntervalLength::QUARTER_HOUR)
}

const fn moved(energy: u64, quality: Quality) -> Moved {
    Moved {
        energy: Energy(energy),
        quality,
    }
}

const fn measured(energy: u64) -> Moved {
    moved(energy, Quality::Measured)
}

const fn substituted(energy: u64) -> Moved {
    moved(energy, Quality::SubstitutedFinal)
}
