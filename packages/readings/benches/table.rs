//! How fast our own table is read, beside the `csv` crate that only cuts the same file into cells, in one run, and in how much memory;
//! measured and printed, never asserted. `cargo bench -p gridpact-readings`; `GRIDPACT_DAYS` says how many days of 1,000 meters, by
//! default 7. A year is a file of 1.9 GB, which is written first and removed at the end.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark's own counts"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::rfc3339;
use gridpact_units::UnixSeconds;

const METERS: u64 = 1_000;
const QUARTER: u64 = 900;
/// Where the table begins: 2024-01-01T00:00Z.
const START: u64 = 1_704_067_200;

/// Writes a table of so many days: interval by interval as portals do, or meter by meter.
fn write(path: &Path, days: u64, by_meter: bool) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "interval_start,meter,import_kwh,export_kwh")?;
    let intervals = days * 96;
    for row in 0..intervals * METERS {
        let (interval, meter) = match by_meter {
            true => (row % intervals, row / intervals),
            false => (row / METERS, row % METERS),
        };
        let start = rfc3339::show(UnixSeconds(START + interval * QUARTER));
        let watt_hours = (interval * 37 + meter * 101) % 900;
        let given = if meter % 5 == 0 { watt_hours } else { 0 };
        let taken = watt_hours - given;
        writeln!(out, "{start},meter {meter},0.{taken:03},0.{given:03}")?;
    }
    out.flush()
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

/// Reads it both ways and prints what that took.
fn compare(path: &Path, rows: u64, order: &str) -> Result<(), Box<dyn std::error::Error>> {
    let each = |started: Instant| rows as f64 / started.elapsed().as_secs_f64() / 1e6;

    let started = Instant::now();
    let mut csv = csv::Reader::from_path(path)?;
    let mut record = csv::StringRecord::new();
    let mut cells = 0_usize;
    while csv.read_record(&mut record)? {
        cells += record.len();
    }
    let plain = each(started);
    let before = peak();

    let started = Instant::now();
    let file = NamedFile::new("table.csv", File::open(path)?);
    let table: ReadingsTable<MeterName> = ReadingsTable::read([file], &Options::default())?;
    let read = each(started);
    let held = peak();
    let dataset = table.into_dataset()?;
    println!(
        "{order}: {rows} rows, {cells} cells, {} MiB: csv alone {plain:.2} M rows/s, as readings {read:.2} M rows/s, {:.2} of it",
        std::fs::metadata(path)?.len() >> 20,
        read / plain
    );
    println!(
        "{order}: {} readings; peak memory {before} before, {held} as a table, {} as a data set",
        dataset.readings.len(),
        peak()
    );
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let days = std::env::var("GRIDPACT_DAYS").map_or(Ok(7), |days| days.parse())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("table.csv");
    for (by_meter, order) in [(false, "by interval"), (true, "by meter")] {
        write(&path, days, by_meter)?;
        compare(&path, days * 96 * METERS, order)?;
    }
    Ok(())
}
