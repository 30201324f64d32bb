//! `gridpact simulate`: its options become the scenario, and what it prints and writes is one run.

use clap::Parser;
use gridpact_cli::options::{Cli, Command, SimulateArgs};
use gridpact_market::{AllocationRule, PriceRule};
use gridpact_simulation::run::{Currency, Utility};
use gridpact_simulation::scenario::Scenario;
use gridpact_units::{Amount, BasisPoints, Price};

use crate::{folder, gridpact};

fn args(arguments: &[&str]) -> SimulateArgs {
    let all = [&["gridpact", "simulate"], arguments].concat();
    let args = match Cli::parse_from(all).command {
        Command::Simulate(args) => Some(*args),
        Command::OnChain(_) => None,
    };
    args.unwrap()
}

/// What is assumed without options.
fn default() -> Scenario {
    Scenario {
        currency: Currency {
            name: "EUR".to_owned(),
            decimals: 6,
        },
        utility: Some(Utility {
            retail: Price(300_000_000),
            feed_in: Price(80_000_000),
            shared_charge: Price::ZERO,
        }),
        rule: AllocationRule::Even,
        price_name: "mid_market:0.5".to_owned(),
        price: PriceRule::MidMarket {
            weight: BasisPoints(5_000),
        },
        fee: BasisPoints(0),
        deposit: None,
        pledge: Amount(1_000_000_000),
    }
}

#[test]
fn options_become_the_scenario() {
    let island = Scenario {
        utility: None,
        price_name: "fixed:0.20".to_owned(),
        price: PriceRule::Fixed {
            price: Price(200_000_000),
        },
        rule: AllocationRule::Static { reoffer: false },
        ..default()
    };
    let ratio = Scenario {
        rule: AllocationRule::ProRata,
        price_name: "sdr:0.02".to_owned(),
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(20_000_000),
        },
        ..default()
    };
    let fees = Scenario {
        fee: BasisPoints(250),
        deposit: Some(Amount(100_000)),
        pledge: Amount(12_500_000),
        ..default()
    };
    let charge = Scenario {
        utility: Some(Utility {
            retail: Price(26_000),
            feed_in: Price(8_000),
            shared_charge: Price(1_535),
        }),
        currency: Currency {
            name: "KES".to_owned(),
            decimals: 2,
        },
        rule: AllocationRule::Priority,
        price_name: "mid_market:1".to_owned(),
        price: PriceRule::MidMarket {
            weight: BasisPoints::WHOLE,
        },
        pledge: Amount(100_000),
        ..default()
    };
    let table: [(&[&str], Scenario); 5] = [
        (&[], default()),
        (&["--no-utility", "--rule", "static-no-reoffer"], island),
        (&["--rule", "pro_rata", "--price", "sdr:0.02"], ratio),
        (
            &["--fee-bps", "250", "--deposit", "0.10", "--pledge", "12.5"],
            fees,
        ),
        (
            &[
                "--retail",
                "0.26",
                "--shared-charge",
                "0.01535",
                "--currency",
                "KES:2",
                "--rule",
                "priority",
                "--price",
                "mid_market:1",
            ],
            charge,
        ),
    ];
    for (arguments, expected) in table {
        assert_eq!(args(arguments).scenario().unwrap(), expected, "{arguments:?}");
    }
}

/// Few homes, two summer days, a fee.
const SMALL: [&str; 9] = [
    "simulate",
    "--season",
    "summer",
    "--days",
    "2",
    "--homes",
    "20",
    "--fee-bps",
    "100",
];

#[test]
fn json_prints_the_summary_that_is_written_and_the_table_ends_with_every_promise_kept() {
    let out = folder("simulate_out");
    let written = gridpact(&[&SMALL[..], &["--detail", "--out", out.to_str().unwrap()]].concat());
    assert!(
        written.status.success(),
        "{}",
        String::from_utf8_lossy(&written.stderr)
    );
    let table = String::from_utf8(written.stdout).unwrap();
    assert!(table.contains("13 of 13 promises checked and kept"), "{table}");
    let mut names: Vec<_> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "allocations.csv",
            "households.csv",
            "intervals.csv",
            "report.html",
            "summary.json"
        ]
    );
    let printed = gridpact(&[&SMALL[..], &["--json"]].concat()).stdout;
    assert!(!printed.is_empty());
    assert_eq!(printed, std::fs::read(out.join("summary.json")).unwrap());
}

#[test]
fn a_window_and_a_home_are_those_asked_for() {
    let arguments = [&SMALL[..], &["--json", "--window", "7", "--home", "3"]].concat();
    let summary: serde_json::Value = serde_json::from_slice(&gridpact(&arguments).stdout).unwrap();
    // Two days of 96 quarter hours in one stretch.
    assert_eq!(summary["windows"]["count"], 28);
    assert_eq!(summary["options"]["home"], 3);
    assert_eq!(summary["options"]["format"], "bundled");
}
