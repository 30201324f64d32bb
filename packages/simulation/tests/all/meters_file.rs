//! A meters' file: what it may leave out, and every mistake told with its line.

use gridpact_market::Terms;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::file::NamedFile;
use gridpact_simulation::connections::{Connections, COLUMNS};
use gridpact_types::registry::meters::MeterKind;
use gridpact_units::Ppm;

use crate::readings;

fn read(dataset: &Dataset, file: &str) -> Result<Connections, Vec<String>> {
    Connections::read(NamedFile::new("meters.csv", file.as_bytes()), dataset).map_err(|mistakes| mistakes.0)
}

#[test]
fn a_file_says_as_much_as_it_likes_and_the_rest_is_as_the_data_shows() {
    let street = readings(&[("10", 1, 1), ("9", 1, 0), ("roof", 0, 1)]);
    assert_eq!(read(&street, "meter\n9\n10\nroof\n").unwrap().iter().len(), 3);
    let all = "part_percent,kind,meter,sell_tier,household,buy_tier,weight\n\
               33.3333,storage,10,9,one,254,1000000\n\
               ,prosumer,9,none,two,0,\n\
               0.0001,,roof,,one,none,2\n";
    let got: Vec<_> = read(&street, all).unwrap().iter().copied().collect();
    let terms = |place, household| Terms {
        priority: place,
        ..Terms::of_household(household)
    };
    let none = Terms::NO_TIER;
    // Slots follow names, numbers by value; households are numbered by their first slots, places by the rows.
    assert_eq!(
        got.iter().map(|connection| connection.kind).collect::<Vec<_>>(),
        [MeterKind::Prosumer, MeterKind::Storage, MeterKind::Producer]
    );
    assert_eq!(
        got.iter().map(|connection| connection.terms).collect::<Vec<_>>(),
        [
            Terms {
                sell_tier: none,
                ..terms(1, 0)
            },
            Terms {
                weight: 1_000_000,
                part: Ppm(333_333),
                buy_tier: 254,
                sell_tier: 9,
                ..terms(0, 1)
            },
            Terms {
                weight: 2,
                part: Ppm(1),
                buy_tier: none,
                ..terms(2, 1)
            },
        ]
    );
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let street = readings(&[("a", 1, 0), ("b", 1, 1), ("c", 0, 1), ("d", 1, 0)]);
    let long = "x".repeat(65);
    let file = format!(
        "meter,household,weight,kind,buy_tier,sell_tier,part_percent\n\
         a,{long},0,buyer,255,-1,0\n\
         b,,1000001,consumer,,0,100.0001\n\
         e,,,,,,\n\
         c,,+1,producer,0,,1e1\n\
         a,,,,,,\n\
         b,1\n\
         c,,,consumer,,,\n"
    );
    let expected = [
        "line 2, column 4 (kind): expected consumer, prosumer, producer or storage, got `buyer`".to_owned(),
        "line 2, column 3 (weight): expected a weight as a whole number of 1 to 1000000, got `0`".to_owned(),
        "line 2, column 7 (part_percent): expected more than 0 and at most 100 percent".to_owned(),
        format!("line 2, column 2 (household): expected a household's name of at most 64 bytes, got `{long}`"),
        "line 2, column 5 (buy_tier): expected a tier of 0, the first, to 254, or none, got `255`".to_owned(),
        "line 2, column 6 (sell_tier): expected a tier of 0, the first, to 254, or none, got `-1`".to_owned(),
        "line 3, column 4 (kind): expected prosumer or storage, with sell_tier none if it should not sell, since it gave 2000 mWh, got `consumer`".to_owned(),
        "line 3, column 3 (weight): expected a weight".to_owned(),
        "line 3, column 7 (part_percent): expected".to_owned(),
        "line 3, column 6 (sell_tier): expected none, since a meter of this kind cannot act on that side, got `0`".to_owned(),
        "line 4: the data has no meter `e`".to_owned(),
        "line 5, column 3 (weight): expected".to_owned(),
        "line 5, column 7 (part_percent): expected".to_owned(),
        "line 5, column 5 (buy_tier): expected none, since".to_owned(),
        "line 6: meter `a` stands in line 2 already".to_owned(),
        "line 7, column 2 (household): expected 7 columns as in the header, got `2 columns`".to_owned(),
        "line 8, column 4 (kind): expected prosumer or storage, with sell_tier none".to_owned(),
        "line 8: meter `c` stands in line 5 already".to_owned(),
    ];
    let mistakes = read(&street, &file).unwrap_err();
    let told = mistakes.join("\n");
    for (mistake, expected) in mistakes.iter().zip(&expected) {
        assert!(
            mistake.starts_with(&format!("meters.csv, {expected}")),
            "expected `{expected}` in: {told}"
        );
    }
    let lacking = "meters.csv: expected a row for every meter of the data, got none for `d`";
    assert_eq!(mistakes.last().map(String::as_str), Some(lacking), "{told}");
    assert_eq!(mistakes.len(), expected.len() + 1, "{told}");
}

#[test]
fn a_column_that_nobody_knows_is_refused_by_name() {
    let street = readings(&[("a", 1, 0)]);
    let known = COLUMNS.join(", ");
    let mistakes = read(&street, "name,waight,weight,weight\na,1,1,1\n").unwrap_err();
    assert_eq!(
        mistakes,
        [
            format!("meters.csv, line 1, column `name`: unknown; known are {known}"),
            format!("meters.csv, line 1, column `waight`: unknown; known are {known}"),
            "meters.csv, line 1, column `weight`: expected once, got twice".to_owned(),
            format!("meters.csv, line 1: expected a column `meter`; known are {known}"),
        ]
    );
}

#[test]
fn a_file_of_more_rows_than_a_grid_has_seats_is_not_read_on() {
    let street = readings(&[("a", 1, 0)]);
    let file = "meter\n".to_owned() + &"a\n".repeat(2_000);
    let mistakes = read(&street, &file).unwrap_err();
    assert_eq!(mistakes.len(), 1_024);
    assert_eq!(
        mistakes.last().unwrap(),
        "meters.csv, line 1026: expected at most 1024 rows, got more"
    );
}
