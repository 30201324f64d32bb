//! Totals of registers in files.

use gridpact_units::IntervalLength;

use super::*;

const TOTALS: &str = "interval_start,meter,import_register_kwh,export_register_kwh\n";

fn totals(rows: &[(&str, &str)]) -> String {
    let row = |(time, value): &(&str, &str)| format!("2024-06-03T{time}Z,a,{value},0\n");
    rows.iter().map(row).collect()
}

#[test]
fn a_counters_total_is_no_energy_and_as_a_register_a_quarter_kilowatt_hour_each() {
    let rows = totals(&[
        ("10:00", "23456.125"),
        ("10:15", "23456.375"),
        ("10:30", "23456.625"),
        ("10:45", "23456.875"),
    ]);
    let error = refused(&rows);
    assert!(
        error.starts_with(
            "rows.csv, line 2: 4 of 4 readings of meter a are above what the connection can give"
        ),
        "{error}"
    );
    let stated = Options {
        registers: true,
        ..Options::default()
    };
    for (header, options) in [(HEADER, stated), (TOTALS, Options::default())] {
        let table = read_with(&format!("{header}{rows}"), &options).unwrap();
        let quarter = measured(250_000);
        assert_eq!(of(&table, "a"), [(0, quarter), (900, quarter), (1_800, quarter)]);
        assert_eq!(table.findings(), []);
    }
}

#[test]
fn registers_read_now_and_then_are_energies_of_quarters() {
    let rows = totals(&[
        ("09:58:20", "5.000000"),
        ("10:03:20", "5.060000"),
        ("10:29:01", "6"),
        ("11:00:01", "7.2"),
    ]);
    let table = read_with(&format!("{TOTALS}{rows}"), &Options::default()).unwrap();
    assert_eq!(table.interval(), IntervalLength::QUARTER_HOUR);
    let quarters = of(&table, "a");
    assert_eq!(
        quarters.iter().map(|(start, _)| *start).collect::<Vec<_>>(),
        [0, 900, 1_800, 2_700]
    );
    assert!(quarters
        .iter()
        .all(|(_, reading)| reading.quality == Quality::SubstitutedFinal));
    // 5.02 at ten, by the line between the first two; at eleven 7.2 less a second's share of 1.2 over 1,860 s.
    assert_eq!(sums(&table, "a").0, 7_200_000 - 646 - 5_020_000);
}

#[test]
fn a_spike_is_left_out_and_told_and_a_new_register_begins_anew() {
    let rows = totals(&[
        ("10:00", "100"),
        ("10:15", "100.5"),
        ("10:30", "900"),
        ("10:45", "101.5"),
        ("11:00", "0"),
        ("11:15", "0.25"),
        ("11:30", "0.5"),
    ]);
    let table = read_with(&format!("{TOTALS}{rows}"), &Options::default()).unwrap();
    let half = |quality| took(500_000, quality);
    assert_eq!(
        of(&table, "a"),
        [
            (0, half(Quality::Measured)),
            (900, half(Quality::SubstitutedFinal)),
            (1_800, half(Quality::SubstitutedFinal)),
            (3_600, measured(250_000)),
            (4_500, measured(250_000)),
        ]
    );
    assert_eq!(
        told(&table),
        [
            "loss: rows.csv, line 4, meter a: no row, from 2024-06-03T10:45:00Z; missing, not zero",
            "doubt: rows.csv, line 6, meter a: the register is another one from 2024-06-03T11:00:00Z on: a new meter, or a reset; where it began anew at its \
             highest number, state `modulus`",
            "doubt: rows.csv, line 4, meter a: the register jumped: expected at most 111.3685 kWh, got 900 kWh; the reading was \
             left out",
        ]
    );
}

#[test]
fn zeros_after_a_restart_are_told() {
    let rows = totals(&[
        ("10:00", "100"),
        ("10:05", "0"),
        ("10:10", "0"),
        ("10:15", "0"),
        ("10:20", "100.25"),
        ("10:25", "100.5"),
        ("10:30", "100.75"),
    ]);
    let table = read_with(&format!("{TOTALS}{rows}"), &Options::default()).unwrap();
    assert_eq!(
        kinds(&table, "a"),
        [("absent", 1), ("new_register", 1), ("restart", 1)]
    );
    // No energy comes of the return to the old total.
    assert!(sums(&table, "a").0 <= 500_000);
}

#[test]
fn a_rollover_needs_its_modulus_stated() {
    let rows = totals(&[
        ("10:00", "99999.9"),
        ("10:15", "0.15"),
        ("10:30", "0.4"),
        ("10:45", "0.65"),
    ]);
    let text = format!("{TOTALS}{rows}");
    let reset = read_with(&text, &Options::default()).unwrap();
    assert_eq!(of(&reset, "a").len(), 2);
    let options = Options {
        modulus: core::num::NonZeroU64::new(100_000_000_000),
        ..Options::default()
    };
    let rolled = read_with(&text, &options).unwrap();
    let quarter = measured(250_000);
    assert_eq!(of(&rolled, "a"), [(0, quarter), (900, quarter), (1_800, quarter)]);
}

#[test]
fn one_meters_register_beside_anothers_energies_is_refused_only_where_they_are_one() {
    let files = |second: &str| {
        let energies = format!("{HEADER}2024-06-03T10:00Z,{second},1,0\n2024-06-03T10:15Z,{second},1,0\n");
        let rows = totals(&[("10:00", "5"), ("10:15", "6"), ("10:30", "7")]);
        let registers = format!("{TOTALS}{rows}");
        let file =
            |name: &'static str, text: String| NamedFile::new(name, std::io::Cursor::new(text.into_bytes()));
        Table::read(
            [file("one.csv", registers), file("two.csv", energies)],
            &Options::default(),
        )
    };
    let table = files("b").unwrap();
    assert_eq!((sums(&table, "a").0, sums(&table, "b").0), (2_000_000, 2_000_000));
    let error = files("a").unwrap_err().to_string();
    assert_eq!(
        error,
        "one.csv, line 2, and two.csv, line 2, give the same interval of meter a"
    );
}
