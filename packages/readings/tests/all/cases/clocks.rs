//! Stamps: clocks that change, days that end at 24:00, ends taken for starts, clocks that were never set.

use std::collections::BTreeMap;

use gridpact_readings::clock::Zone;
use gridpact_readings::format::Source;
use gridpact_readings::selection::Selection;
use gridpact_readings::stamps::Stamp;

use super::*;

/// Quarters of a local day in Vienna as a file with offsets has them, a row for meter a and one for b.
fn local_day(day: &str, quarters: u64, midnight: u64) -> String {
    let row = |quarter: u64| {
        let at = midnight + quarter * 900;
        let offset = Zone::CentralEurope.offset_at(at.cast_signed());
        let local = Zone::CentralEurope.local(at.cast_signed());
        assert!(local.to_string().starts_with(day), "{local}");
        let hours = offset / 3_600;
        format!("{local}+{hours:02}:00,a,0.25,0\n{local}+{hours:02}:00,b,0,0.25\n")
    };
    (0..quarters).map(row).collect()
}

#[test]
fn a_day_of_23_and_one_of_25_hours_are_read_whole() {
    // 31 March 2024, 00:00 +01:00, and 27 October 2024, 00:00 +02:00.
    for (day, quarters, midnight) in [
        ("2024-03-31", 92, 1_711_839_600),
        ("2024-10-27", 100, 1_729_980_000),
    ] {
        let rows = local_day(day, quarters, midnight);
        let table = read(&rows);
        assert_eq!(sums(&table, "a"), (quarters * 250_000, 0));
        assert_eq!(sums(&table, "b"), (0, quarters * 250_000));
        assert_eq!(table.findings(), []);
        // The day of the place is that of the data, whatever UTC says.
        let file = format!("{HEADER}{rows}");
        let selection = Selection {
            from: Some(day.parse().unwrap()),
            days: Some(1),
            ..Selection::default()
        };
        let dataset = Source::Csv(NamedFile::new("rows.csv", file.as_bytes()))
            .load(&selection)
            .unwrap();
        assert_eq!(dataset.zone, Zone::CentralEurope);
        assert_eq!(dataset.interval.start_of(dataset.stretches[0].first), midnight);
    }
}

#[test]
fn an_hour_doubled_where_the_clock_changes_is_refused_with_both_lines() {
    let rows = "2017-03-26T00:00:00+02:00,flat,0.5,0
2017-03-26T01:00:00+02:00,flat,0.6,0
2017-03-26T02:00:00+02:00,flat,0.7,0
2017-03-26T02:00:00+02:00,flat,0.7,0
2017-03-26T04:00:00+03:00,flat,0.8,0\n";
    assert_eq!(
        refused(rows),
        "rows.csv: lines 4 and 5 give the same interval of meter flat where its clock changes: expected every hour once, got one \
         doubled"
    );
}

#[test]
fn a_day_asked_for_is_the_day_of_the_place() {
    let row = |day: u32, hour: u32, energy: u32| {
        format!("2024-08-{day:02}T{hour:02}:00:00+02:00,flat,{energy},0\n")
    };
    let days = [(1, 5), (2, 1), (3, 9)];
    let rows: String = days
        .iter()
        .flat_map(|(day, energy)| (0..24).map(move |hour| row(*day, hour, *energy)))
        .collect();
    let file = format!("{HEADER}{rows}");
    let selection = Selection {
        from: Some("2024-08-02".parse().unwrap()),
        days: Some(1),
        ..Selection::default()
    };
    let dataset = Source::Csv(NamedFile::new("rows.csv", file.as_bytes()))
        .load(&selection)
        .unwrap();
    let sum: u64 = dataset.readings.iter().map(|reading| reading.import.0).sum();
    assert_eq!(sum, 24_000_000);
}

#[test]
fn a_day_ends_at_24_where_stamps_name_ends_and_no_interval_starts_there() {
    let rows = "2022-07-01T23:00:00+02:00,cups 1,0.5,0\n2022-07-01T24:00:00+02:00,cups 1,0.25,0\n";
    assert_eq!(
        refused(rows),
        "rows.csv, line 3, column 1 (interval_start): expected the start of an interval, of which none starts at 24:00; where \
         stamps name ends, state `stamp` as end, got `2022-07-01T24:00:00+02:00`"
    );
    let options = Options {
        stamp: Stamp::End,
        ..Options::default()
    };
    let header = "interval_end,meter,import_kwh,export_kwh\n";
    for (header, options) in [(HEADER, options), (header, Options::default())] {
        let table = read_with(&format!("{header}{rows}"), &options).unwrap();
        // 22:00 and 23:00 in summer time.
        let ten = 1_656_705_600_i64 - TEN.cast_signed();
        assert_eq!(
            of(&table, "cups 1"),
            [(ten, measured(500_000)), (ten + 3_600, measured(250_000))]
        );
    }
}

