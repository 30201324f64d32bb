//! How fast files are read, and in how much memory; measured and printed, never asserted. `cargo bench -p gridpact-readings`.
//!
//! 1,000 meters at quarter hours in every format, each in a process of its own, so that the peak of memory is that format's. Our own
//! table is read beside the `csv` crate that only cuts the same file into cells, in one run. `GRIDPACT_DAYS` says how many days, by
//! default 7; `GRIDPACT_FORMAT` names one format. A year takes up to 4 GB of a temporary folder.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark's own counts"
)]

mod files;

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use files::{Files, FORMATS};
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;

/// Names the format that this process reads.
const ONE: &str = "GRIDPACT_FORMAT";

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let days = std::env::var("GRIDPACT_DAYS").map_or(Ok(7), |days| days.parse())?;
    if let Ok(name) = std::env::var(ONE) {
        let format = FORMATS.iter().find(|(known, _)| *known == name);
        let names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        let (name, files) =
            format.ok_or_else(|| format!("expected one of {}, got {name}", names.join(", ")))?;
        return measure(name, *files, days);
    }
    for (name, _) in FORMATS {
        let done = Command::new(std::env::current_exe()?).env(ONE, name).status()?;
        if !done.success() {
            return Err(format!("{name}: {done}").into());
        }
    }
    Ok(())
}

/// Reads a format's files and prints what that took.
fn measure(name: &str, files: Files, days: u64) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let files = files(folder.path(), days)?;
    let table = folder.path().join(files::TABLE);
    let plain = if table.exists() {
        Some(plain(&table)?)
    } else {
        None
    };
    let before = peak();
    let started = Instant::now();
    let table: ReadingsTable<MeterName> = ReadingsTable::read(files, &Options::default())?;
    let took = started.elapsed().as_secs_f64();
    let held = peak();
    let readings = table.into_dataset()?.readings.len();
    let speed = readings as f64 / took / 1e6;
    let beside = plain.map_or_else(String::new, |seconds| {
        format!(
            "; csv alone {:.2} M rows/s, {:.2} of it",
            readings as f64 / seconds / 1e6,
            seconds / took
        )
    });
    println!(
        "{name}: {readings} readings, {speed:.2} M/s{beside}; memory {before} before, {held} as a table, {} as a data set",
        peak()
    );
    Ok(())
}

/// Seconds that the `csv` crate alone takes.
fn plain(path: &Path) -> Result<f64, Failed> {
    let started = Instant::now();
    let mut csv = csv::Reader::from_reader(File::open(path)?);
    let mut record = csv::StringRecord::new();
    let mut cells = 0_usize;
    while csv.read_record(&mut record)? {
        cells += record.len();
    }
    std::hint::black_box(cells);
    Ok(started.elapsed().as_secs_f64())
}

/// Peak memory of this process so far, MiB; nothing where the system does not say.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.map_or_else(
        || "unknown".to_owned(),
        |kibibytes| format!("{} MiB", kibibytes / 1_024),
    )
}
