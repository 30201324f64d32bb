//! Files as people really have them, each kind of trouble with the right result.

mod clocks;
mod lengths;
mod numbers;
mod registers;
mod rows;
mod spreadsheets;

use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_readings::findings::what::{Severity, What};
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_units::{Energy, Quality, Reading, UnixSeconds};

const HEADER: &str = "interval_start,meter,import_kwh,export_kwh\n";
/// 3 June 2024, 10:00 UTC.
const TEN: u64 = 1_717_408_800;

type Table = ReadingsTable<MeterName>;

fn read_with(text: &str, options: &Options) -> Result<Table, Error> {
    Table::read([NamedFile::new("rows.csv", text.as_bytes())], options)
}

/// Rows under the usual header, with nothing stated.
fn read(rows: &str) -> Table {
    read_with(&format!("{HEADER}{rows}"), &Options::default()).unwrap()
}

fn refused(rows: &str) -> String {
    read_with(&format!("{HEADER}{rows}"), &Options::default())
        .unwrap_err()
        .to_string()
}

/// A meter's readings: seconds since ten o'clock, and what it is.
fn of(table: &Table, meter: &str) -> Vec<(i64, Reading)> {
    let mine = table.readings().filter(|(name, _, _)| name.0 == meter);
    mine.map(|(_, interval, reading)| {
        let start = table.interval().start_of(interval);
        (start.cast_signed() - TEN.cast_signed(), reading)
    })
    .collect()
}

/// mWh taken and given by a meter.
fn sums(table: &Table, meter: &str) -> (u64, u64) {
    let readings = of(table, meter);
    let sum = |of: fn(&Reading) -> Energy| readings.iter().map(|(_, reading)| of(reading).0).sum();
    (sum(|reading| reading.import), sum(|reading| reading.export))
}

/// Taken, of this quality.
const fn took(import: u64, quality: Quality) -> Reading {
    Reading {
        import: Energy(import),
        export: Energy::ZERO,
        quality,
    }
}

const fn measured(import: u64) -> Reading {
    took(import, Quality::Measured)
}

/// The findings: severity, line and text.
fn told(table: &Table) -> Vec<String> {
    let findings = table.findings().iter();
    findings
        .map(|finding| format!("{}: {finding}", finding.what.severity().name()))
        .collect()
}

/// The kinds of findings of a meter, with how often each came.
fn kinds(table: &Table, meter: &str) -> Vec<(&'static str, u64)> {
    let of = format!("meter {meter}");
    let findings = table.findings().iter();
    findings
        .filter(|finding| finding.meter.as_ref() == Some(&of))
        .map(|finding| (finding.what.name(), finding.count))
        .collect()
}
