//! Numbers: other units, floats with all their digits, values that no home has.

use std::collections::BTreeMap;

use gridpact_readings::numbers::{Rounding, Unit};
use gridpact_units::Power;
use proptest::prelude::*;

use super::*;

/// Four quarters of one meter under this header.
fn four(header: &str, values: &str) -> String {
    let row = |quarter: u32| format!("2024-06-03T10:{:02}:00Z,flat,{values}\n", quarter * 15);
    format!("{header}\n{}", (0..4).map(row).collect::<String>())
}

#[test]
fn a_header_or_an_option_names_the_unit() {
    let table = [
        ("import_wh,export_Wh", "250,0", 250_000),
        ("import_kWh,export_kwh", "0.25,0", 250_000),
        ("import_MWh,export_MWh", "0.00025,0", 250_000),
        ("import_w,export_w", "1000,0", 250_000),
        ("import_kw,export_kW", "1,0", 250_000),
    ];
    for (columns, values, energy) in table {
        let text = four(&format!("interval_start,meter,{columns}"), values);
        let table = read_with(&text, &Options::default()).unwrap();
        assert_eq!(sums(&table, "flat"), (4 * energy, 0), "{columns}");
    }
    // A mean power that is no whole mWh over its interval is rounded to the nearest.
    let text = four("interval_start,meter,import_w,export_w", "0.002,0.001");
    let table = read_with(&text, &Options::default()).unwrap();
    assert_eq!(sums(&table, "flat"), (4, 0));
    // What some write for a millionth and others for a million is not guessed.
    let text = four("interval_start,meter,import_mwh,export_mwh", "1,0");
    assert!(read_with(&text, &Options::default())
        .unwrap_err()
        .to_string()
        .contains("(header)"));
    let options = Options {
        unit: Some(Unit::WattHours),
        ..Options::default()
    };
    for columns in ["import,export", "import_kwh,export_kwh"] {
        let text = four(&format!("interval_start,meter,{columns}"), "250,0");
        assert_eq!(sums(&read_with(&text, &options).unwrap(), "flat"), (1_000_000, 0));
    }
}

#[test]
fn watts_taken_for_kilowatt_hours_are_refused_with_line_and_meter() {
    let rows = four("interval_start,meter,import_kwh,export_kwh", "870,0");
    let error = read_with(&rows, &Options::default()).unwrap_err().to_string();
    assert_eq!(
        error,
        "rows.csv, line 2: 4 of 4 readings of meter flat are above what the connection can give, 10.8675 kWh, the first of them \
         870 kWh: expected energies of intervals in the unit that the header names; state a register's totals, W or another unit \
         as such"
    );
    let options = Options {
        unit: Some(Unit::Watts),
        ..Options::default()
    };
    assert_eq!(sums(&read_with(&rows, &options).unwrap(), "flat"), (870_000, 0));
}

#[test]
fn one_absurd_reading_is_missing_and_told() {
    let rows = "2024-06-03T10:00:00Z,flat,0.5,0
2024-06-03T10:15:00Z,flat,321.5,0
2024-06-03T10:30:00Z,flat,0.5,0
2024-06-03T10:45:00Z,flat,0.5,0\n";
    let table = read(rows);
    let half = measured(500_000);
    assert_eq!(
        of(&table, "flat"),
        [(0, half), (900, Reading::MISSING), (1_800, half), (2_700, half)]
    );
    assert_eq!(
        told(&table),
        [
            "loss: rows.csv, line 3, meter flat: expected at most 10.8675 kWh, all that the connection can give, got 321.5 kWh; \
             taken as missing",
        ]
    );
    // A meter with a limit of its own, and a file that is believed.
    let options = Options {
        limit_of: BTreeMap::from([("flat".to_owned(), Power(2_000))]),
        ..Options::default()
    };
    let text = format!("{HEADER}{rows}");
    assert_eq!(sums(&read_with(&text, &options).unwrap(), "flat"), (1_500_000, 0));
    let tight = Options {
        limit_of: BTreeMap::from([("flat".to_owned(), Power(1_999))]),
        ..Options::default()
    };
    assert!(matches!(
        read_with(&text, &tight),
        Err(Error::MostAboveLimit { .. })
    ));
    let believed = Options {
        limit: None,
        ..Options::default()
    };
    assert_eq!(
        sums(&read_with(&text, &believed).unwrap(), "flat"),
        (323_000_000, 0)
    );
}

