//! What is agreed with meters decides who gets what: kinds, households, weights, tiers, parts, and a rule a side.

use gridpact_market::{AllocationRule, Terms};
use gridpact_readings::dataset::Dataset;
use gridpact_readings::file::NamedFile;
use gridpact_simulation::members::{Members, COLUMNS};
use gridpact_simulation::run::Run;
use gridpact_simulation::scenario::Scenario;
use gridpact_types::registry::meters::MeterKind;
use gridpact_units::{BasisPoints, EnergyTotal, Ppm};

use crate::{euro, of, play, readings};

const KEPT: AllocationRule = AllocationRule::Static { reoffer: false };
const OFFERED_AGAIN: AllocationRule = AllocationRule::Static { reoffer: true };

fn members(dataset: &Dataset, file: &str) -> Members {
    read(dataset, file).unwrap()
}

fn read(dataset: &Dataset, file: &str) -> Result<Members, Vec<String>> {
    Members::read(NamedFile::new("meters.csv", file.as_bytes()), dataset).map_err(|mistakes| mistakes.0)
}

/// A run under these rules, without a file or with one; every promise must be kept.
fn run(dataset: &Dataset, file: Option<&str>, buyers: AllocationRule, sellers: AllocationRule) -> Run {
    let scenario = Scenario {
        buyers,
        sellers: Some(sellers),
        fee: BasisPoints(1_000),
        ..euro()
    };
    let mut simulation = of(scenario, dataset.clone());
    if let Some(file) = file {
        simulation.members = members(dataset, file);
    }
    let run = play(simulation);
    for check in &run.checks {
        assert!(check.passed, "{check:?}");
    }
    run
}

/// What each meter bought and sold in all, Wh, by name.
fn traded(run: &Run) -> Vec<(&str, u128, u128)> {
    let homes = run.meters.iter().zip(&run.households);
    let wh = |energy: EnergyTotal| energy.0 / 1_000;
    homes
        .map(|(meter, home)| (meter.name.as_str(), wh(home.bought), wh(home.sold)))
        .collect()
}

#[test]
fn a_roof_holds_no_buyers_part_and_flats_no_sellers_part() {
    let street = readings(&[("flat 1", 1_000, 0), ("flat 2", 3_000, 0), ("roof", 0, 3_000)]);
    let expected = [("flat 1", 2_000, 0), ("flat 2", 3_000, 0), ("roof", 0, 5_000)];
    let said = "meter,kind,weight\nroof,producer,\nflat 1,consumer,500000\nflat 2,consumer,500000\n";
    for file in [None, Some(said)] {
        // Half of 3 kWh is 1.5: flat 1 leaves half a kWh to the utility in both quarters.
        assert_eq!(traded(&run(&street, file, KEPT, KEPT)), expected);
    }
    // Offered again, flat 2 takes it.
    let all = [("flat 1", 2_000, 0), ("flat 2", 4_000, 0), ("roof", 0, 6_000)];
    assert_eq!(traded(&run(&street, None, OFFERED_AGAIN, OFFERED_AGAIN)), all);
}

#[test]
fn a_home_that_takes_and_gives_at_once_shares_nothing_with_itself() {
    let alone = readings(&[("only", 500, 400)]);
    let run = run(&alone, None, AllocationRule::Even, AllocationRule::Even);
    let home = &run.households[0];
    assert_eq!((home.bought, home.sold), (EnergyTotal::ZERO, EnergyTotal::ZERO));
    assert!(home.fee.is_zero() && home.paid.is_zero() && home.earned.is_zero());
    assert_eq!(home.utility.unwrap().saved, 0);
}

#[test]
fn meters_of_one_household_do_not_buy_from_each_other_and_share_one_weight() {
    let street = readings(&[
        ("cellar", 1_000, 0),
        ("house", 2_000, 0),
        ("roof", 0, 2_000),
        ("shop", 2_000, 0),
    ]);
    let even = AllocationRule::Even;
    let file = |roof: &str| format!("meter,household\ncellar,Ayo\nhouse,Ayo\nroof,{roof}\nshop,\n");
    // Two households of one weight: 1 kWh each; Ayo's evenly among its two meters.
    assert_eq!(
        traded(&run(&street, Some(&file("")), even, even)),
        [
            ("cellar", 1_000, 0),
            ("house", 1_000, 0),
            ("roof", 0, 4_000),
            ("shop", 2_000, 0)
        ]
    );
    // The roof is Ayo's own: only the shop can buy of it.
    assert_eq!(
        traded(&run(&street, Some(&file("Ayo")), even, even)),
        [
            ("cellar", 0, 0),
            ("house", 0, 0),
            ("roof", 0, 4_000),
            ("shop", 4_000, 0)
        ]
    );
}

