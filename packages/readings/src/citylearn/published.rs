//! CityLearn's folder as it is published: `schema.json` names the buildings, each with a file of hours and the power of its roof.

use std::collections::BTreeMap;
use std::io::Read;

use gridpact_units::{decimal, Energy};
use serde::Deserialize;

use super::about::{dataset, netted};
use crate::csv_rows::CsvRows;
use crate::dataset::{check_size, Dataset, Meter};
use crate::error::Error;
use crate::file::{Folder, NamedFile};
use crate::numbers::{Rounding, Unit};
use crate::packed::{Energies, Readings};

/// What names the buildings.
pub(crate) const SCHEMA: &str = "schema.json";
/// A longer schema is none: 17 buildings take 18 kB.
const MAX_SCHEMA: u64 = 1 << 22;
/// What appliances take, kWh an hour; as it was called first, and is called now.
const LOAD: [&str; 2] = ["non_shiftable_load", "Equipment Electric Power [kWh]"];
/// What a roof gives, W of each kW.
const SOLAR: [&str; 2] = ["solar_generation", "Solar Generation [W/kW]"];

#[derive(Deserialize)]
struct Schema {
    buildings: BTreeMap<String, Building>,
}

#[derive(Deserialize)]
struct Building {
    #[serde(default = "included")]
    include: bool,
    energy_simulation: String,
    pv: Option<Roof>,
}

#[derive(Deserialize)]
struct Roof {
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Deserialize, Default)]
struct Attributes {
    /// kW.
    nominal_power: Option<serde_json::Number>,
}

const fn included() -> bool {
    true
}

/// A home: its name, its file, and its roof's power in W.
struct Home {
    name: String,
    file: String,
    roof: u64,
}

/// Reads a folder.
pub(super) fn load(folder: &dyn Folder) -> Result<Dataset, Error> {
    let homes = homes(folder)?;
    let mut all: Vec<Vec<(Energy, Energy)>> = Vec::new();
    for home in &homes {
        let mut rows = CsvRows::of(folder, &home.file)?;
        let most = all.first().map(Vec::len);
        let hours = hours(&mut rows, home.roof, homes.len())?;
        if most.is_some_and(|most| most != hours.len()) {
            let other = homes.first().map(|home| home.file.clone());
            return Err(Error::Format {
                file: home.file.clone(),
                line: hours.len().saturating_add(1) as u64,
                expected: format!("as many hours as in {}", other.unwrap_or_default()),
                got: format!("{} hours", hours.len()),
            });
        }
        all.push(hours);
    }
    let count = all.first().map_or(0, Vec::len);
    check_size(homes.len(), count)?;
    let mut meters: Vec<Meter> = homes.into_iter().map(|home| Meter::home(home.name)).collect();
    let (mut readings, mut own_use) = (Readings::default(), Energies::default());
    for hour in 0..count {
        for (meter, hours) in meters.iter_mut().zip(&all) {
            let (used, generated) = hours.get(hour).copied().unwrap_or_default();
            meter.has_pv |= !generated.is_zero();
            readings.push(netted(used, generated));
            own_use.push(used.min(generated).milliwatt_hours());
        }
    }
    let mut dataset = dataset(meters, count, readings, own_use);
    let note =
        "what buildings need for hot water, cooling and heating is heat and not electricity, and is left out";
    dataset.notes.push(note.to_owned());
    Ok(dataset)
}

/// What the schema names, in the order of their numbers.
fn homes(folder: &dyn Folder) -> Result<Vec<Home>, Error> {
    let mut bytes = Vec::new();
    let file = NamedFile::of(folder, SCHEMA)?.into_bytes();
    let read = file.take(MAX_SCHEMA).read_to_end(&mut bytes);
    read.map_err(|source| Error::Unreadable {
        file: SCHEMA.to_owned(),
        source,
    })?;
    let bad = |line: u64, expected: &str, got: String| Error::Format {
        file: SCHEMA.to_owned(),
        line,
        expected: expected.to_owned(),
        got,
    };
    let schema: Schema = serde_json::from_slice(&bytes).map_err(|error| {
        bad(
            error.line() as u64,
            "CityLearn's schema with its buildings",
            error.to_string(),
        )
    })?;
    let mut homes = Vec::new();
    for (name, building) in schema
        .buildings
        .into_iter()
        .filter(|(_, building)| building.include)
    {
        let power = building.pv.and_then(|roof| roof.attributes.nominal_power);
        let power = power.map_or_else(|| "0".to_owned(), |power| power.to_string());
        let roof = decimal::parse(&power, 3)
            .ok()
            .and_then(|watts| u64::try_from(watts).ok());
        let roof = roof.ok_or_else(|| {
            bad(
                1,
                "a roof's power in kW with at most 3 digits behind the point",
                power,
            )
        })?;
        homes.push(Home {
            name: format!("home {}", name.trim_start_matches("Building_")),
            file: building.energy_simulation,
            roof,
        });
    }
    homes.sort_by_key(|home| (home.name.len(), home.name.clone()));
    Ok(homes)
}

/// What a home used and generated, hour by hour.
fn hours(rows: &mut CsvRows, roof: u64, homes: usize) -> Result<Vec<(Energy, Energy)>, Error> {
    let column = |names: [&str; 2]| {
        let found = rows
            .header()
            .iter()
            .position(|name| names.contains(&name.as_str()));
        found.ok_or_else(|| rows.bad_header(&format!("a column named {}", names.join(" or "))))
    };
    let (load, solar) = (column(LOAD)?, column(SOLAR)?);
    let mut hours = Vec::new();
    while rows.advance()? {
        // Both with six digits behind the point: mWh, and millionths of a W of each kW.
        let number = |column: usize| {
            let value = rows.value(column, Unit::KilowattHours, Some(Rounding::Nearest))?;
            value.ok_or_else(|| rows.bad_cell(column, "a number"))
        };
        let (used, part) = (number(load)?, number(solar)?);
        let generated = u128::from(part)
            .saturating_mul(roof.into())
            .saturating_add(500_000);
        let generated = u64::try_from(generated.checked_div(1_000_000).unwrap_or_default());
        let generated = generated.map_err(|_| rows.bad_cell(solar, "what a roof can give"))?;
        hours.push((Energy(used), Energy(generated)));
        check_size(homes, hours.len())?;
    }
    Ok(hours)
}