#[test]
fn digits_below_a_thousandth_of_a_watt_hour_need_a_stated_rounding() {
    let rows = "2024-06-03T10:00:00Z,flat,3.2096e-07,0\n2024-06-03T10:15:00Z,flat,0.4059333680470783,0\n";
    let error = refused(rows);
    assert!(
        error.starts_with("rows.csv, line 2, column 3 (import_kwh): expected kWh as digits with at most 6"),
        "{error}"
    );
    let with = |rounding| {
        let options = Options {
            rounding: Some(rounding),
            ..Options::default()
        };
        let table = read_with(&format!("{HEADER}{rows}"), &options).unwrap();
        of(&table, "flat")
            .iter()
            .map(|(_, reading)| reading.import.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(with(Rounding::Nearest), [0, 405_933]);
    assert_eq!(with(Rounding::Down), [0, 405_933]);
}

#[test]
fn a_signed_column_is_refused_with_line_and_column_whatever_the_rounding() {
    for rounding in [None, Some(Rounding::Nearest), Some(Rounding::Down)] {
        let options = Options {
            rounding,
            ..Options::default()
        };
        let rows = format!("{HEADER}2024-09-04T08:00:00-07:00,sdge,-0.221,0\n");
        let error = read_with(&rows, &options).unwrap_err().to_string();
        assert!(
            error.starts_with("rows.csv, line 2, column 3 (import_kwh): expected kWh as digits"),
            "{error}"
        );
        assert!(error.ends_with("got `-0.221`"), "{error}");
    }
}

fn rounded(text: &str, rounding: Rounding) -> Option<u64> {
    let options = Options {
        rounding: Some(rounding),
        limit: None,
        ..Options::default()
    };
    let rows = format!("{HEADER}2024-06-03T10:00Z,a,{text},0\n2024-06-03T11:00Z,a,0,0\n");
    read_with(&rows, &options).ok().map(|table| sums(&table, "a").0)
}

#[test]
fn numbers_are_rounded_as_stated() {
    let table = [
        ("0.0000005", Some(1), Some(0)),
        ("0.0000004999", Some(0), Some(0)),
        ("5e-7", Some(1), Some(0)),
        ("1.5E-6", Some(2), Some(1)),
        ("1e3", Some(1_000_000_000), Some(1_000_000_000)),
        ("1.0e+1", Some(10_000_000), Some(10_000_000)),
        (".5", Some(500_000), Some(500_000)),
        ("2.", Some(2_000_000), Some(2_000_000)),
        ("9.9999996", Some(10_000_000), Some(9_999_999)),
        ("0e9999", Some(0), Some(0)),
        ("1e9999", None, None),
        ("1e-9999", Some(0), Some(0)),
        ("1e99999", None, None),
        ("1e", None, None),
        ("e5", None, None),
        ("1.2.3", None, None),
        ("0x10", None, None),
        ("1_000", None, None),
        ("inf", None, None),
        ("18446744073709.551615", Some(u64::MAX), Some(u64::MAX)),
        ("18446744073709.551616", None, None),
    ];
    for (text, nearest, down) in table {
        assert_eq!(rounded(text, Rounding::Nearest), nearest, "{text}");
        assert_eq!(rounded(text, Rounding::Down), down, "{text}");
    }
}

proptest! {
    #[test]
    fn a_rounded_number_is_the_nearest(digits in 0_u64..1_000_000_000_000, places in 0_u32..12) {
        // digits x 10^-places kWh, in units of 10^-6.
        let shown = gridpact_units::decimal::show(i128::from(digits), places);
        let scaled = u128::from(digits) * 10_u128.pow(6 + 12 - places);
        let whole = u64::try_from(scaled / 10_u128.pow(12)).unwrap();
        let nearest = u64::try_from((scaled + 10_u128.pow(12) / 2) / 10_u128.pow(12)).unwrap();
        prop_assert_eq!(rounded(&shown, Rounding::Down), Some(whole));
        prop_assert_eq!(rounded(&shown, Rounding::Nearest), Some(nearest));
        let scientific = format!("{digits}e-{places}");
        prop_assert_eq!(rounded(&scientific, Rounding::Nearest), Some(nearest));
    }
}
