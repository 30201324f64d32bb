//! How fast our own table is read, beside the `csv` crate that only cuts the same bytes into cells, in one run; measured and printed,
//! never asserted. `cargo bench -p gridpact-readings`; `GRIDPACT_DAYS` says how many days of 1,000 meters, by default 3.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark's own counts"
)]

use std::fmt::Write;
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

/// A table of so many days, interval by interval as portals write them.
fn table(days: u64) -> String {
    let mut text = "interval_start,meter,import_kwh,export_kwh\n".to_owned();
    for interval in 0..days * 96 {
        let start = rfc3339::show(UnixSeconds(START + interval * QUARTER));
        for meter in 0..METERS {
            let watt_hours = (interval * 37 + meter * 101) % 900;
            let given = if meter % 5 == 0 { watt_hours } else { 0 };
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{start},meter {meter},0.{:03},0.{given:03}",
                watt_hours - given
            );
        }
    }
    text
}

/// Peak memory of this process so far, MiB; nothing where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes / 1_024)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let days = std::env::var("GRIDPACT_DAYS").map_or(Ok(3), |days| days.parse())?;
    let text = table(days);
    let rows = days * 96 * METERS;
    let each = |started: Instant| rows as f64 / started.elapsed().as_secs_f64() / 1e6;

    let started = Instant::now();
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut cells = 0_usize;
    while csv.read_record(&mut record)? {
        cells += record.len();
    }
    let plain = each(started);
    let before = peak();

    let started = Instant::now();
    let file = NamedFile::new("table.csv", text.as_bytes());
    let table: ReadingsTable<MeterName> = ReadingsTable::read([file], &Options::default())?;
    let read = each(started);
    println!(
        "{rows} rows, {cells} cells, {} MiB: csv alone {plain:.2} M rows/s, as readings {read:.2} M rows/s, {:.2} of it",
        text.len() >> 20,
        read / plain
    );
    println!(
        "{} readings; peak memory {:?} MiB before, {:?} MiB after",
        table.readings().count(),
        before,
        peak()
    );
    Ok(())
}
