//! What is agreed with meters decides who gets what: kinds, households, weights, tiers, parts, and a rule a side.

use gridpact_market::AllocationRule;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::file::NamedFile;
use gridpact_simulation::connections::Connections;
use gridpact_simulation::run::{RuleOutcome, Run};
use gridpact_simulation::scenario::Scenario;
use gridpact_units::{BasisPoints, EnergyTotal};

use crate::{euro, of, play, readings};

const KEPT: AllocationRule = AllocationRule::Static { reoffer: false };
const OFFERED_AGAIN: AllocationRule = AllocationRule::Static { reoffer: true };

fn connections(dataset: &Dataset, file: &str) -> Connections {
    Connections::read(NamedFile::new("meters.csv", file.as_bytes()), dataset).unwrap()
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
        simulation.connections = connections(dataset, file);
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
fn every_rule_is_compared_and_the_runs_own_comes_first() {
    // Two homes want 1 and 2 kWh of one, and 1.5 are offered twice: even gives each 0.75; by need it is 0.5 and 1; served in the
    // order of the data the first has all it needs. Fixed parts are halves, which nobody leaves.
    let street = readings(&[("a", 1_000, 0), ("b", 2_000, 0), ("c", 0, 1_500)]);
    let run = run(&street, None, AllocationRule::Priority, AllocationRule::ProRata);
    let bought = |home: usize, outcome: &RuleOutcome| outcome.homes[home].bought.0 / 2_000;
    let compared: Vec<_> = run
        .comparison
        .iter()
        .map(|outcome| (outcome.rule.as_str(), bought(0, outcome), bought(1, outcome)))
        .collect();
    assert_eq!(
        compared,
        [
            ("priority", 1_000, 500),
            ("even", 750, 750),
            ("pro_rata", 500, 1_000),
            ("static", 750, 750),
            ("static-no-reoffer", 750, 750),
        ]
    );
}
