//! Our own CSV format: what is read, and what is said of a bad row.

use std::io::Write;
use std::path::Path;

use gridpact_readings::{load, Dataset, Format, Selection};
use gridpact_units::{Energy, IntervalLength, Reading};

use crate::folder;

const HEADER: &str = "interval_start,meter,import_kwh,export_kwh\n";

fn read(path: &Path) -> anyhow::Result<Dataset> {
    load(Some((path, Format::Csv)), &Selection::default())
}

fn read_text(test: &str, text: &str) -> anyhow::Result<Dataset> {
    let path = folder(test).join("rows.csv");
    std::fs::write(&path, text).unwrap();
    read(&path)
}

/// Two meters, two half hours, one row left out, rows and offsets mixed.
const GOOD: &str = "2024-06-01T12:30:00+02:00,b,0,1.500001
2024-06-01T10:00:00Z,a,0.000001,0
2024-06-01T10:00:00Z,b,2,0.25\n";

#[test]
fn rows_come_in_any_order_with_any_offset_and_a_missing_row_is_a_missing_reading() {
    let dataset = read_text("csv_good", &format!("{HEADER}{GOOD}")).unwrap();
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
    assert_eq!(dataset.readings, expected);

    let reversed: String = GOOD.lines().rev().map(|line| format!("{line}\n")).collect();
    assert_eq!(
        read_text("csv_reversed", &format!("{HEADER}{reversed}")).unwrap(),
        dataset
    );
}

#[test]
fn gzip_is_read_as_the_plain_file() {
    let path = folder("csv_gzip").join("rows.csv.gz");
    let file = std::fs::File::create(&path).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    write!(gzip, "{HEADER}{GOOD}").unwrap();
    gzip.finish().unwrap();
    let plain = read_text("csv_gzip_plain", &format!("{HEADER}{GOOD}")).unwrap();
    assert_eq!(read(&path).unwrap().readings, plain.readings);
}

#[test]
fn a_bad_row_names_file_line_column_what_was_expected_and_what_came() {
    let good = "2024-06-01T10:00:00Z,a,1,0\n2024-06-01T10:15:00Z,a,1,0\n";
    let time = "expected an RFC 3339 time with offset, a whole minute after 1970";
    let number = "expected kWh as digits with at most 6 behind the point, below 18446744073709.551615";
    let table = [
        (
            "2024-06-01T10:30:00,a,1,0",
            format!("line 4, column 1 (interval_start): {time}, got `2024-06-01T10:30:00`"),
        ),
        (
            "2024-06-01 10:30:00Z,a,1,0",
            format!("line 4, column 1 (interval_start): {time}, got `2024-06-01 10:30:00Z`"),
        ),
        (
            "2024-06-01T10:30:01Z,a,1,0",
            format!("line 4, column 1 (interval_start): {time}, got `2024-06-01T10:30:01Z`"),
        ),
        (
            "1969-06-01T10:30:00Z,a,1,0",
            format!("line 4, column 1 (interval_start): {time}, got `1969-06-01T10:30:00Z`"),
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
            "2024-06-01T10:30:00Z,a,,0",
            format!("line 4, column 3 (import_kwh): {number}, got ``"),
        ),
        (
            "2024-06-01T10:30:00Z,a,1,-1",
            format!("line 4, column 4 (export_kwh): {number}, got `-1`"),
        ),
        (
            "2024-06-01T10:30:00Z,a,1,0.0000001",
            format!("line 4, column 4 (export_kwh): {number}, got `0.0000001`"),
        ),
        (
            "2024-06-01T10:30:00Z,a,1",
            "line 4, column 3 (import_kwh): expected 4 columns as in the header, got `3 columns`".into(),
        ),
        (
            "2024-06-01T10:30:00Z,a,1,0,9",
            "expected 4 columns as in the header, got `5 columns`".into(),
        ),
    ];
    for (row, expected) in table {
        let error = format!(
            "{:#}",
            read_text("csv_bad", &format!("{HEADER}{good}{row}\n")).unwrap_err()
        );
        assert!(
            error.contains(&expected),
            "{row}: expected `{expected}` in: {error}"
        );
        assert!(error.contains("rows.csv"), "{error}");
    }
}

#[test]
fn what_is_wrong_between_rows_is_refused() {
    let row = |time: &str| format!("2024-06-01T{time}Z,a,1,0\n");
    let table = [
        (
            row("10:00:00") + &row("10:15:00") + &row("10:00:00"),
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
            "line 2: expected a start on the 900-second grid",
        ),
        (String::new(), "expected at least two interval starts"),
        (
            row("10:00:00") + "2324-06-01T10:00:00Z,b,1,0\n" + &row("10:01:00"),
            "too many readings: at most 41000000",
        ),
    ];
    for (rows, expected) in table {
        let error = format!(
            "{:#}",
            read_text("csv_between", &format!("{HEADER}{rows}")).unwrap_err()
        );
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
        let error = format!(
            "{:#}",
            read_text("csv_header", &format!("{header}\n{GOOD}")).unwrap_err()
        );
        assert!(
            error.contains("line 1, column 1 (header): expected interval_start,meter,import_kwh,export_kwh"),
            "{error}"
        );
    }
}
