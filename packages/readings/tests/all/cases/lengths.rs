//! Readings of other lengths than the grid's intervals.

use gridpact_units::IntervalLength;

use super::*;

/// A producer's quarters of two hours, giving 0.5 kWh each.
fn quarters(meter: &str) -> String {
    let row = |quarter: u64| {
        let (hour, minute) = (10 + quarter / 4, quarter % 4 * 15);
        format!("2024-06-03T{hour}:{minute:02}:00Z,{meter},0,0.5\n")
    };
    (0..8).map(row).collect()
}

#[test]
fn one_hourly_meter_among_quarters_keeps_all_its_energy_marked_substituted() {
    let table = read(&(quarters("roof") + "2024-06-03T10:00:00Z,flat,3,0\n2024-06-03T11:00:00Z,flat,1,0\n"));
    assert_eq!(table.interval(), IntervalLength::QUARTER_HOUR);
    let spread = |energy| move |quarter: i64| (quarter * 900, took(energy, Quality::SubstitutedFinal));
    let expected: Vec<_> = (0..4)
        .map(spread(750_000))
        .chain((4..8).map(spread(250_000)))
        .collect();
    assert_eq!(of(&table, "flat"), expected);
    assert_eq!(sums(&table, "roof"), (0, 4_000_000));
    assert_eq!(
        told(&table),
        [
            "doubt: rows.csv, lines 10, 11, meter flat: its readings of 3600 s were spread over intervals of 900 s and marked \
             substituted; if they are of 900 s and others are absent, state `interval`"
        ]
    );
}

#[test]
fn what_does_not_divide_is_refused_with_its_line() {
    // Twenty minutes among quarters.
    let twenty: String = (0..4)
        .map(|third| {
            format!(
                "2024-06-03T{}:{:02}:00Z,flat,1,0\n",
                10 + third / 3,
                third % 3 * 20
            )
        })
        .collect();
    let error = refused(&(quarters("roof") + &twenty));
    assert_eq!(
        error,
        "rows.csv, line 10: meter flat gives readings of 1200 s from 2024-06-03T10:00:00Z: expected such as begin and end with \
         intervals of 900 s, or divide them"
    );
}

#[test]
fn one_quarterly_meter_among_hours_is_summed_and_a_part_of_an_hour_is_missing() {
    let hours: String = ["a", "b", "c", "d", "e"]
        .map(|meter| {
            (10..16)
                .map(|hour| format!("2024-06-03T{hour}:00:00Z,{meter},1,0\n"))
                .collect::<String>()
        })
        .concat();
    let table = read(&(hours + &quarters("roof") + "2024-06-03T12:00:00Z,roof,0,0.5\n"));
    assert_eq!(table.interval(), IntervalLength::HOUR);
    let hour = Reading::measured(Energy::ZERO, Energy(2_000_000));
    assert_eq!(
        of(&table, "roof"),
        [(0, hour), (3_600, hour), (7_200, Reading::MISSING)]
    );
    assert_eq!(
        kinds(&table, "roof"),
        [("part_only", 1), ("leaves", 1), ("summed", 9)]
    );
}

#[test]
fn the_interval_is_that_of_most_rows_and_a_late_stamp_is_refused_for_itself() {
    let error = refused(&(quarters("roof") + "2024-06-03T11:52:00Z,roof,0,0.5\n"));
    assert!(
        error.starts_with("rows.csv: lines 9 and 10 give the same interval of meter roof"),
        "{error}"
    );
}

#[test]
fn readings_of_five_minutes_and_of_one_are_read_as_they_are() {
    for minutes in [5, 1] {
        let row = |at: u64| format!("2024-06-03T{:02}:{:02}:00Z,flat,0.01,0\n", at / 60, at % 60);
        let rows: String = (0..1_440 / minutes).map(|step| row(step * minutes)).collect();
        let table = read(&rows);
        assert_eq!(u64::from(table.interval().seconds()), minutes * 60);
        assert_eq!(sums(&table, "flat"), (10_000 * 1_440 / minutes, 0));
        assert_eq!(table.findings(), []);
    }
}

