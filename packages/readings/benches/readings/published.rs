//! Data sets as they are published.

use std::io::{self, Write};
use std::path::Path;

use super::files::{energies, in_vienna, written, Made, Size};

/// Profiles that loads share.
const PROFILES: u64 = 20;

/// A grid of loads, every fifth of them with a roof.
pub fn simbench(folder: &Path, size: Size) -> io::Result<Made> {
    written(folder, "Load.csv", |out| {
        writeln!(out, "id;node;profile;pLoad;qLoad")?;
        (0..size.meters)
            .try_for_each(|meter| writeln!(out, "L{meter};Bus {meter};H0-{};0.002;0", meter % PROFILES))
    })?;
    written(folder, "RES.csv", |out| {
        writeln!(out, "id;node;type;profile;calc_type;pRES")?;
        (0..size.meters)
            .step_by(5)
            .try_for_each(|meter| writeln!(out, "S{meter};Bus {meter};PV;PV1;pq;0.005"))
    })?;
    let rows = |name: &str, header: String, columns: u64| {
        written(folder, name, |out| {
            writeln!(out, "{header}")?;
            for interval in 0..size.days * 96 {
                let at = in_vienna(interval);
                write!(out, "{}", at.get(..16).unwrap_or_default())?;
                for column in 0..columns {
                    write!(out, ";0.{:03}456", energies(column, interval).0)?;
                }
                writeln!(out)?;
            }
            Ok(())
        })
    };
    let loads: String = (0..PROFILES)
        .map(|profile| format!(";H0-{profile}_pload"))
        .collect();
    rows("LoadProfile.csv", format!("time{loads}"), PROFILES)?;
    rows("RESProfile.csv", "time;PV1".to_owned(), 1)
}

/// Buildings of hours.
pub fn citylearn(folder: &Path, size: Size) -> io::Result<Made> {
    written(folder, "schema.json", |out| {
        let building = |meter: u64| {
            format!(
                "\"Building_{meter}\": {{\"energy_simulation\": \"b{meter}.csv\", \"pv\": {{\"attributes\": {{\"nominal_power\": 4.0}}}}}}"
            )
        };
        let all: Vec<String> = (1..=size.meters).map(building).collect();
        write!(out, "{{\"buildings\": {{{}}}}}", all.join(", "))
    })?;
    for meter in 1..=size.meters {
        written(folder, &format!("b{meter}.csv"), |out| {
            writeln!(out, "month,hour,non_shiftable_load,solar_generation")?;
            for hour in 0..size.days * 24 {
                let (taken, given) = energies(meter, hour);
                writeln!(out, "7,{},0.{taken:03},{given}.5", hour % 24 + 1)?;
            }
            Ok(())
        })?;
    }
    Ok(Made::default())
}

/// An extract of them, a column a home.
pub fn citylearn_extract(folder: &Path, size: Size) -> io::Result<Made> {
    let file = |name: &str, gives: bool| {
        written(folder, name, |out| {
            let homes: String = (1..=size.meters).map(|home| format!(",{home}")).collect();
            writeln!(out, "hour{homes}")?;
            for hour in 0..size.days * 24 {
                write!(out, "{hour}")?;
                for meter in 0..size.meters {
                    let (taken, given) = energies(meter, hour);
                    write!(out, ",0.{:03}", if gives { given } else { taken })?;
                }
                writeln!(out)?;
            }
            Ok(())
        })
    };
    file("cons_kwh_hourly.csv", false)?;
    file("gen_kwh_hourly.csv", true)
}

/// Customers' days of half hours.
pub fn ausgrid(folder: &Path, size: Size) -> io::Result<Made> {
    written(folder, "solar.csv", |out| {
        writeln!(out, "Solar home half-hour data")?;
        write!(
            out,
            "Customer,Generator Capacity,Postcode,Consumption Category,date"
        )?;
        for end in 1..=48 {
            write!(out, ",{}:{:02}", end / 2 % 24, end % 2 * 30)?;
        }
        writeln!(out)?;
        for meter in 0..size.meters {
            for day in 0..size.days {
                for category in ["GC", "GG"] {
                    // Months of 28 days, so that every day is one.
                    let (month, year) = (day / 28 % 12 + 1, 2_010 + day / 336);
                    write!(
                        out,
                        "{meter},3.78,2076,{category},{}/{month:02}/{year}",
                        day % 28 + 1
                    )?;
                    for half in 0..48 {
                        let (taken, given) = energies(meter, day * 96 + half * 2);
                        write!(out, ",0.{:03}", if category == "GC" { taken } else { given })?;
                    }
                    writeln!(out)?;
                }
            }
        }
        Ok(())
    })
}
