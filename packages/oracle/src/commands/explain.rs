//! `gridpact-oracle explain`: which readings made a value, and by which rule.

use std::fmt::Write;

use anyhow::Result;
use gridpact_readings::registers::boundary::Unknown;
use gridpact_readings::registers::energies::value_at;
use gridpact_readings::registers::RegisterReading;
use gridpact_readings::rfc3339;
use gridpact_units::decimal::energy::show_energy;
use gridpact_units::{Quality, UnixSeconds};
use rusqlite::Connection;

use super::look;
use crate::config::{Config, Meter};
use crate::derive::{derive, judged, of_samples, plausible, Limits, Origin, Stretch};
use crate::sample::Register;
use crate::store::error::StoreError;
use crate::store::look_at;
use crate::store::readings::{register_sources, samples};

/// Explains an interval of a meter.
///
/// # Errors
/// No such meter or interval; no database; no chain to say how the grid counts.
pub async fn run(config: &Config, meter: &str, interval: &str) -> Result<()> {
    let meter = look::meter(config, meter)?;
    let grid = look::grid(&look::basis(config).await?.1)?;
    let interval = look::interval(interval, grid.counting.length)?;
    let stretch = Stretch {
        counting: grid.counting,
        first: interval,
        intervals: 1,
    };
    let Some(limits) = grid.limits.get(&meter.slot) else {
        println!(
            "{}: slot {} has no seat in the next report's roster",
            meter.name.get_ref(),
            meter.slot
        );
        return Ok(());
    };
    let connection = look_at(&config.folder)?;
    print!("{}", text(&connection, meter, *limits, stretch)?);
    Ok(())
}

/// The explanation.
///
/// # Errors
/// The database refuses.
pub fn text(
    connection: &Connection,
    meter: &Meter,
    limits: Limits,
    stretch: Stretch,
) -> Result<String, StoreError> {
    let mut text = String::new();
    let (from, to) = stretch.ends();
    for derived in derive(connection, meter, limits, stretch)? {
        let reading = derived.reading;
        let from_where = match derived.origin {
            Origin::Registers(..) => "from registers",
            Origin::File => "from a file",
            Origin::Nothing => "nothing says it",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}, interval {} ({} to {}): import {}, export {}, {:?}, {from_where}",
            meter.name.get_ref(),
            derived.interval,
            rfc3339::show(from),
            rfc3339::show(to),
            show_energy(reading.import.0.into()),
            show_energy(reading.export.0.into()),
            reading.quality,
        );
    }
    for register in Register::BOTH {
        for source in register_sources(connection, meter.name.get_ref(), register)? {
            let plausible = plausible(meter, limits, register);
            let name = (meter.name.get_ref().as_str(), source.as_str());
            let samples = samples(connection, name, register, stretch.reach())?;
            let moved = of_samples(&samples, plausible, stretch);
            let judged = judged(&samples, plausible);
            for moved in moved {
                let told = match moved.quality {
                    Quality::Missing => "missing".to_owned(),
                    quality => format!("{}, {quality:?}", show_energy(moved.energy.0.into())),
                };
                let _ = writeln!(text, "  {} by {source}: {told}", register.name());
            }
            for (what, moment) in [("begins", from), ("ends", to)] {
                let _ = writeln!(
                    text,
                    "    {what}: {}",
                    boundary(moment, &judged.registers, stretch)
                );
            }
            let near = |reading: &&RegisterReading| reading.at >= from && reading.at <= to;
            for (what, readings) in [("dropped", &judged.dropped), ("waits", &judged.held)] {
                for reading in readings.iter().filter(near) {
                    let _ = writeln!(text, "    {what}: {}", shown(*reading));
                }
            }
        }
    }
    Ok(text)
}

/// How the register stood at a boundary, and by what.
fn boundary(moment: UnixSeconds, registers: &[Vec<RegisterReading>], stretch: Stretch) -> String {
    let begun = registers
        .iter()
        .rev()
        .find(|register| register.first().is_some_and(|first| first.at <= moment));
    let Some(register) = begun.or(registers.first()) else {
        return "no reading".to_owned();
    };
    match value_at(moment, register, stretch.counting.resolution) {
        Ok(boundary) if boundary.hole().0 == 0 => {
            format!("{}, read there", show_energy(boundary.value.0.into()))
        }
        Ok(boundary) => format!(
            "{}, on the line between {} and {} ({} s apart)",
            show_energy(boundary.value.0.into()),
            shown(boundary.before),
            shown(boundary.after),
            boundary.hole()
        ),
        Err(Unknown::Unread) => "no reading before it".to_owned(),
        Err(Unknown::Open) => "no reading after it yet".to_owned(),
        Err(Unknown::Hole(hole)) => format!("the readings around it are {hole} s apart: two hours or more"),
        Err(Unknown::Fell) => "the register fell".to_owned(),
    }
}

fn shown(reading: RegisterReading) -> String {
    format!(
        "{} at {}",
        show_energy(reading.value.0.into()),
        rfc3339::show(reading.at)
    )
}