#[test]
fn a_meter_whose_stamps_name_ends_stands_beside_one_whose_name_starts() {
    let rows = "2024-06-03T10:00:00Z,roof,0,0
2024-06-03T11:00:00Z,flat,0,0
2024-06-03T11:00:00Z,roof,0,3
2024-06-03T12:00:00Z,flat,3,0
2024-06-03T12:00:00Z,roof,0,0
2024-06-03T13:00:00Z,flat,0,0\n";
    let options = Options {
        stamp_of: BTreeMap::from([("flat".to_owned(), Stamp::End)]),
        ..Options::default()
    };
    let table = read_with(&format!("{HEADER}{rows}"), &options).unwrap();
    let eleven = Reading::measured(Energy::ZERO, Energy(3_000_000));
    assert_eq!(of(&table, "flat")[1], (3_600, measured(3_000_000)));
    assert_eq!(of(&table, "roof")[1], (3_600, eleven));
    assert_eq!(table.findings(), []);
}

#[test]
fn a_lone_stamp_far_from_the_rest_is_refused_for_itself() {
    let quarters: String = (0..4)
        .map(|quarter| {
            format!(
                "2024-06-03T10:{:02}:00Z,flat,1,0\n2024-06-03T10:{:02}:00Z,roof,0,1\n",
                quarter * 15,
                quarter * 15
            )
        })
        .collect();
    for stray in ["1970-01-01T00:15:00Z", "2033-06-03T10:00:00Z"] {
        assert_eq!(
            refused(&format!("{quarters}{stray},flat,1,0\n")),
            format!(
                "rows.csv, line 10: expected a time near the others, 2024-06-03T10:00:00Z at the nearest, got {stray} alone"
            )
        );
    }
    // A second season is no stray.
    let winter = quarters.replace("2024-06", "2024-01");
    assert_eq!(read(&(quarters + &winter)).meters().len(), 2);
}

#[test]
fn stamps_without_offset_are_read_in_the_zone_that_is_stated_and_the_doubled_hour_in_order() {
    let options = |zone: &str| Options {
        zone: Some(Zone::named(zone).unwrap()),
        ..Options::default()
    };
    let hours = ["00:00", "01:00", "02:00", "02:00", "03:00"];
    let rows: String = hours.map(|hour| format!("2024-10-27 {hour},flat,1,0\n")).concat();
    let text = format!("{HEADER}{rows}");
    let table = read_with(&text, &options("Europe/Vienna")).unwrap();
    let starts: Vec<i64> = of(&table, "flat").iter().map(|(start, _)| *start).collect();
    // 27 October 2024, 00:00 +02:00, and the four hours after it.
    let midnight = 1_729_980_000 - TEN.cast_signed();
    assert_eq!(starts, [0, 1, 2, 3, 4].map(|hour| midnight + hour * 3_600));
    // A third one is not there, a row in the fold without one before it cannot be told.
    let third = text.replace(
        "02:00,flat,1,0\n2024-10-27 03:00",
        "02:00,flat,1,0\n2024-10-27 02:00,flat,1,0\n2024-10-27 03:00",
    );
    let error = read_with(&third, &options("Europe/Vienna"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 6, column 1 (interval_start): expected a time with its offset"),
        "{error}"
    );
    let first = format!("{HEADER}2024-10-27T02:00,flat,1,0\n");
    let error = read_with(&first, &options("Europe/Vienna"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("the clock shows this one twice"), "{error}");
    // An hour that the clock skips.
    let skipped = format!("{HEADER}2024-03-31T02:30,flat,1,0\n");
    let error = read_with(&skipped, &options("Europe/Vienna"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("expected a time that the clock shows; on this day it skips this one"),
        "{error}"
    );
    // Lord Howe Island sets its clock by half an hour.
    let howe = format!("{HEADER}2024-04-07T01:00,flat,1,0\n2024-04-07T01:30,flat,1,0\n2024-04-07T01:30,flat,1,0\n2024-04-07T02:00,flat,1,0\n");
    let table = read_with(&howe, &options("Australia/Lord_Howe")).unwrap();
    assert_eq!((table.interval().seconds(), of(&table, "flat").len()), (1_800, 4));
    assert_eq!(Zone::named("Europe/Atlantis"), None);
    assert_eq!(Zone::named("Europe/Vienna"), Zone::named("Europe/Vienna"));
    // Nothing stated, nothing guessed.
    assert!(refused(&rows).contains("expected an RFC 3339 time with its zone"));
}

#[test]
fn the_written_rule_of_central_europe_is_that_of_the_database() {
    let vienna = Zone::named("Europe/Vienna").unwrap();
    // Every seventh hour from 1997 on, when the rule was the same everywhere.
    for at in (852_076_800..2_000_000_000_i64).step_by(25_200) {
        assert_eq!(vienna.offset_at(at), Zone::CentralEurope.offset_at(at), "{at}");
    }
}

#[test]
fn a_few_rows_of_a_thousand_years_are_no_data_set() {
    let day = |year: u32| {
        (0..24)
            .map(|hour| format!("{year}-06-03T{hour:02}:00Z,a,1,0\n"))
            .collect::<String>()
    };
    let table = read(&(day(2024) + &day(2524)));
    assert_eq!(of(&table, "a").len(), 48);
    let error = table.into_dataset().unwrap_err().to_string();
    assert_eq!(
        error,
        "rows.csv: expected at least one reading in a thousand, got 48 of 1 meters x 4382928 intervals: is the year of a stamp wrong?"
    );
}
