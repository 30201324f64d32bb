//! Australia's meter files.
//!
//! No well-kept crate reads them that these tests could be held against: of the only published one, `aemo_mdff` 0.2.0, its authors call
//! their work unfinished and encourage caution, and it reads floats. The comparison with an independent reader, Python's `nemreader`,
//! is made by hand and told in the README of this crate.

use std::collections::BTreeMap;

use gridpact_units::{Energy, IntervalLength, Quality, Slot};

use super::*;

/// 30 April 2024, 00:00 at UTC+10.
const MIDNIGHT: u64 = 1_714_399_200;

fn day(date: &str, values: &[&str], quality: &str) -> String {
    format!("300,{date},{},{quality},,,20240501120000,\n", values.join(","))
}

fn file(rows: &str) -> String {
    format!("100,NEM12,202405011200,MDP1,Retail\n{rows}900\n")
}

fn register(suffix: &str, unit: &str, minutes: u32) -> String {
    format!("200,NMI0000001,E1B1,1,{suffix},N1,METER1,{unit},{minutes},20240601\n")
}

#[test]
fn a_day_of_half_hours_begins_at_midnight_of_market_time() {
    let values: Vec<String> = (0..48).map(|number| format!("{}.25", number % 3)).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let text = file(&(register("E1", "kWh", 30) + &day("20240430", &values, "A")));
    for text in [
        text.clone(),
        text.replace('\n', "\r\n"),
        text.lines().skip(1).map(|line| format!("{line}\n")).collect(),
    ] {
        let table = read("nem12.csv", &text).unwrap();
        assert_eq!(table.interval(), IntervalLength::HALF_HOUR);
        let readings = all(&table);
        assert_eq!(readings.len(), 48);
        for (number, (meter, start, reading)) in (0_u64..).zip(&readings) {
            assert_eq!(
                (meter.as_str(), *start),
                ("NMI0000001", MIDNIGHT + number * 1_800)
            );
            assert_eq!(
                *reading,
                Reading::measured(Energy(number % 3 * 1_000_000 + 250_000), Energy::ZERO)
            );
        }
        assert_eq!(table.findings(), []);
    }
}

#[test]
fn tariffs_are_summed_both_directions_meet_and_reactive_energy_is_left_out() {
    let day = |value: &str| day("20240430", &[value; 96], "A");
    let rows = register("E1", "kWh", 15)
        + &day("0.5")
        + &register("E2", "Wh", 15)
        + &day("250")
        + &register("B1", "MWH", 15)
        + &day("0.0001")
        + &register("Q1", "kVArh", 15)
        + &day("7");
    let table = read("nem12.csv", &file(&rows)).unwrap();
    let expected = Reading::measured(Energy(750_000), Energy(100_000));
    assert!(all(&table).iter().all(|(_, _, reading)| *reading == expected));
    assert_eq!((all(&table).len(), kinds(&table)), (96, vec![("left_out", 1)]));
}

#[test]
fn qualities_are_a_days_or_in_rows_of_their_own() {
    let values = ["0.5"; 48];
    let one = |letter: &str| {
        let text = file(&(register("E1", "kWh", 30) + &day("20240430", &values, letter)));
        all(&read("nem12.csv", &text).unwrap())[0].2.quality
    };
    assert_eq!(one("A"), Quality::Measured);
    assert_eq!(one("F14"), Quality::SubstitutedFinal);
    assert_eq!(one("S52"), Quality::SubstitutedProvisional);
    assert_eq!(one("E14"), Quality::SubstitutedProvisional);
    assert_eq!(one("N"), Quality::Missing);

    let varied = register("E1", "kWh", 30)
        + &day("20240430", &values, "V")
        + "400,1,20,A,,\n400,21,24,S14,,\n400,25,48,F14,32,\n500,O,S01,20240430,1234.5\n";
    let table = read("nem12.csv", &file(&varied)).unwrap();
    let qualities: Vec<Quality> = all(&table)
        .iter()
        .map(|(_, _, reading)| reading.quality)
        .collect();
    assert!(qualities[..20]
        .iter()
        .all(|quality| *quality == Quality::Measured));
    assert!(qualities[20..24]
        .iter()
        .all(|quality| *quality == Quality::SubstitutedProvisional));
    assert!(qualities[24..]
        .iter()
        .all(|quality| *quality == Quality::SubstitutedFinal));
}