#[test]
fn hours_of_a_zone_with_half_or_quarter_hours_are_spread_over_those() {
    for (zone, step, grid) in [("+09:30", 60, 1_800), ("+05:45", 30, 900), ("+05:45", 60, 900)] {
        let row = |at: u64| format!("2024-06-03T{:02}:{:02}:00{zone},flat,1,0\n", 9 + at / 60, at % 60);
        let rows: String = (0..6).map(|number| row(number * step)).collect();
        let table = read(&rows);
        assert_eq!(table.interval().seconds(), grid);
        assert_eq!(sums(&table, "flat"), (6_000_000, 0));
        let parts = usize::try_from(6 * step * 60 / u64::from(grid)).unwrap();
        let readings = of(&table, "flat");
        assert_eq!(readings.len(), parts);
        assert!(readings
            .iter()
            .all(|(_, reading)| reading.quality == Quality::SubstitutedFinal));
        assert_eq!(kinds(&table, "flat"), [("spread", 6)]);
    }
}

#[test]
fn with_the_interval_stated_rows_far_apart_are_gaps_and_that_they_may_be_longer_is_told() {
    let options = Options {
        interval: Some(IntervalLength::QUARTER_HOUR),
        ..Options::default()
    };
    let rows = quarters("roof")
        + "2024-06-03T10:00:00Z,flat,1,0\n2024-06-03T11:00:00Z,flat,1,0\n2024-06-03T12:00:00Z,flat,1,0\n";
    let table = read_with(&format!("{HEADER}{rows}"), &options).unwrap();
    assert_eq!(
        of(&table, "flat"),
        [
            (0, measured(1_000_000)),
            (3_600, measured(1_000_000)),
            (7_200, measured(1_000_000))
        ]
    );
    assert_eq!(kinds(&table, "flat"), [("absent", 6), ("looks_longer", 1)]);
}

/// A producer's half hours from 10:00 on.
fn halves(count: u64) -> String {
    let row = |half: u64| {
        let (day, hour, minute) = (3 + (20 + half) / 48, (20 + half) / 2 % 24, half % 2 * 30);
        format!("2024-06-{day:02}T{hour:02}:{minute:02}:00+00:00,roof,0,1\n")
    };
    (0..count).map(row).collect()
}

/// A flat's rows, hour by hour from 10:00 on.
fn hours(count: u64) -> String {
    let row = |hour: u64| {
        let (day, hour) = (3 + (10 + hour) / 24, (10 + hour) % 24);
        format!("2024-06-{day:02}T{hour:02}:00:00+00:00,flat,0.8,0\n")
    };
    (0..count).map(row).collect()
}

#[test]
fn every_second_half_hour_is_absent_for_less_than_a_day_and_that_it_may_be_an_hour_is_told() {
    let table = read(&(halves(8) + &hours(4)));
    assert_eq!(table.interval().seconds(), 1_800);
    let there: Vec<_> = (0..4)
        .map(|hour: i64| (hour * 3_600, measured(800_000)))
        .collect();
    assert_eq!(of(&table, "flat"), there);
    assert_eq!(
        kinds(&table, "flat"),
        [("absent", 3), ("looks_longer", 1), ("leaves", 1)]
    );
    let dataset = table.into_dataset().unwrap();
    let missing = dataset.readings.iter().filter(|reading| reading.is_missing());
    assert_eq!(missing.count(), 4);
}

#[test]
fn hours_among_half_hours_for_a_day_are_hours_and_so_are_those_stated() {
    let table = read(&(halves(60) + &hours(30)));
    assert_eq!(kinds(&table, "flat"), [("spread", 30)]);
    assert_eq!(sums(&table, "flat"), (30 * 800_000, 0));
    let options = Options {
        length_of: [("flat".to_owned(), IntervalLength::HOUR)].into(),
        ..Options::default()
    };
    let few = halves(8) + &hours(4);
    let table = read_with(&format!("{HEADER}{few}"), &options).unwrap();
    assert_eq!(kinds(&table, "flat"), [("spread", 4)]);
    assert_eq!(sums(&table, "flat"), (4 * 800_000, 0));
}

#[test]
fn no_reading_is_longer_than_the_shortest_time_between_two() {
    // An hour, an hour, half an hour: half hours of which two are absent.
    let rows = ["10:00", "11:00", "12:00", "12:30"].map(|time| format!("2024-06-03T{time}Z,flat,0.8,0\n"));
    let table = read(&(halves(8) + &rows.concat()));
    assert_eq!(sums(&table, "flat"), (4 * 800_000, 0));
    assert_eq!(kinds(&table, "flat"), [("absent", 2), ("leaves", 1)]);
}
