//! Hostile bytes by the thousand: whatever comes, the decoder ends, with the one report that has these bytes or with an error.
//! GRIDPACT_STEPS says how many inputs, GRIDPACT_SEED which.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

use std::hash::{BuildHasher, Hasher, RandomState};

use gridpact_chance::Chance as Draw;
use gridpact_report::{
    decode, encode, Header, Mode, Report, Resolution, Scheme, FORMAT_VERSION, MAX_ENERGY, MAX_FIRST_INTERVAL,
};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading};

/// Inputs, where GRIDPACT_STEPS does not say another number.
const INPUTS: u64 = 20_000;

fn noise(draw: &mut Draw, most: u64) -> Vec<u8> {
    let length = draw.below(most + 1);
    (0..length).map(|_| draw.number() as u8).collect()
}

fn reading(draw: &mut Draw, unit: u64) -> Reading {
    let most = match draw.below(8) {
        0 => MAX_ENERGY.0 / unit,
        1..=2 => 0,
        _ => 500.min(MAX_ENERGY.0 / unit),
    };
    let mut energy = || Energy(draw.below(most + 1) * unit);
    let (import, export) = (energy(), energy());
    let quality = match draw.below(16) {
        0 => return Reading::MISSING,
        1 => Quality::SubstitutedFinal,
        2 => Quality::SubstitutedProvisional,
        3 => Quality::Limited,
        _ => Quality::Measured,
    };
    Reading {
        import,
        export,
        quality,
    }
}

fn report(draw: &mut Draw) -> Report {
    let (intervals, seats) = (1 + draw.below(6) as u16, 1 + draw.below(12) as u16);
    let unit = [1, 250, 1_000, 1_000_000][draw.below(4) as usize];
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: draw.below(1 << 32) as u32,
        roster_version: draw.below(1 << 10) as u32,
        first_interval: IntervalIndex(draw.below(MAX_FIRST_INTERVAL.0)),
        intervals,
        seats,
        revision: draw.below(4) as u16,
        resolution: Resolution::from_milliwatt_hours(unit).unwrap(),
    };
    let readings = (0..intervals * seats)
        .map(|_| reading(draw, unit.into()))
        .collect();
    Report { header, readings }
}

/// Nothing but noise; noise behind a version that is known; or the bytes of a report with a little harm done to them.
fn input(draw: &mut Draw) -> Vec<u8> {
    match draw.below(8) {
        0 => noise(draw, 64),
        1 => [vec![FORMAT_VERSION, 0, 0], noise(draw, 96)].concat(),
        _ => {
            let mut bytes = encode(&report(draw)).unwrap();
            for _ in 0..draw.below(4) {
                harm(draw, &mut bytes);
            }
            bytes
        }
    }
}

fn harm(draw: &mut Draw, bytes: &mut Vec<u8>) {
    let length = bytes.len() as u64;
    if length == 0 {
        return;
    }
    // Half of the harm is done to the header.
    let reach = if draw.below(2) == 0 {
        length.min(24)
    } else {
        length
    };
    let place = draw.below(reach) as usize;
    match draw.below(6) {
        0 => bytes[place] = draw.number() as u8,
        1 => bytes[place] ^= 1 << draw.below(8),
        2 => bytes.truncate(place),
        3 => bytes.insert(place, draw.number() as u8),
        4 => drop(bytes.remove(place)),
        _ => bytes.extend(noise(draw, 4)),
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name}: expected a number, got {text}")),
    )
}

#[test]
fn whatever_comes_is_the_one_report_of_its_bytes_or_an_error() {
    let inputs = number("GRIDPACT_STEPS").unwrap_or(INPUTS);
    let seed = number("GRIDPACT_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={inputs}");
    let (mut taken, mut refused) = (0_u64, 0_u64);
    for step in 0..inputs {
        let mut draw = Draw::new(seed.wrapping_add(step));
        let bytes = input(&mut draw);
        match decode(&bytes) {
            Ok(report) => {
                let again = encode(&report);
                assert_eq!(
                    again.as_ref(),
                    Ok(&bytes),
                    "GRIDPACT_SEED={} repeats it",
                    seed.wrapping_add(step)
                );
                taken += 1;
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
        }
        if step % 100_000 == 99_999 {
            println!("{} inputs: {taken} are reports, {refused} refused", step + 1);
        }
    }
    // Neither would show much alone.
    if inputs >= INPUTS {
        assert!(
            taken > inputs / 10 && refused > inputs / 10,
            "{taken} taken, {refused} refused"
        );
    }
}