#[test]
fn a_value_left_empty_is_missing() {
    let mut values = ["0.5"; 48];
    values[7] = "";
    let text = file(&(register("E1", "kWh", 30) + &day("20240430", &values, "A")));
    let table = read("nem12.csv", &text).unwrap();
    assert!(all(&table)[7].2.is_missing());
    assert_eq!(kinds(&table), [("no_value", 1)]);
}

#[test]
fn what_breaks_the_format_is_refused_with_its_line() {
    let values = ["0.5"; 48];
    let register = register("E1", "kWh", 30);
    let good = day("20240430", &values, "A");
    let table = [
        (good.clone(), 2, "expected a 200 row before the first 300 row"),
        (
            register.replace(",30,", ",7,"),
            2,
            "expected intervals of 5, 15 or 30 minutes, got `7`",
        ),
        (
            register.clone() + &good.replace("20240430", "20240431"),
            3,
            "expected a day as 20240430, in 1970 or later, got `20240431`",
        ),
        (
            register.clone() + &good.replacen("0.5", "-0.5", 1),
            3,
            "expected kWh as digits with at most 6 behind the point, got `-0.5`",
        ),
        (
            register.clone() + &good.replacen("0.5,", "", 1),
            3,
            "expected a quality A, E, F, N or S behind the day's values",
        ),
        (
            register.clone() + &day("20240430", &values, "V") + "400,1,20,A,,\n",
            3,
            "expected 400 rows for all 48 intervals of a day of quality V, got `20 of them`",
        ),
        (
            register.clone() + &day("20240430", &values, "V") + "400,2,48,A,,\n",
            4,
            "expected intervals from 1 to at most 48, got `2`",
        ),
        (
            register.clone() + &day("20240430", &values, "V") + "400,1,49,A,,\n",
            4,
            "expected intervals from 1 to at most 48",
        ),
        (
            register.clone() + &good + "400,1,48,A,,\n",
            4,
            "expected 400 rows only where the day's quality is V",
        ),
        (
            register.clone() + &good + "600,1\n",
            4,
            "expected 100, 200, 300, 400, 500 or 900, got `600`",
        ),
    ];
    for (rows, line, expected) in table {
        let error = read("nem12.csv", &file(&rows)).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("nem12.csv, line {line}: {expected}")),
            "{error}"
        );
    }
    // A day that comes twice: equal is one, another is refused.
    let again = register.clone() + &good + &good;
    assert_eq!(all(&read("nem12.csv", &file(&again)).unwrap()).len(), 48);
    let other = register + &good + &good.replacen("0.5", "0.6", 1);
    let error = read("nem12.csv", &file(&other)).unwrap_err().to_string();
    assert_eq!(
        error,
        "nem12.csv: lines 3 and 4 give the same interval of meter NMI0000001"
    );
    assert!(read("nem12.csv", "100,NEM13,1,A,B\n900\n").is_err());
}

#[test]
fn a_metering_points_number_is_called_by_its_slot_where_that_is_stated() {
    let text = file(&(register("E1", "kWh", 30) + &day("20240430", &["0.5"; 48], "A")));
    let options = Options {
        interval: Some(IntervalLength::QUARTER_HOUR),
        names: BTreeMap::from([("NMI0000001".to_owned(), "7".to_owned())]),
        ..Options::default()
    };
    let file = NamedFile::new("nem12.csv", text.as_bytes());
    let table = ReadingsTable::<Slot>::read([file], &options).unwrap();
    assert_eq!(table.meters(), [Slot(7)]);
    // Half hours on a grid of quarters.
    let (_, _, first) = table.readings().next().unwrap();
    assert_eq!(
        (first.import, first.quality),
        (Energy(250_000), Quality::SubstitutedFinal)
    );
    assert_eq!(table.readings().count(), 96);
    // Without it, it is no slot.
    let file = NamedFile::new("nem12.csv", text.as_bytes());
    let error = ReadingsTable::by_slot(file, IntervalLength::QUARTER_HOUR).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nem12.csv, line 2: expected the number of a slot, got `NMI0000001`"
    );
}
