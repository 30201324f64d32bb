//! Our own table: what is read, and what is said of a bad row.

use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_readings::format::Source;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::{to_fill_in, ReadingsTable};
use gridpact_readings::selection::Selection;
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Quality, Reading, Slot};
use proptest::collection::btree_map;
use proptest::prelude::*;

use crate::{gzip, told};

const HEADER: &str = "interval_start,meter,import_kwh,export_kwh\n";
const BY_SLOT: &str = "interval_start,slot,import_kwh,export_kwh,quality\n";

fn read(text: &str) -> Result<Dataset, Error> {
    Source::Csv(NamedFile::new("rows.csv", text.as_bytes())).load(&Selection::default())
}

fn read_slots(text: &str) -> Result<ReadingsTable<Slot>, Error> {
    let file = NamedFile::new("rows.csv", text.as_bytes());
    ReadingsTable::by_slot(file, IntervalLength::QUARTER_HOUR)
}

/// Two meters, two half hours, one row left out, rows and offsets mixed.
const GOOD: &str = "2024-06-01T12:30:00+02:00,b,0,1.500001
2024-06-01T10:00:00Z,a,0.000001,0
2024-06-01T10:00:00Z,b,2,0.25\n";

#[test]
fn rows_come_in_any_order_with_any_offset_and_a_missing_row_is_a_missing_reading() {
    let dataset = read(&format!("{HEADER}{GOOD}")).unwrap();
    assert_eq!(dataset.interval, IntervalLength::from_seconds(1_800).unwrap());
    assert_eq!(
        dataset.interval.start_of(dataset.stretches[0].first),
        1_717_236_000
    );
    assert_eq!(
        dataset
            .meters
            .iter()
            .map(|meter| meter.name.as_str())
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
    let expected = [
        Reading::measured(Energy(1), Energy(0)),
        Reading::measured(Energy(2_000_000), Energy(250_000)),
        Reading::MISSING,
        Reading::measured(Energy(0), Energy(1_500_001)),
    ];
    assert_eq!(dataset.readings, expected.into_iter().collect());

    let reversed: String = GOOD.lines().rev().map(|line| format!("{line}\n")).collect();
    assert_eq!(read(&format!("{HEADER}{reversed}")).unwrap(), dataset);
}

#[test]
fn gzip_is_read_as_the_plain_file() {
    let text = format!("{HEADER}{GOOD}");
    let packed = gzip(&text);
    let file = NamedFile::new("rows.csv.gz", packed.as_slice());
    let unpacked = Source::Csv(file).load(&Selection::default()).unwrap();
    assert_eq!(unpacked.readings, read(&text).unwrap().readings);
}

#[test]
fn a_bad_row_names_file_line_column_what_was_expected_and_what_came() {
    let good = "2024-06-01T10:00:00Z,a,1,0\n2024-06-01T10:15:00Z,a,1,0\n";
    let time = "expected an RFC 3339 time with its zone";
    let number = "expected kWh as digits with at most 6 behind the point, below 18446744073709.551615";
    let table = [
        (
            "2024-06-01T10:30:00,a,1,0",
            format!(
                "line 4, column 1 (interval_start): {time}; in UTC write 2024-06-01T10:30:00Z, where clocks are an hour \
                 ahead 2024-06-01T10:30:00+01:00, got `2024-06-01T10:30:00`"
            ),
        ),
        (
            "2024-06-01,a,1,0",
            format!(
                "line 4, column 1 (interval_start): {time}; for midnight in UTC write 2024-06-01T00:00Z, got `2024-06-01`"
            ),
        ),
        (
            "2024-06-01 10h30Z,a,1,0",
            format!(
                "line 4, column 1 (interval_start): {time}, as 2026-12-01T00:00Z or 2026-12-01T01:00+01:00, \
                 got `2024-06-01 10h30Z`"
            ),
        ),
        (
            "2024-06-01T10:30:01Z,a,1,0",
            "line 4, column 1 (interval_start): expected the start of an interval, a whole minute, got `2024-06-01T10:30:01Z`"
                .into(),
        ),
        (
            "1969-06-01T10:30:00Z,a,1,0",
            format!(
                "line 4, column 1 (interval_start): {time} in 1970 or later, as 2026-12-01T00:00Z, \
                 got `1969-06-01T10:30:00Z`"
            ),
        ),
        (
            "2024-06-01T10:30:00Z,,1,0",
            "line 4, column 2 (meter): expected a meter's name of 1 to 64 bytes, got ``".into(),
        ),
        (
            "2024-06-01T10:30:00Z,a,x,0",
            format!("line 4, column 3 (import_kwh): {number}, got `x`"),
        ),
        (
            "2024-06-01T10:30:00Z,a,1,-1",
            "line 4, column 4 (export_kwh): expected kWh as digits, not below zero: what was given to the wire is an export; a \
             signed column is read by a profile as `net`, got `-1`"
                .into(),
        ),
        (
            "2024-06-01T10:30:00Z,a,1,0.0000001",
            format!("line 4, column 4 (export_kwh): {number}, or a stated `round` where there are more, got `0.0000001`"),
        ),
        (
            "2024-06-01T10:30:00Z,a,1",
            "line 4, column 3 (import_kwh): expected 4 columns as in the header, got `3 columns`".into(),
        ),
        (
            "2024-06-01T10:30:00Z,a,1,0,9",
            "expected 4 columns as in the header: commas within numbers cannot be told from those between them".into(),
        ),
    ];
    for (row, expected) in table {
        let error = told(&read(&format!("{HEADER}{good}{row}\n")).unwrap_err());
        assert!(
            error.contains(&expected),
            "{row}: expected `{expected}` in: {error}"
        );
        assert!(error.starts_with("rows.csv, line 4"), "{error}");
    }
}

#[test]
fn what_is_wrong_between_rows_is_refused() {
    let row = |time: &str| format!("2024-06-01T{time}Z,a,1,0\n");
    let table = [
        (
            row("10:00:00") + &row("10:15:00") + "2024-06-01T10:00:00Z,a,2,0\n",
            "lines 2 and 4 give the same interval of meter a",
        ),
        (row("10:00:00"), "expected at least two interval starts"),
        (
            row("10:00:00") + &row("10:07:00"),
            "expected one that divides an hour",
        ),
        (
            row("10:00:00") + &row("12:00:00"),
            "expected one that divides an hour",
        ),
        (
            row("10:05:00") + &row("10:20:00"),
            "rows.csv, line 2, column 1 (interval_start): expected a start on the 900-second grid counted from midnight UTC, got `2024-06-01T10:05:00Z`",
        ),
        (String::new(), "expected at least two interval starts"),
        (
            row("10:00:00") + "2324-06-01T10:00:00Z,b,1,0\n" + &row("10:01:00"),
            "too many readings: at most 41000000",
        ),
    ];
    for (rows, expected) in table {
        let error = told(&read(&format!("{HEADER}{rows}")).unwrap_err());
        assert!(error.contains(expected), "expected `{expected}` in: {error}");
    }
}

#[test]
fn the_header_is_exact() {
    for header in [
        "start,meter,import_kwh,export_kwh",
        "interval_start,meter,import_kwh",
        "",
    ] {
        let error = told(&read(&format!("{header}\n{GOOD}")).unwrap_err());
        assert!(
            error.contains("line 1, column 1 (header): expected interval_start,meter,import_kwh,export_kwh"),
            "{error}"
        );
    }
}

#[test]
fn a_grids_table_is_the_same_table_with_slots() {
    let rows = "2024-06-01T12:15+02:00,4,0,1.5,measured
2024-06-01T10:00:00Z,07,0.25,0,
2024-06-01T10:00:00Z,4,0.001,0.002,substituted_final
2024-06-01T10:15:00Z,7,9,9,missing\n";
    let table = read_slots(&format!("{BY_SLOT}{rows}")).unwrap();
    assert_eq!(table.meters(), [Slot(4), Slot(7)]);
    let substituted = Reading {
        import: Energy(1_000),
        export: Energy(2_000),
        quality: Quality::SubstitutedFinal,
    };
    // 2024-06-01T10:00Z in quarter hours.
    let (first, next) = (IntervalIndex(1_908_040), IntervalIndex(1_908_041));
    let readings: Vec<_> = table.readings().collect();
    let expected = [
        (Slot(4), first, substituted),
        (Slot(7), first, Reading::measured(Energy(250_000), Energy::ZERO)),
        (Slot(4), next, Reading::measured(Energy::ZERO, Energy(1_500_000))),
        (Slot(7), next, Reading::MISSING),
    ];
    assert_eq!(readings, expected);
    assert_eq!(table.line_of(Slot(7), first), Some(3));
    assert_eq!(table.line_of(Slot(7), next), Some(5));
    assert_eq!(table.line_of(Slot(9), first), None);

    // The simulation reads it too: its meters are called by their slots.
    let dataset = read(&format!("{BY_SLOT}{rows}")).unwrap();
    let names: Vec<&str> = dataset.meters.iter().map(|meter| meter.name.as_str()).collect();
    assert_eq!(names, ["4", "7"]);
    let same: Vec<Reading> = expected.iter().map(|(_, _, reading)| *reading).collect();
    assert_eq!(dataset.readings, same.into_iter().collect());
}

#[test]
fn a_bad_row_of_a_grids_table_is_refused_with_its_place() {
    let table = [
        (
            "2024-06-01T10:01Z,7,1,0,",
            "column 1 (interval_start): expected the start of an interval of 900 s, counted from midnight UTC, got `2024-06-01T10:01Z`",
        ),
        (
            "2024-06-01,7,1,0,",
            "column 1 (interval_start): expected an RFC 3339 time with its zone; for midnight in UTC write 2024-06-01T00:00Z",
        ),
        ("yesterday,7,1,0,", "expected an RFC 3339 time with its zone"),
        ("2024-06-01T10:00Z,house 1,1,0,", "column 2 (slot): expected the number of a slot, got `house 1`"),
        ("2024-06-01T10:00Z,+7,1,0,", "column 2 (slot): expected the number of a slot, got `+7`"),
        ("2024-06-01T10:00Z,4294967296,1,0,", "column 2 (slot): expected the number of a slot"),
        ("2024-06-01T10:00Z,,1,0,", "column 2 (slot): expected the number of a slot, got ``"),
        ("2024-06-01T10:00Z,7,-1,0,", "column 3 (import_kwh): expected kWh as digits"),
        (
            "2024-06-01T10:00Z,7,1,0,guessed",
            "column 5 (quality): expected one of measured, substituted_final, substituted_provisional, missing, limited, or nothing for measured, got `guessed`",
        ),
    ];
    for (row, expected) in table {
        let error = told(&read_slots(&format!("{BY_SLOT}{row}\n")).unwrap_err());
        assert!(error.starts_with("rows.csv, line 2, column"), "{row}: {error}");
        assert!(
            error.contains(expected),
            "{row}: expected `{expected}` in: {error}"
        );
    }
    let twice = "2024-06-01T10:00Z,7,1,0,\n2024-06-01T10:00Z,4,1,0,\n2024-06-01T12:00+02:00,007,2,0,\n";
    let error = told(&read_slots(&format!("{BY_SLOT}{twice}")).unwrap_err());
    assert_eq!(error, "rows.csv: lines 2 and 4 give the same interval of slot 7");
}

#[test]
fn names_say_nothing_of_slots_so_a_table_of_names_is_no_grids_table() {
    let error = told(&read_slots(&format!("{HEADER}{GOOD}")).unwrap_err());
    let expected =
        "rows.csv, line 1, column 1 (header): expected interval_start,slot,import_kwh,export_kwh,quality, \
                    where quality may be left out, got `interval_start,meter,import_kwh,export_kwh`";
    assert_eq!(error, expected);
}

#[test]
fn a_table_to_fill_in_reads_back_as_missing_readings_of_every_interval_and_slot() {
    let intervals = [IntervalIndex(1_908_040), IntervalIndex(1_908_041)];
    let text = to_fill_in(IntervalLength::QUARTER_HOUR, intervals, &[Slot(7), Slot(4)]);
    assert!(
        text.starts_with(&format!("{BY_SLOT}2024-06-01T10:00:00Z,7,,,missing\n")),
        "{text}"
    );
    let table = read_slots(&text).unwrap();
    let readings: Vec<_> = table.readings().collect();
    assert_eq!(readings.len(), 4);
    assert!(readings.iter().all(|(_, _, reading)| reading.is_missing()));
    assert_eq!(read_slots(BY_SLOT).unwrap().readings().count(), 0);
}

#[test]
fn a_table_holds_no_more_meters_than_a_grid_has_seats() {
    let row = |meter: usize| format!("2024-06-01T10:00Z,{meter},1,0,\n");
    let rows: String = (0..1_024).map(row).collect();
    assert_eq!(
        read_slots(&format!("{BY_SLOT}{rows}")).unwrap().meters().len(),
        1_024
    );
    let error = told(&read_slots(&format!("{BY_SLOT}{rows}{}", row(1_024))).unwrap_err());
    assert!(
        error.contains("line 1026, column 2 (slot): expected at most 1024 meters"),
        "{error}"
    );
}

/// A row of any reading, in kWh with six digits.
fn any_row((meter, interval): (&str, u64), (import, export, quality): (u64, u64, &str)) -> String {
    let start = gridpact_readings::rfc3339::show(gridpact_units::UnixSeconds(1_717_200_000 + interval * 900));
    let show = |energy: u64| gridpact_units::decimal::show(energy.into(), 6);
    format!(
        "{start},\"{meter}\",{},{},{quality}\n",
        show(import),
        show(export)
    )
}

proptest! {
    #[test]
    fn any_table_written_as_ours_reads_back_as_the_same_readings(
        rows in btree_map(
            (prop_oneof![Just("a"), Just("b, c"), Just("Müller \"\"4\"\"")], 0_u64..300),
            (
                any::<u64>(),
                any::<u64>(),
                prop_oneof![
                    Just("measured"), Just("substituted_final"), Just("substituted_provisional"), Just("missing"), Just("limited"),
                ],
            ),
            1..60,
        ),
    ) {
        let text: String = rows.iter().map(|(key, reading)| any_row(*key, *reading)).collect();
        let text = format!("interval_start,meter,import_kwh,export_kwh,quality\n{text}");
        let options = Options {
            interval: Some(IntervalLength::QUARTER_HOUR),
            limit: None,
            ..Options::default()
        };
        let read = |text: &[u8]| ReadingsTable::<MeterName>::read([NamedFile::new("rows.csv", text)], &options).unwrap();
        let table = read(text.as_bytes());
        let mut expected: Vec<(String, u64, Reading)> = rows
            .iter()
            .map(|((meter, interval), (import, export, quality))| {
                let reading = Reading {
                    import: Energy(*import),
                    export: Energy(*export),
                    quality: match *quality {
                        "measured" => Quality::Measured,
                        "substituted_final" => Quality::SubstitutedFinal,
                        "substituted_provisional" => Quality::SubstitutedProvisional,
                        "limited" => Quality::Limited,
                        _ => Quality::Missing,
                    },
                };
                let reading = if reading.is_missing() { Reading::MISSING } else { reading };
                (meter.replace("\"\"", "\""), 1_908_000 + interval, reading)
            })
            .collect();
        let sorted = |table: &ReadingsTable<MeterName>| {
            let mut readings: Vec<_> = table.readings().map(|(meter, interval, reading)| (meter.0, interval.0, reading)).collect();
            readings.sort_by_key(|(meter, interval, _)| (meter.clone(), *interval));
            readings
        };
        expected.sort_by_key(|(meter, interval, _)| (meter.clone(), *interval));
        prop_assert_eq!(sorted(&table), expected);
        let mut written = Vec::new();
        table.write(&mut written).unwrap();
        prop_assert_eq!(sorted(&read(&written)), sorted(&table));
    }
}
