//! Files as people save them, read as somebody would who guesses a profile first: right, or refused with what to do.

mod columns;
mod moments;
mod numbers;
mod shapes;

use gridpact_readings::clock::Zone;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::profile::propose::{propose, Known};
use gridpact_readings::profile::sample::Sample;
use gridpact_readings::readings_table::ReadingsTable;

use crate::told;

type Table = ReadingsTable<MeterName>;

/// 3 June 2024, midnight in Vienna.
const MIDNIGHT: u64 = 1_717_365_600;
/// Quarter hours of the day that most of these tables hold.
const QUARTERS: u64 = 96;

fn file(bytes: &[u8]) -> NamedFile<'_> {
    NamedFile::new("home.csv", bytes)
}

/// Reads without a profile.
fn plain(text: &str) -> Result<Table, String> {
    Table::read([file(text.as_bytes())], &Options::default()).map_err(|error| told(&error))
}

/// A table by a proposed profile, and what was assumed; or why there is none.
fn guessed(bytes: &[u8]) -> Result<(Table, String), String> {
    let sample = Sample::read(file(bytes), None).map_err(|error| told(&error))?;
    let known = Known {
        zone: Some("Europe/Vienna"),
        unit: None,
    };
    let proposal = propose(&sample, "home", known).map_err(|error| error.to_string())?;
    let options = Options {
        profile: Some(proposal.profile),
        zone: Zone::named("Europe/Vienna"),
        ..Options::default()
    };
    let table = Table::read([file(bytes)], &options).map_err(|error| told(&error))?;
    Ok((table, proposal.notes.join("; ")))
}

/// Wh taken in the n-th quarter hour.
const fn taken(quarter: u64) -> u64 {
    100 + (quarter * 37) % 900
}

/// Wh given in it.
const fn given(quarter: u64) -> u64 {
    if quarter > 40 {
        50 + (quarter * 53) % 200
    } else {
        0
    }
}

/// kWh with a decimal comma.
fn kwh(watt_hours: u64) -> String {
    format!("{},{:03}", watt_hours / 1_000, watt_hours % 1_000)
}

/// `03.06.2024 00:15` of the first quarter hour's end.
fn clock(quarter: u64) -> String {
    let (day, quarter) = (3 + quarter / QUARTERS, quarter % QUARTERS);
    format!("{day:02}.06.2024 {:02}:{:02}", quarter / 4, quarter % 4 * 15)
}

/// A day's rows.
fn rows(row: impl Fn(u64) -> String) -> String {
    (0..QUARTERS).map(|quarter| row(quarter) + "\n").collect()
}

/// A portal's rows below its header.
fn portal() -> String {
    rows(|quarter| {
        format!(
            "{};{};{}",
            clock(quarter),
            kwh(taken(quarter)),
            kwh(given(quarter))
        )
    })
}

const PORTAL: &str = "Zeit;Verbrauch [kWh];Einspeisung [kWh]\n";

/// What a meter took and gave in each quarter hour of the day, Wh; `None` where nothing is known.
type Day = Vec<Option<(u64, u64)>>;

fn day(table: &Table, meter: &str) -> Day {
    let mut day = vec![None; usize::try_from(QUARTERS).unwrap()];
    for (name, interval, reading) in table.readings().filter(|(name, _, _)| name.0 == meter) {
        let start = table.interval().start_of(interval);
        assert!(
            start >= MIDNIGHT && table.interval().seconds() == 900,
            "{name} {start}"
        );
        let quarter = usize::try_from((start - MIDNIGHT) / 900).unwrap();
        day[quarter] =
            (!reading.is_missing()).then_some((reading.import.0 / 1_000, reading.export.0 / 1_000));
    }
    day
}

/// The day as it was: both directions, or with nothing given.
fn true_day(gives: bool) -> Day {
    let reading = |quarter| (taken(quarter), if gives { given(quarter) } else { 0 });
    (0..QUARTERS).map(|quarter| Some(reading(quarter))).collect()
}

/// Guesses, reads and compares with the day as it was; what was assumed.
fn right(text: &str, gives: bool) -> String {
    let (table, notes) = guessed(text.as_bytes())
        .map_err(|error| format!("{error} in {text:.300}"))
        .unwrap();
    assert_eq!(table.meters().len(), 1, "{text:.300}");
    assert_eq!(
        day(&table, &table.meters()[0].0),
        true_day(gives),
        "{notes} in {text:.300}"
    );
    notes
}

/// Kinds of findings.
fn kinds(table: &Table) -> Vec<&'static str> {
    table
        .findings()
        .iter()
        .map(|finding| finding.what.name())
        .collect()
}
