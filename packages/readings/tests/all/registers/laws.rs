//! What holds of any register.

use gridpact_readings::registers::energies::spread;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Steps of time and energy, with holes of all kinds, that the limit allows.
fn rising() -> impl Strategy<Value = Vec<RegisterReading>> {
    let seconds = prop_oneof![1_u64..=300, 300_u64..=900, Just(900_u64), 900_u64..=9_000];
    let steps = vec((seconds, 0_u64..=4_700), 1..60);
    (0_u64..5_000, any::<u32>(), steps).prop_map(|(start, value, steps)| {
        let mut reading = RegisterReading::new(start, value.into());
        let mut all = vec![reading];
        for (seconds, per_second) in steps {
            reading.at.0 += seconds;
            reading.value.0 += seconds * per_second;
            all.push(reading);
        }
        all
    })
}

fn resolutions() -> impl Strategy<Value = NonZeroU32> {
    prop_oneof![Just(1), Just(250), Just(1_000), Just(10_000)].prop_map(|size| NonZeroU32::new(size).unwrap())
}

/// The register at a moment as the rule says, found by looking through all readings; `None` where no line may be drawn.
fn register_at(readings: &[RegisterReading], moment: u64, resolution: NonZeroU32) -> Option<u64> {
    let before = readings.iter().rfind(|reading| reading.at.0 <= moment)?;
    let after = readings.iter().find(|reading| reading.at.0 >= moment)?;
    let (from, to) = (before.at.0, after.at.0);
    let value = match to - from {
        0 => u128::from(before.value.0),
        7_200.. => return None,
        hole => {
            let rise = u128::from(after.value.0 - before.value.0) * u128::from(moment - from);
            u128::from(before.value.0) + rise / u128::from(hole)
        }
    };
    let resolution = u128::from(resolution.get());
    Some(u64::try_from(value / resolution * resolution).unwrap())
}

