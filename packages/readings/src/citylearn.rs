//! CityLearn's homes of 2022: the folder as it is [`published`], or an extract with hourly consumption and generation in kWh, a column
//! a home.

pub(crate) mod published;

use gridpact_units::{Energy, IntervalLength, Reading};

use crate::clock::Zone;
use crate::csv_rows::CsvRows;
use crate::dataset::{check_size, Dataset, Meter, Stretch};
use crate::error::Error;
use crate::file::Folder;
use crate::packed::{Energies, Readings};

pub(crate) const CONSUMPTION: &str = "cons_kwh_hourly.csv";
const GENERATION: &str = "gen_kwh_hourly.csv";
/// 1 August 2016, 00:00 in Fontana, California: Pacific daylight time, 7 hours behind UTC.
const START: u64 = 1_470_034_800;
const OFFSET: i32 = -25_200;

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

/// What a meter behind a roof sees.
fn netted(used: Energy, generated: Energy) -> Reading {
    Reading::measured(used.saturating_sub(generated), generated.saturating_sub(used))
}

/// With what is known of all of them.
fn dataset(meters: Vec<Meter>, hours: usize, readings: Readings, own_use: Energies) -> Dataset {
    Dataset {
        name: "CityLearn 2022, homes in Fontana, California".to_owned(),
        attribution: "CityLearn Challenge 2022 phase data (EPRI), doi:10.18738/T8/0YLJ6Q, MIT licence.".to_owned(),
        notes: vec![
            "hour 0 is 1 August 2016, 00:00, and every row is an hour after the one before, at UTC-7; the published \
             rows follow the local clock, so from 6 November to 12 March they stand an hour early"
                .to_owned(),
        ],
        findings: vec![],
        zone: Zone::Fixed(OFFSET),
        interval: IntervalLength::HOUR,
        stretches: vec![Stretch {
            first: IntervalLength::HOUR.index_at(START),
            intervals: hours,
        }],
        meters,
        readings,
        own_use: Some(own_use),
    }
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
