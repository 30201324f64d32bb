//! What Home Assistant's energy page saves.

use gridpact_units::{Energy, IntervalLength};

use super::*;

const TEN: u64 = 1_717_408_800;

const PAGE: &str =
    "entity_id,type,unit,2024-06-03T10:00:00.000Z,2024-06-03T11:00:00.000Z,2024-06-03T12:00:00.000Z
sensor.tariff_1,grid_consumption,kWh,0.30000000000001137,0.25,
sensor.tariff_2,grid_consumption,Wh,500,0,0
sensor.return,grid_return,kWh,0,1.25,0.5
sensor.roof,solar_production,kWh,0.5,3,2
sensor.cost,grid_consumption_cost,EUR,0.1,0.2,0.3
";

#[test]
fn a_page_is_one_home_called_as_the_file_is() {
    let table = read("house 3.csv", PAGE).unwrap();
    assert_eq!(table.interval(), IntervalLength::HOUR);
    let home = |start: u64, reading| ("house 3".to_owned(), start, reading);
    assert_eq!(
        all(&table),
        [
            home(TEN, Reading::measured(Energy(800_000), Energy::ZERO)),
            home(TEN + 3_600, Reading::measured(Energy(250_000), Energy(1_250_000))),
            home(TEN + 7_200, Reading::MISSING),
        ]
    );
    assert_eq!(kinds(&table), [("no_value", 1), ("left_out", 2)]);
}

#[test]
fn pages_of_several_homes_are_read_together() {
    let file = |name: &'static str| NamedFile::new(name, PAGE.as_bytes());
    let table = Table::read([file("a.csv"), file("b.csv")], &Options::default()).unwrap();
    assert_eq!(
        table
            .meters()
            .iter()
            .map(|meter| meter.0.as_str())
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert_eq!(table.file(), "a.csv, b.csv");
}

#[test]
fn what_is_no_hour_or_no_unit_is_refused() {
    let error = read("a.csv", &PAGE.replace("2024-06-03T11:00:00.000Z", "eleven"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 1, column 1 (header)") && error.contains("in place of `eleven`"),
        "{error}"
    );
    let error = read("a.csv", &PAGE.replace(",Wh,", ",m³,"))
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "a.csv, line 3, column 3 (unit): expected Wh, kWh or MWh, got `m³`"
    );
    let error = read("a.csv", &PAGE.replace("1.25", "-1.25"))
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("a.csv, line 4, column 5 (2024-06-03T11:00:00.000Z): expected kWh"),
        "{error}"
    );
}
