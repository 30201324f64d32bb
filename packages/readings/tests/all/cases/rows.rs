//! Rows: what is absent, what comes twice, what says one direction, what says its quality; meters that join and leave.

use gridpact_units::IntervalLength;

use super::*;

/// A roof's half hours of three hours, and flat's rows.
fn with_roof(flat: &str) -> String {
    let row = |half: u32| format!("2024-06-03T{}:{:02}:00Z,roof,0,1\n", 10 + half / 2, half % 2 * 30);
    (0..6).map(row).collect::<String>() + flat
}

#[test]
fn blank_cells_and_nan_are_missing_and_counted_by_meter() {
    let flat = |value: &str| {
        let row = |half: u32| {
            let value = if half.is_multiple_of(2) { "0.75,0" } else { value };
            format!(
                "2024-06-03T{}:{:02}:00Z,flat,{value}\n",
                10 + half / 2,
                half % 2 * 30
            )
        };
        (0..6).map(row).collect::<String>()
    };
    for value in [",", "NaN,NaN", "nan,0", "0,", "null,null"] {
        let table = read(&with_roof(&flat(value)));
        let known = measured(750_000);
        let expected = [
            (0, known),
            (1_800, Reading::MISSING),
            (3_600, known),
            (5_400, Reading::MISSING),
            (7_200, known),
            (9_000, Reading::MISSING),
        ];
        assert_eq!(of(&table, "flat"), expected, "{value}");
        assert_eq!(
            told(&table),
            ["loss: rows.csv, lines 9, 11, 13, meter flat: no value, from 2024-06-03T10:30:00Z; missing, not zero"]
        );
        assert_eq!(kinds(&table, "flat"), [("no_value", 3)]);
    }
}

#[test]
fn absent_rows_are_missing_and_counted_by_meter() {
    let flat = "2024-06-03T10:00:00Z,flat,0.75,0\n2024-06-03T10:30:00Z,flat,0.75,0\n2024-06-03T12:00:00Z,flat,0.75,0\n";
    let table = read(&with_roof(flat));
    let starts: Vec<i64> = of(&table, "flat").iter().map(|(start, _)| *start).collect();
    assert_eq!(starts, [0, 1_800, 7_200]);
    assert_eq!(
        told(&table),
        [
            "loss: rows.csv, line 9 and 1 more, meter flat: no row, from 2024-06-03T11:00:00Z; missing, not zero",
            "note: rows.csv, line 10, meter flat: it has no reading from 2024-06-03T12:30:00Z on",
        ]
    );
    let dataset = table.into_dataset().unwrap();
    let missing = dataset.readings.iter().filter(|reading| reading.is_missing());
    assert_eq!(missing.count(), 3);
    assert!(dataset
        .findings
        .iter()
        .any(|finding| finding.to_string().starts_with("rows.csv, line 9")));
    // Every second row absent looks like hours: with the interval stated it is what it is.
    let hourly = "2024-06-03T10:00:00Z,flat,0.75,0\n2024-06-03T11:00:00Z,flat,0.75,0\n2024-06-03T12:00:00Z,flat,0.75,0\n";
    let options = Options {
        interval: Some(IntervalLength::HALF_HOUR),
        ..Options::default()
    };
    let table = read_with(&format!("{HEADER}{}", with_roof(hourly)), &options).unwrap();
    assert_eq!(
        kinds(&table, "flat"),
        [("absent", 2), ("looks_longer", 1), ("leaves", 1)]
    );
}

#[test]
fn equal_rows_are_one_and_told_and_others_are_refused_with_both_lines() {
    let rows =
        "2024-06-03T10:00:00Z,a,1,0\n2024-06-03T10:15:00Z,a,1,0\n2024-06-03T12:00:00+02:00,a,1.000,0\n";
    let table = read(rows);
    assert_eq!(sums(&table, "a"), (2_000_000, 0));
    assert_eq!(
        told(&table),
        ["note: rows.csv, line 4, meter a: equal rows were taken as one, from 2024-06-03T10:00:00Z"]
    );
    let other = rows.replace("1.000", "1.001");
    assert_eq!(
        refused(&other),
        "rows.csv: lines 2 and 4 give the same interval of meter a"
    );
}

#[test]
fn rows_of_one_direction_each_are_joined() {
    let rows = "2024-01-01T12:00:00+01:00,ean 1,0.75,0
2024-01-01T12:00:00+01:00,ean 1,0,0.5
2024-01-01T12:15:00+01:00,ean 1,0.25,0
2024-01-01T12:15:00+01:00,ean 1,0,0\n";
    let table = read(rows);
    assert_eq!(sums(&table, "ean 1"), (1_000_000, 500_000));
    assert_eq!(kinds(&table, "ean 1"), [("directions_joined", 1)]);
    // Where a row says both, they contradict each other.
    let error = refused(&rows.replace("0.25,0\n", "0.25,0.1\n"));
    assert_eq!(
        error,
        "rows.csv: lines 2 and 3 give the same interval of meter ean 1"
    );
}

