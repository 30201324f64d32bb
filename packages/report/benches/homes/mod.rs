//! Readings of real and of synthesised homes for the benchmarks, from files outside the repository.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use gridpact_report::{Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{Energy, IntervalIndex, Reading};

/// Intervals by homes: (import, export) in kWh.
pub struct Homes {
    /// Number of homes.
    pub count: usize,
    intervals: Vec<Vec<(f64, f64)>>,
}

impl Homes {
    /// Number of intervals.
    pub fn len(&self) -> usize {
        self.intervals.len()
    }

    /// A report of `intervals` intervals from number `start` on, every energy rounded to the resolution.
    pub fn report(&self, start: usize, intervals: usize, resolution: Resolution) -> Report {
        let counts_per_kwh = 1e6 / f64::from(resolution.milliwatt_hours());
        let round = |kwh: f64| {
            Energy((kwh * counts_per_kwh).round() as u64 * u64::from(resolution.milliwatt_hours()))
        };
        let rows = &self.intervals[start..start + intervals];
        let readings = rows
            .iter()
            .flatten()
            .map(|(import, export)| Reading::measured(round(*import), round(*export)));
        let header = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: 3,
            roster_version: 41,
            first_interval: IntervalIndex(1_612_800 + start as u64),
            intervals: intervals as u16,
            seats: self.count as u16,
            revision: 0,
            resolution,
        };
        Report {
            header,
            readings: readings.collect(),
        }
    }
}

/// The folder given by GRIDPACT_DATA; says so and ends where there is none.
pub fn data_folder() -> PathBuf {
    let given = std::env::var_os("GRIDPACT_DATA").map(PathBuf::from);
    let Some(folder) = given.filter(|folder| folder.join("simbench").is_dir()) else {
        println!("No data: set GRIDPACT_DATA to a folder with simbench/ (and citylearn2022/).");
        std::process::exit(0);
    };
    folder
}

/// The homes of one low-voltage grid, LV3.101: 113, of which 24 have PV.
pub fn simbench_grid(data: &Path) -> Homes {
    let folder = data.join("simbench");
    simbench(
        &folder,
        &read(&folder.join("loads_LV3.101.csv")),
        &read(&folder.join("res_LV3.101.csv")),
        1,
    )
}

/// Every `step`th home of all of SimBench's low-voltage grids.
pub fn simbench_all(data: &Path, step: usize) -> Homes {
    let folder = data.join("simbench");
    let loads = read(&folder.join("all_lv_household_loads.csv.gz"));
    simbench(&folder, &loads, &read(&folder.join("all_lv_res.csv.gz")), step)
}

/// 17 real homes with PV, hourly.
pub fn citylearn(data: &Path) -> Option<Homes> {
    let folder = data.join("citylearn2022");
    if !folder.is_dir() {
        return None;
    }
    let (_, load) = columns(&read(&folder.join("cons_kwh_hourly.csv")));
    let (_, sun) = columns(&read(&folder.join("gen_kwh_hourly.csv")));
    let net = |(load, sun): (&f64, &f64)| ((load - sun).max(0.0), (sun - load).max(0.0));
    let intervals: Vec<Vec<_>> = load
        .iter()
        .zip(&sun)
        .map(|(load, sun)| load.iter().zip(sun).map(net).collect())
        .collect();
    Some(Homes {
        count: intervals[0].len(),
        intervals,
    })
}

/// Joins homes and PV by bus. PV at a bus is shared evenly by the homes there (one house, several flats); PV at a bus
/// without a home is no household's and left out.
fn simbench(folder: &Path, loads: &str, pv: &str, step: usize) -> Homes {
    let (load_names, load_rows) = columns(&read(&folder.join("h0_profiles_15min_2016.csv")));
    let (pv_names, pv_rows) = columns(&read(&folder.join("pv_profiles_15min_2016.csv")));
    let column = |names: &[String], name: &str| names.iter().position(|n| n == name).unwrap();

    let mut homes_at = BTreeMap::<&str, f64>::new();
    for fields in table(loads) {
        *homes_at.entry(fields[1]).or_default() += 1.0;
    }
    let mut pv_at = BTreeMap::<&str, Vec<(usize, f64)>>::new();
    for fields in table(pv).filter(|fields| fields[2] == "PV") {
        if let Some(homes) = homes_at.get(fields[1]) {
            let share = fields[5].parse::<f64>().unwrap() / homes;
            pv_at
                .entry(fields[1])
                .or_default()
                .push((column(&pv_names, fields[3]), share));
        }
    }
    let homes: Vec<_> = table(loads)
        .step_by(step)
        .take(1_000)
        .map(|fields| {
            let profile = column(&load_names, &format!("{}_pload", fields[2]));
            (
                profile,
                fields[3].parse::<f64>().unwrap(),
                pv_at.get(fields[1]).cloned().unwrap_or_default(),
            )
        })
        .collect();
    // MW over a quarter of an hour, in kWh.
    let kwh = |megawatts: f64| megawatts * 1_000.0 * 0.25;
    let row = |(load, sun): (&Vec<f64>, &Vec<f64>)| {
        let net = |(profile, size, pv): &(usize, f64, Vec<(usize, f64)>)| {
            let load = kwh(load[*profile] * size);
            let sun = kwh(pv.iter().map(|(profile, size)| sun[*profile] * size).sum());
            ((load - sun).max(0.0), (sun - load).max(0.0))
        };
        homes.iter().map(net).collect()
    };
    Homes {
        count: homes.len(),
        intervals: load_rows.iter().zip(&pv_rows).map(row).collect(),
    }
}

/// The rows below the first one, split at commas.
fn table(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

/// The names and values of all columns after the first one.
fn columns(text: &str) -> (Vec<String>, Vec<Vec<f64>>) {
    let names = text
        .lines()
        .next()
        .unwrap()
        .split(',')
        .skip(1)
        .map(str::to_owned)
        .collect();
    let values = table(text).map(|row| row[1..].iter().map(|value| value.parse().unwrap()).collect());
    (names, values.collect())
}

fn read(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut text = String::new();
        flate2::read::GzDecoder::new(&bytes[..])
            .read_to_string(&mut text)
            .unwrap();
        return text;
    }
    String::from_utf8(bytes).unwrap()
}
