//! Moments as portals and spreadsheets write them.

use super::*;

/// A table whose rows have this for a moment, and what they took.
fn by(header: &str, moment: impl Fn(u64) -> String) -> String {
    let text = rows(|quarter| {
        format!(
            "{};{};{}",
            moment(quarter),
            kwh(taken(quarter)),
            kwh(given(quarter))
        )
    });
    format!("{header};Bezug [kWh];Einspeisung [kWh]\n{text}")
}

#[test]
fn every_way_of_writing_a_start_is_the_same_day() {
    let time = |quarter: u64| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
    let half_day = |quarter: u64| {
        let hour = quarter / 4;
        let shown = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
        format!(
            "06/03/2024 {shown:02}:{:02} {}",
            quarter % 4 * 15,
            if hour < 12 { "AM" } else { "PM" }
        )
    };
    let ways: [(&str, &dyn Fn(u64) -> String); 14] = [
        ("Zeit", &|quarter| format!("3. Juni 2024 {}", time(quarter))),
        ("Time", &|quarter| format!("03-Jun-2024 {}", time(quarter))),
        ("Heure", &|quarter| format!("3 juin 2024 {}", time(quarter))),
        ("Zeit", &|quarter| format!("2024-W23-1 {}", time(quarter))),
        ("Time", &half_day),
        ("Datum;Zeitraum", &|quarter| {
            format!("03.06.2024;{} - {}", time(quarter), time(quarter + 1))
        }),
        ("timestamp", &|quarter| (MIDNIGHT + quarter * 900).to_string()),
        ("timestamp", &|quarter| format!("{}000", MIDNIGHT + quarter * 900)),
        ("Zeit", &|quarter| {
            format!("45446,{:010}", quarter * 10_000_000_000 / 96)
        }),
        ("time", &|quarter| format!("2024-06-03 {}:00+02", time(quarter))),
        ("time", &|quarter| format!("2024-06-03 {}:00 CEST", time(quarter))),
        ("time", &|quarter| {
            format!("2024-06-03T{}:00.000+0200", time(quarter))
        }),
        ("Von;Bis", &|quarter| {
            format!(
                "03.06.2024 {0}:00;03.06.2024 {1}:59",
                time(quarter),
                &time_14(quarter)
            )
        }),
        ("Von;Bis", &|quarter| {
            format!("03.06.2024 {};03.06.2024 {}", time(quarter), time_14(quarter))
        }),
    ];
    for (header, way) in ways {
        right(&by(header, way), true);
    }
}

/// The last minute of a quarter hour.
fn time_14(quarter: u64) -> String {
    format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15 + 14)
}

#[test]
fn moments_in_utc_by_their_name_are_in_utc() {
    let utc = |quarter: u64| {
        let at = clock(quarter + QUARTERS - 8);
        // Two hours ahead of UTC: the day begins at 22:00 of the day before.
        let day = if quarter < 8 { "02" } else { "03" };
        format!("2024-06-{day} {}:00 UTC", &at[11..])
    };
    right(&by("time", utc), true);
}

#[test]
fn ends_are_known_by_their_name_by_24_00_by_midnight_and_by_their_last_second() {
    let told = "is taken for the end of an interval";
    let hour_24 = |quarter: u64| match quarter + 1 {
        QUARTERS => "03.06.2024 24:00".to_owned(),
        end => clock(end),
    };
    let midnight = |quarter: u64| match quarter + 1 {
        QUARTERS => "03.06.2024 00:00".to_owned(),
        end => clock(end),
    };
    let ways: [(&str, &dyn Fn(u64) -> String); 7] = [
        ("Zeit", &hour_24),
        ("Zeit bis", &hour_24),
        ("Zeit", &midnight),
        ("Datum;Uhrzeit", &|quarter| midnight(quarter).replace(' ', ";")),
        ("Zeit", &|quarter| clock(quarter + 1)),
        ("Zeit bis", &|quarter| {
            format!("03.06.2024 {}:59", time_14(quarter))
        }),
        ("Zeit", &|quarter| format!("03.06.2024 {}", time_14(quarter))),
    ];
    for (header, way) in ways {
        let notes = right(&by(header, way), true);
        assert!(notes.contains(told), "{header}: {notes}");
    }
    let notes = right(&by("Zeit", midnight), true);
    assert!(
        notes.contains("00:00 of `Zeit` ends the day that stands beside it"),
        "{notes}"
    );
    // Midnight beside its own day in a column of ends.
    let both = |quarter: u64| format!("{};{}", clock(quarter), midnight(quarter));
    right(&by("Von;Bis", both), true);
}

