//! CityLearn's homes: a folder with hourly consumption and generation in kWh, a column a home.

use std::path::Path;

use anyhow::{ensure, Result};
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Reading};

use crate::table::Table;
use crate::{check_size, Dataset, Meter, Stretch, Zone};

const CONSUMPTION: &str = "cons_kwh_hourly.csv";
const GENERATION: &str = "gen_kwh_hourly.csv";
/// 1 August 2016, 00:00 in Fontana, California: Pacific daylight time, 7 hours behind UTC.
const START: u64 = 1_470_034_800;
const OFFSET: i32 = -25_200;
/// kWh to mWh.
const SCALE: u32 = 6;

/// Reads a folder.
pub fn load(folder: &Path) -> Result<Dataset> {
    let mut consumption = Table::open(&folder.join(CONSUMPTION), 0)?;
    let mut generation = Table::open(&folder.join(GENERATION), 0)?;
    let homes = consumption.header().len().saturating_sub(1);
    if consumption.column("hour")? != 0 {
        return Err(consumption.bad_header("hour, then a column a home", &consumption.header().join(",")));
    }
    if generation.header() != consumption.header() {
        return Err(generation.bad_header(&consumption.header().join(","), &generation.header().join(",")));
    }
    let name = |name: &String| Meter {
        name: format!("home {name}"),
        has_pv: false,
        producer: false,
    };
    let mut meters: Vec<Meter> = consumption.header().iter().skip(1).map(name).collect();
    let (mut readings, mut own_use) = (Vec::new(), Vec::new());
    let mut hour = 0;
    while consumption.advance()? {
        ensure!(
            generation.advance()?,
            "{GENERATION} ends before {CONSUMPTION}, at line {}",
            consumption.line()
        );
        check_size(homes, hour + 1)?;
        for table in [&consumption, &generation] {
            if table.cell(0) != hour.to_string() {
                return Err(table.bad(0, &format!("hour {hour}"), table.cell(0)));
            }
        }
        for home in 1..=homes {
            let used = Energy(consumption.decimal(home, SCALE, "kWh")?);
            let generated = Energy(generation.decimal(home, SCALE, "kWh")?);
            meters[home - 1].has_pv |= !generated.is_zero();
            readings.push(Reading::measured(
                used.saturating_sub(generated),
                generated.saturating_sub(used),
            ));
            own_use.push(used.min(generated).milliwatt_hours());
        }
        hour += 1;
    }
    ensure!(
        !generation.advance()?,
        "{CONSUMPTION} ends before {GENERATION}, whose line {} has no match",
        generation.line()
    );
    check_size(homes, hour)?;
    let interval = IntervalLength::HOUR;
    Ok(Dataset {
        name: "CityLearn 2022, homes in Fontana, California".to_owned(),
        attribution: "CityLearn Challenge 2022 phase data (EPRI), doi:10.18738/T8/0YLJ6Q, MIT licence.".to_owned(),
        notes: vec![
            "hour 0 is 1 August 2016, 00:00, and every row is an hour after the one before, at UTC-7; the published \
             rows follow the local clock, so from 6 November to 12 March they stand an hour early"
                .to_owned(),
        ],
        zone: Zone::Fixed(OFFSET),
        interval,
        stretches: vec![Stretch { first: IntervalIndex(START / u64::from(interval.seconds())), intervals: hour }],
        meters,
        readings,
        own_use: Some(own_use),
    })
}
