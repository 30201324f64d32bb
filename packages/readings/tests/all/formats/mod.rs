//! Files of others, made here in their published layouts.

pub mod eda;
pub mod espi;
mod home_assistant;
mod nem12;
pub mod profiles;

use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_units::Reading;

type Table = ReadingsTable<MeterName>;

fn read(name: &str, text: &str) -> Result<Table, Error> {
    Table::read([NamedFile::new(name, text.as_bytes())], &Options::default())
}

/// Meter, start and reading, by start.
fn all(table: &Table) -> Vec<(String, u64, Reading)> {
    let readings = table.readings();
    readings
        .map(|(meter, interval, reading)| (meter.0, table.interval().start_of(interval), reading))
        .collect()
}

/// Kinds of findings, with how often each came.
fn kinds(table: &Table) -> Vec<(&'static str, u64)> {
    let findings = table.findings().iter();
    findings
        .map(|finding| (finding.what.name(), finding.count))
        .collect()
}