#[test]
fn a_long_table_says_its_directions() {
    let text = "interval_start,meter,direction,energy_wh,quality
2024-06-03T10:00:00Z,a,import,750,measured
2024-06-03T10:00:00Z,a,export,500,measured
2024-06-03T10:15:00Z,a,export,100,
2024-06-03T10:15:00Z,a,import,,missing
2024-06-03T10:00:00Z,b,import,1,E
2024-06-03T10:15:00Z,b,import,2,\n";
    let table = read_with(text, &Options::default()).unwrap();
    let both = Reading::measured(Energy(750_000), Energy(500_000));
    assert_eq!(of(&table, "a"), [(0, both), (900, Reading::MISSING)]);
    let provisional = took(1_000, Quality::SubstitutedProvisional);
    assert_eq!(of(&table, "b"), [(0, provisional), (900, measured(2_000))]);
    let error = read_with(&text.replace("export", "out"), &Options::default())
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "rows.csv, line 3, column 3 (direction): expected import or export, got `out`"
    );
}

#[test]
fn one_direction_of_a_meter_with_two_that_has_no_row_leaves_the_reading_missing() {
    let text = "interval_start,meter,direction,energy_kwh
2024-06-03T10:00:00Z,a,import,1
2024-06-03T10:00:00Z,a,export,0
2024-06-03T10:15:00Z,a,import,1\n";
    let table = read_with(text, &Options::default()).unwrap();
    assert_eq!(
        of(&table, "a"),
        [(0, measured(1_000_000)), (900, Reading::MISSING)]
    );
}

#[test]
fn qualities_are_ours_or_letters_of_others() {
    let rows = [
        ("measured", Quality::Measured),
        ("", Quality::Measured),
        ("substituted_final", Quality::SubstitutedFinal),
        ("substituted_provisional", Quality::SubstitutedProvisional),
        ("limited", Quality::Limited),
        ("missing", Quality::Missing),
        ("A", Quality::Measured),
        ("F", Quality::SubstitutedFinal),
        ("S", Quality::SubstitutedProvisional),
        ("E", Quality::SubstitutedProvisional),
        ("N", Quality::Missing),
        ("L1", Quality::Measured),
        ("L2", Quality::SubstitutedFinal),
        ("L3", Quality::SubstitutedProvisional),
    ];
    let row = |(number, (name, _)): (usize, &(&str, Quality))| {
        format!(
            "2024-06-03T{}:{:02}:00Z,flat,0.5,0,{name}\n",
            10 + number / 4,
            number % 4 * 15
        )
    };
    let text =
        HEADER.trim_end().to_owned() + ",quality\n" + &rows.iter().enumerate().map(row).collect::<String>();
    let table = read_with(&text, &Options::default()).unwrap();
    let got: Vec<Quality> = of(&table, "flat")
        .iter()
        .map(|(_, reading)| reading.quality)
        .collect();
    assert_eq!(got, rows.map(|(_, quality)| quality));
    assert_eq!(sums(&table, "flat").0, 12 * 500_000);
}

#[test]
fn a_meter_swapped_in_mid_period_leaves_and_its_successor_joins() {
    let row = |quarter: u32| {
        let meter = if quarter < 4 { "flat old" } else { "flat new" };
        let (hour, minute) = (10 + quarter / 4, quarter % 4 * 15);
        format!("2024-06-03T{hour}:{minute:02}:00Z,roof,0,1\n2024-06-03T{hour}:{minute:02}:00Z,{meter},1,0\n")
    };
    let table = read(&(0..8).map(row).collect::<String>());
    assert_eq!(
        (sums(&table, "flat old").0, sums(&table, "flat new").0),
        (4_000_000, 4_000_000)
    );
    let at = UnixSeconds(TEN + 3_600);
    let whats: Vec<What> = table.findings().iter().map(|finding| finding.what).collect();
    assert_eq!(whats, [What::Joins { at }, What::Leaves { at }]);
    assert!(whats.iter().all(|what| what.severity() == Severity::Note));
}

#[test]
fn what_is_told_stays_short_however_often_it_comes() {
    let row = |quarter: u64| {
        let at = gridpact_readings::rfc3339::show(UnixSeconds(TEN + quarter * 900));
        format!("{at},flat,,\n")
    };
    let table = read(&(0..5_000).map(row).collect::<String>());
    assert_eq!(table.findings().len(), 1);
    let finding = &table.findings()[0];
    assert_eq!((finding.count, finding.lines.len()), (5_000, 10));
    assert!(finding
        .to_string()
        .contains("lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 4990 more, meter flat"));
}
