//! CityLearn's homes of 2022: the folder as it is [`published`], or an extract with hourly consumption and generation in kWh, a column
//! a home.

mod about;
pub(crate) mod published;

use self::about::{dataset, netted};
use crate::csv_rows::CsvRows;
use crate::dataset::{check_size, Dataset, Meter};
use crate::error::Error;
use crate::file::Folder;
use crate::packed::{Energies, Readings};

pub(crate) const CONSUMPTION: &str = "cons_kwh_hourly.csv";
const GENERATION: &str = "gen_kwh_hourly.csv";

/// Reads a folder.
pub(crate) fn load(folder: &dyn Folder) -> Result<Dataset, Error> {
    let files = folder.list().map_err(|source| Error::Unreadable {
        file: "the folder".to_owned(),
        source,
    })?;
    if files.iter().any(|file| file == published::SCHEMA) {
        return published::load(folder);
    }
    let mut consumption = CsvRows::of(folder, CONSUMPTION)?;
    let mut generation = CsvRows::of(folder, GENERATION)?;
    let mut meters = meters(&consumption, &generation)?;
    let (mut readings, mut own_use) = (Readings::default(), Energies::default());
    let mut hours = 0;
    while consumption.advance()? {
        if !generation.advance()? {
            return Err(uneven(&generation, &consumption));
        }
        check_hour(&consumption, hours)?;
        check_hour(&generation, hours)?;
        hours = hours.saturating_add(1);
        check_size(meters.len(), hours)?;
        for (home, meter) in (1..).zip(&mut meters) {
            let used = consumption.energy(home)?;
            let generated = generation.energy(home)?;
            meter.has_pv |= !generated.is_zero();
            readings.push(netted(used, generated));
            own_use.push(used.min(generated).milliwatt_hours());
        }
    }
    if generation.advance()? {
        return Err(uneven(&consumption, &generation));
    }
    check_size(meters.len(), hours)?;
    Ok(dataset(meters, hours, readings, own_use))
}

/// A meter a column after the hour; both files have the same.
fn meters(consumption: &CsvRows, generation: &CsvRows) -> Result<Vec<Meter>, Error> {
    let Some((hour, homes)) = consumption.header().split_first() else {
        return Err(consumption.bad_header("hour, then a column a home"));
    };
    if hour != "hour" {
        return Err(consumption.bad_header("hour, then a column a home"));
    }
    if generation.header() != consumption.header() {
        return Err(generation.bad_header(&consumption.header().join(",")));
    }
    let meter = |home: &String| Meter::home(format!("home {home}"));
    Ok(homes.iter().map(meter).collect())
}

fn check_hour(rows: &CsvRows, hour: usize) -> Result<(), Error> {
    if rows.cell(0) == hour.to_string() {
        return Ok(());
    }
    Err(rows.bad_cell(0, &format!("hour {hour}")))
}

fn uneven(shorter: &CsvRows, longer: &CsvRows) -> Error {
    Error::Uneven {
        shorter: shorter.file().to_owned(),
        longer: longer.file().to_owned(),
        line: longer.line(),
    }
}