#[test]
fn weights_tiers_and_parts_are_those_of_the_file() {
    let street = readings(&[("a", 3_000, 0), ("b", 3_000, 0), ("c", 0, 2_000), ("d", 0, 2_000)]);
    let even = AllocationRule::Even;
    let table: [(&str, AllocationRule, AllocationRule, [u128; 4]); 6] = [
        (
            "meter,weight\na,3\nb,1\nc,1\nd,1\n",
            even,
            even,
            [3_000, 1_000, 2_000, 2_000],
        ),
        (
            "meter,weight\na,3\nb,5\nc,1\nd,1\n",
            KEPT,
            even,
            [1_500, 2_500, 2_000, 2_000],
        ),
        (
            "meter,buy_tier\na,1\nb,0\nc,\nd,\n",
            even,
            even,
            [1_000, 3_000, 2_000, 2_000],
        ),
        (
            "meter,sell_tier,part_percent\na,,50\nb,,12.5\nc,7,\nd,3,\n",
            even,
            even,
            [1_500, 375, 0, 1_875],
        ),
        (
            "meter,buy_tier\na,none\nb,\nc,\nd,\n",
            even,
            AllocationRule::ProRata,
            [0, 3_000, 1_500, 1_500],
        ),
        // The order of the file, not of the data.
        (
            "meter,part_percent\nd,100\nc,75\nb,\na,25\n",
            even,
            AllocationRule::Priority,
            [750, 2_750, 1_500, 2_000],
        ),
    ];
    for (file, buyers, sellers, quarter) in table {
        let run = run(&street, Some(file), buyers, sellers);
        let got: Vec<u128> = traded(&run)
            .iter()
            .map(|(_, bought, sold)| bought + sold)
            .collect();
        assert_eq!(got, quarter.map(|energy| 2 * energy), "{file}");
    }
}

#[test]
fn a_rule_a_side_is_told_and_a_side_may_differ() {
    let street = readings(&[("a", 1_000, 0), ("b", 0, 500), ("c", 0, 1_500)]);
    let even = run(&street, None, AllocationRule::Even, AllocationRule::Even);
    assert_eq!(traded(&even), [("a", 2_000, 0), ("b", 0, 1_000), ("c", 0, 1_000)]);
    assert_eq!(even.options.rules(), "even");
    let by_offer = run(&street, None, AllocationRule::Even, AllocationRule::ProRata);
    assert_eq!(
        traded(&by_offer),
        [("a", 2_000, 0), ("b", 0, 500), ("c", 0, 1_500)]
    );
    assert_eq!(
        by_offer.options.rules(),
        "even for buyers and pro_rata for sellers"
    );
}

#[test]
fn a_file_says_as_much_as_it_likes_and_the_rest_is_as_the_data_shows() {
    let street = readings(&[("10", 1, 1), ("9", 1, 0), ("roof", 0, 1)]);
    assert_eq!(members(&street, "meter\n9\n10\nroof\n").iter().len(), 3);
    let all = "part_percent,kind,meter,sell_tier,household,buy_tier,weight\n\
               33.3333,storage,10,9,one,254,1000000\n\
               ,prosumer,9,none,two,0,\n\
               0.0001,,roof,,one,none,2\n";
    let got: Vec<_> = members(&street, all).iter().copied().collect();
    let terms = |place, household| Terms {
        priority: place,
        ..Terms::of_household(household)
    };
    let none = Terms::NO_TIER;
    // Slots follow names, numbers by value; households are numbered by their first slots, places by the rows.
    assert_eq!(
        got.iter().map(|member| member.kind).collect::<Vec<_>>(),
        [MeterKind::Prosumer, MeterKind::Storage, MeterKind::Producer]
    );
    assert_eq!(
        got.iter().map(|member| member.terms).collect::<Vec<_>>(),
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
        format!("line 2, column 4 (kind): expected consumer, prosumer, producer or storage, got `buyer`"),
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
