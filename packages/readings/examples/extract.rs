//! Cuts the bundled weeks out of a SimBench folder:
//! `cargo run -p gridpact-readings --example extract -- FOLDER`
//!
//! Copies the lists of loads and PV systems as they are, and of the profiles the two weeks below and the columns used.

use std::path::Path;

use anyhow::{Context, Result};

const LISTS: [(&str, &str); 2] = [
    ("loads_LV3.101.csv", "h0_profiles_15min_2016.csv"),
    ("res_LV3.101.csv", "pv_profiles_15min_2016.csv"),
];
/// First local days of the weeks, Mondays to Sundays.
const WEEKS: [[&str; 7]; 2] = [
    [
        "11.01.2016",
        "12.01.2016",
        "13.01.2016",
        "14.01.2016",
        "15.01.2016",
        "16.01.2016",
        "17.01.2016",
    ],
    [
        "13.06.2016",
        "14.06.2016",
        "15.06.2016",
        "16.06.2016",
        "17.06.2016",
        "18.06.2016",
        "19.06.2016",
    ],
];

fn main() -> Result<()> {
    let source = std::env::args()
        .nth(1)
        .context("expected the path of a SimBench folder")?;
    let source = Path::new(&source);
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/simbench-lv3-101");
    std::fs::create_dir_all(&target)?;
    for (list, profiles) in LISTS {
        std::fs::copy(source.join(list), target.join(list))?;
        let used = column(&source.join(list), "profile")?;
        let mut reader = csv::Reader::from_path(source.join(profiles))?;
        let keep = |name: &str| {
            name == "time"
                || used
                    .iter()
                    .any(|profile| name.trim_end_matches("_pload") == profile)
        };
        let header = reader.headers()?.clone();
        let columns: Vec<usize> = header
            .iter()
            .enumerate()
            .filter(|(_, name)| keep(name))
            .map(|(at, _)| at)
            .collect();
        let mut writer = csv::Writer::from_path(target.join(profiles))?;
        writer.write_record(columns.iter().filter_map(|at| header.get(*at)))?;
        for row in reader.records() {
            let row = row?;
            let day = row
                .get(0)
                .and_then(|time| time.split(' ').next())
                .unwrap_or_default();
            if WEEKS.iter().flatten().any(|wanted| *wanted == day) {
                writer.write_record(columns.iter().filter_map(|at| row.get(*at)))?;
            }
        }
        writer.flush()?;
    }
    Ok(())
}

/// The values of one column.
fn column(path: &Path, name: &str) -> Result<Vec<String>> {
    let mut reader = csv::Reader::from_path(path)?;
    let at = reader
        .headers()?
        .iter()
        .position(|have| have == name)
        .context("column not found")?;
    reader
        .records()
        .map(|row| Ok(row?.get(at).unwrap_or_default().to_owned()))
        .collect()
}