proptest! {
    #[test]
    fn energies_are_the_registers_differences_and_any_run_of_them_telescopes(
        readings in rising(),
        resolution in resolutions(),
        minutes in prop_oneof![Just(1_u32), Just(5), Just(15), Just(60)],
    ) {
        let length = IntervalLength::from_seconds(minutes * 60).unwrap();
        let seconds = u64::from(length.seconds());
        let count = readings.last().unwrap().at.0 / seconds + 2;
        let moved = energies(core::slice::from_ref(&readings), count, resolution, length);
        let at = |boundary: u64| register_at(&readings, boundary * seconds, resolution);
        let most = LIMIT.energy_over(length.seconds()).0.div_ceil(resolution.get().into()) * u64::from(resolution.get());
        // The beginning of the run of known energies, and their sum.
        let mut run: Option<(u64, u64)> = None;
        for (interval, moved) in (0..).zip(moved) {
            let difference = at(interval + 1).zip(at(interval)).map(|(to, from)| to - from);
            let known = difference.filter(|energy| *energy <= most);
            prop_assert_eq!(moved.quality == Quality::Missing, known.is_none());
            prop_assert_eq!(moved.energy.0, known.unwrap_or_default());
            run = known.map(|energy| {
                let (begins, sum) = run.unwrap_or((interval, 0));
                (begins, sum + energy)
            });
            if let Some((begins, sum)) = run {
                prop_assert_eq!(sum, at(interval + 1).unwrap() - at(begins).unwrap());
            }
        }
    }

    #[test]
    fn four_quarters_are_their_hour(readings in rising(), resolution in resolutions()) {
        let hours = readings.last().unwrap().at.0 / 3_600 + 1;
        let registers = core::slice::from_ref(&readings);
        let hourly = energies(registers, hours, resolution, IntervalLength::HOUR);
        let quarterly = energies(registers, 4 * hours, resolution, IntervalLength::QUARTER_HOUR);
        for (hour, quarters) in hourly.iter().zip(quarterly.chunks(4)) {
            if quarters.iter().all(|quarter| quarter.quality != Quality::Missing) {
                let sum: u64 = quarters.iter().map(|quarter| quarter.energy.0).sum();
                prop_assert!(hour.quality != Quality::Missing);
                prop_assert_eq!(hour.energy.0, sum);
            }
        }
    }

    #[test]
    fn another_reading_on_the_line_changes_nothing(readings in rising(), at in any::<prop::sample::Index>()) {
        // At even seconds and of even values, so that half way is a whole one of both.
        let even = |reading: &RegisterReading| RegisterReading::new(reading.at.0 / 2 * 2 * 2, reading.value.0 / 2 * 2);
        let mut readings: Vec<RegisterReading> = readings.iter().map(even).collect();
        readings.dedup_by_key(|reading| reading.at);
        let at = at.index(readings.len());
        let Some((from, to)) = readings.get(at).copied().zip(readings.get(at + 1).copied()) else {
            return Ok(());
        };
        let mut more = readings.clone();
        more.insert(at + 1, RegisterReading::new(
            from.at.0.midpoint(to.at.0),
            from.value.0.midpoint(to.value.0),
        ));
        let count = readings.last().unwrap().at.0 / 900 + 1;
        let quarters = |readings| energies(&[readings], count, EXACT, IntervalLength::QUARTER_HOUR);
        for (with, without) in quarters(more).iter().zip(quarters(readings)) {
            if without.quality != Quality::Missing {
                prop_assert!(with.energy.0.abs_diff(without.energy.0) <= 1);
            }
        }
    }

    #[test]
    fn what_is_spread_adds_up(energy: u64, parts in 1_u32..=60, resolution in resolutions()) {
        let parts = NonZeroU32::new(parts).unwrap();
        let spread: Vec<u64> = spread(Energy(energy), parts, resolution).map(|part| part.0).collect();
        prop_assert_eq!(spread.len(), parts.get() as usize);
        prop_assert_eq!(spread.iter().map(|part| u128::from(*part)).sum::<u128>(), u128::from(energy));
        let (_, whole) = spread.split_last().unwrap();
        let (least, greatest) = (whole.iter().min(), whole.iter().max());
        let counts = greatest.zip(least).map_or(0, |(greatest, least)| greatest - least);
        prop_assert!(counts <= u64::from(resolution.get()));
    }

    #[test]
    fn whatever_comes_is_judged_into_registers_that_rise_within_the_limit_and_no_reading_is_lost(
        readings in vec((0_u64..2_000, prop_oneof![0_u64..10_000, 0_u64..100_000_000]), 1..80),
    ) {
        let readings = super::readings(&readings);
        let judged = judge(readings.clone(), PLAUSIBLE);
        for (number, register) in judged.registers.iter().enumerate() {
            for (reading, next) in register.iter().zip(register.iter().skip(1)) {
                let most = LIMIT.energy_over(u32::try_from(next.at.0 - reading.at.0).unwrap()).0 + 1_000;
                prop_assert!(reading.at < next.at);
                prop_assert!((reading.value.0..=reading.value.0 + most).contains(&next.value.0));
            }
            if number > 0 {
                prop_assert!(register.len() >= 3);
                prop_assert!(register[register.len() - 1].at.0 - register[0].at.0 >= 60);
            }
        }
        // Registers follow each other in time, and every reading is in one place.
        let trusted: Vec<RegisterReading> = judged.registers.concat();
        prop_assert!(trusted.is_sorted_by(|reading, next| reading.at < next.at));
        let mut kept: Vec<RegisterReading> = [trusted, judged.dropped.clone(), judged.held.clone()].concat();
        let mut given = readings;
        given.sort_by_key(|reading| (reading.at, reading.value));
        given.dedup();
        kept.sort_by_key(|reading| (reading.at, reading.value));
        kept.dedup();
        prop_assert_eq!(kept, given);
        prop_assert!(judged.held.len() <= 60);
    }

    #[test]
    fn no_energy_comes_of_nothing(
        readings in vec((0_u64..20_000, 0_u64..100_000_000), 1..60),
    ) {
        // The energies of all intervals never exceed what the registers rose by.
        let judged = judge(super::readings(&readings), PLAUSIBLE);
        let rose: u64 = judged
            .registers
            .iter()
            .map(|register| register[register.len() - 1].value.0 - register[0].value.0)
            .sum();
        let moved = energies(&judged.registers, 30, EXACT, IntervalLength::QUARTER_HOUR);
        prop_assert!(moved.iter().map(|moved| moved.energy.0).sum::<u64>() <= rose);
    }

    #[test]
    fn the_state_is_found_again_from_the_last_trusted_reading(
        readings in vec((0_u64..2_000, 0_u64..50_000), 2..60),
        at in any::<prop::sample::Index>(),
    ) {
        use gridpact_readings::registers::quarantine::Quarantine;
        let mut readings = super::readings(&readings);
        readings.sort_by_key(|reading| reading.at);
        let mut whole = Quarantine::new(PLAUSIBLE);
        let stop = at.index(readings.len() - 1) + 1;
        for reading in &readings[..stop] {
            whole.take(*reading);
        }
        let trusted = whole.trusted().unwrap();
        let mut resumed = Quarantine::resumed(PLAUSIBLE, trusted);
        for reading in readings[..stop].iter().filter(|reading| reading.at > trusted.at) {
            resumed.take(*reading);
        }
        for reading in &readings[stop..] {
            prop_assert_eq!(whole.take(*reading), resumed.take(*reading));
        }
        prop_assert_eq!(whole.trusted(), resumed.trusted());
    }
}