#[test]
fn several_meters_one_after_another_do_not_make_midnight_an_end() {
    let of = |meter: &str| rows(|quarter| format!("{};{meter};{}", clock(quarter), kwh(taken(quarter))));
    let text = format!("Zeit;Zähler;Verbrauch [kWh]\n{}{}", of("a"), of("b"));
    let (table, notes) = guessed(text.as_bytes()).unwrap();
    assert!(notes.contains("is taken for the start of an interval"), "{notes}");
    assert_eq!(
        (day(&table, "a"), day(&table, "b")),
        (true_day(false), true_day(false))
    );
}

#[test]
fn an_end_before_its_start_is_refused() {
    let text =
        "Von;Bis;Verbrauch [kWh]\n03.06.2024 10:00;03.06.2024 10:15;1\n04.06.2024 10:15;03.06.2024 10:00;1\n";
    let error = guessed(text.as_bytes()).map(|_| ()).unwrap_err();
    assert!(
        error.contains("line 3, column 2 (Bis): expected an end behind the start"),
        "{error}"
    );
}

#[test]
fn the_doubled_hour_is_told_apart_in_a_table_that_begins_with_its_newest_row() {
    // 27 October 2024, 00:00 to 05:00 in Vienna: 24 quarter hours, those from 02:00 to 03:00 twice.
    let shown = |quarter: u64| if quarter < 12 { quarter } else { quarter - 4 };
    let row = |quarter: u64| {
        let clock = shown(quarter);
        format!(
            "27.10.2024 {:02}:{:02};{}\n",
            clock / 4,
            clock % 4 * 15,
            kwh(taken(quarter))
        )
    };
    let onwards: String = (0..24).map(row).collect();
    let backwards: String = (0..24).rev().map(row).collect();
    let start = 1_729_980_000;
    let expected: Vec<(u64, u64)> = (0..24)
        .map(|quarter| (start + quarter * 900, taken(quarter) * 1_000))
        .collect();
    for text in [onwards, backwards] {
        let (table, _) = guessed(format!("Zeit;Verbrauch [kWh]\n{text}").as_bytes()).unwrap();
        let read: Vec<(u64, u64)> = table
            .readings()
            .map(|(_, interval, reading)| (table.interval().start_of(interval), reading.import.0))
            .collect();
        assert_eq!(read, expected);
    }
}

#[test]
fn what_is_no_moment_is_refused_with_the_nearest_that_was_found() {
    let days = "Datum;Verbrauch [kWh]\n01.06.2024;8,5\n02.06.2024;9,5\n";
    let a_day: String = (0..24).map(|hour| format!(";{hour:02}:00")).collect();
    let tables = [
        (days.to_owned(), "`Datum` holds days without a time"),
        (
            format!("Datum{a_day}\n03.06.2024{}\n", ";0,5".repeat(24)),
            "one row an interval is needed, not one a day",
        ),
        (PORTAL.to_owned(), "found a header without rows below it"),
        (
            format!("{PORTAL}{}", portal()).replacen("02:00", "02:00A", 1),
            "`Zeit` holds times as %d.%m.%Y %H:%M, but row 9 below the header has `03.06.2024 02:00A`",
        ),
        (
            "Monat;Verbrauch [kWh]\nfrüh;300\nspät;200\n".to_owned(),
            "found none below `Monat`, `Verbrauch [kWh]`; the first row is `früh`, `300`",
        ),
    ];
    for (text, expected) in tables {
        let error = guessed(text.as_bytes()).map(|_| ()).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn days_and_months_are_told_apart_by_what_goes_on_and_else_it_is_said() {
    let american = |days: u64| -> String {
        let row = |quarter: u64| {
            let (day, quarter) = (3 + quarter / QUARTERS, quarter % QUARTERS);
            format!("6/{day}/24,{}:{:02},0.125\n", quarter / 4, quarter % 4 * 15)
        };
        (0..days * QUARTERS).map(row).collect()
    };
    let of = |days: u64| guessed(format!("Date,Time,Usage (kWh)\n{}", american(days)).as_bytes()).unwrap();
    let (table, notes) = of(2);
    let (_, first, _) = table.readings().next().unwrap();
    assert_eq!(table.interval().start_of(first), MIDNIGHT, "{notes}");
    assert!(!notes.contains("the other way round"), "{notes}");
    let (_, notes) = of(1);
    assert!(
        notes.contains("days and months may be the other way round"),
        "{notes}"
    );
}
