//! `gridpact-oracle explain`: which readings made a value, and by which rule.

use std::fmt::Write;

use anyhow::Result;
use gridpact_readings::registers::boundary::{Boundary, Unknown, LONG_HOLE, MEASURED_HOLE};
use gridpact_readings::registers::energies::{value_at, Moved};
use gridpact_readings::registers::RegisterReading;
use gridpact_readings::rfc3339;
use gridpact_units::decimal::energy::show_energy;
use gridpact_units::{Energy, Quality, UnixSeconds};
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
            "{}, interval {} ({} to {}): import {}, export {}, {}, {from_where}",
            meter.name.get_ref(),
            derived.interval,
            rfc3339::show(from),
            rfc3339::show(to),
            show_energy(reading.import.0.into()),
            show_energy(reading.export.0.into()),
            look::quality(reading.quality),
        );
    }
    for register in Register::BOTH {
        for source in register_sources(connection, meter.name.get_ref(), register)? {
            let plausible = plausible(meter, limits, register);
            let name = (meter.name.get_ref().as_str(), source.as_str());
            let samples = samples(connection, name, register, stretch.reach())?;
            let moved = of_samples(&samples, plausible, stretch);
            let judged = judged(&samples, plausible);
            let ends = [from, to].map(|moment| boundary(moment, &judged.registers, stretch));
            let most = stretch.counting.most(limits.of(register));
            for moved in moved {
                let told = rule(moved, &ends, most);
                let _ = writeln!(text, "  {} by {source}: {told}", register.name());
            }
            for (what, end) in ["begins", "ends"].iter().zip(&ends) {
                let _ = writeln!(text, "    {what}: {}", stand(end));
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

/// How a register stood at an end of the interval; none where nothing was read.
type End = Option<Result<Boundary, Unknown>>;

fn boundary(moment: UnixSeconds, registers: &[Vec<RegisterReading>], stretch: Stretch) -> End {
    let begun = registers
        .iter()
        .rev()
        .find(|register| register.first().is_some_and(|first| first.at <= moment));
    let register = begun.or(registers.first())?;
    Some(value_at(moment, register, stretch.counting.resolution))
}

/// What one source's register says of the interval, and by which rule.
fn rule(moved: Moved, ends: &[End; 2], most: Energy) -> String {
    let energy = show_energy(moved.energy.0.into());
    let known = ends.each_ref().map(|end| match end {
        Some(Ok(boundary)) => Some(boundary.value.0),
        _ => None,
    });
    match (moved.quality, known) {
        (Quality::Measured | Quality::Limited, _) => {
            format!("{energy}, measured: both ends lie in holes of at most {MEASURED_HOLE} s")
        }
        (Quality::SubstitutedFinal, _) => {
            format!("{energy}, a substitute that stays: an end lies in a hole below {LONG_HOLE} s, on a line")
        }
        (Quality::SubstitutedProvisional, _) => {
            format!(
                "{energy}, a substitute for now: the register was replaced, and its known parts are summed"
            )
        }
        (Quality::Missing, [Some(from), Some(to)]) if to.saturating_sub(from) > most.0 => format!(
            "missing: {} is above the {} that the connection carries in an interval",
            show_energy(to.saturating_sub(from).into()),
            show_energy(most.0.into())
        ),
        (Quality::Missing, [Some(_), Some(_)]) => "missing: no register was read at both ends".to_owned(),
        (Quality::Missing, _) => "missing: an end is not known".to_owned(),
    }
}

/// How a register stood, and by what.
fn stand(end: &End) -> String {
    match end {
        None => "no reading".to_owned(),
        Some(Ok(boundary)) if boundary.hole().0 == 0 => {
            format!("{}, read there", show_energy(boundary.value.0.into()))
        }
        Some(Ok(boundary)) => format!(
            "{}, on the line between {} and {} ({} s apart)",
            show_energy(boundary.value.0.into()),
            shown(boundary.before),
            shown(boundary.after),
            boundary.hole()
        ),
        Some(Err(Unknown::Unread)) => "no reading before it".to_owned(),
        Some(Err(Unknown::Open)) => "no reading after it yet".to_owned(),
        Some(Err(Unknown::Hole(hole))) => {
            format!("the readings around it are {hole} s apart: two hours or more")
        }
        Some(Err(Unknown::Fell)) => "the register fell".to_owned(),
    }
}

fn shown(reading: RegisterReading) -> String {
    format!(
        "{} at {}",
        show_energy(reading.value.0.into()),
        rfc3339::show(reading.at)
    )
}
