//! `gridpact simulate`: its options become the scenario, and what it prints and writes is one run.

use clap::Parser;
use gridpact_cli::options::{Cli, Command, SimulateArgs};
use gridpact_market::{AllocationRule, PriceRule};
use gridpact_simulation::run::{Currency, Utility};
use gridpact_simulation::scenario::Scenario;
use gridpact_simulation::schedule::Windows;
use gridpact_simulation::utility_prices::UtilityPrices;
use gridpact_units::{Amount, BasisPoints, Price};

use crate::{folder, gridpact};

fn args(arguments: &[&str]) -> SimulateArgs {
    let all = [&["gridpact", "simulate"], arguments].concat();
    let args = match Cli::parse_from(all).command {
        Command::Simulate(args) => Some(*args),
        Command::Readings(_) | Command::OnChain(_) => None,
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
            ..Utility::default()
        }),
        buyers: AllocationRule::Even,
        sellers: None,
        price_name: "mid_market:0.5".to_owned(),
        grid: None,
        windows: Windows::default(),
        utility_prices: UtilityPrices::default(),
        price: PriceRule::MidMarket {
            weight: BasisPoints(5_000),
        },
        fee: BasisPoints(0),
        deposit: None,
        accept_rounding: false,
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
        buyers: AllocationRule::Static { reoffer: false },
        ..default()
    };
    let ratio = Scenario {
        buyers: AllocationRule::ProRata,
        accept_rounding: true,
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
            ..Utility::default()
        }),
        currency: Currency {
            name: "KES".to_owned(),
            decimals: 2,
        },
        buyers: AllocationRule::Priority,
        price_name: "mid_market:1".to_owned(),
        price: PriceRule::MidMarket {
            weight: BasisPoints::WHOLE,
        },
        pledge: Amount(100_000),
        ..default()
    };
    let sides = Scenario {
        buyers: AllocationRule::Static { reoffer: true },
        sellers: Some(AllocationRule::ProRata),
        ..default()
    };
    let table: [(&[&str], Scenario); 6] = [
        (&[], default()),
        (&["--rule", "static", "--sellers-rule", "pro_rata"], sides),
        (&["--no-utility", "--rule", "static-no-reoffer"], island),
        (
            &[
                "--rule", "pro_rata", "--price", "sdr:0.02", "--accept", "rounding",
            ],
            ratio,
        ),
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
            "statements.html",
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

/// A roof of 2 kWh and two flats, in two quarter hours.
const STREET: &str = "interval_start,meter,import_kwh,export_kwh
2025-05-04T11:00Z,roof,0,2
2025-05-04T11:00Z,flat 1,0.5,0
2025-05-04T11:00Z,flat 2,4,0
2025-05-04T11:15Z,roof,0,2
2025-05-04T11:15Z,flat 1,0.5,0
2025-05-04T11:15Z,flat 2,4,0
";

#[test]
fn a_meters_file_decides_who_gets_what_and_its_mistakes_are_told_together() {
    let folder = folder("simulate_meters");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.into_os_string().into_string().unwrap()
    };
    let (data, agreed) = (
        file("street.csv", STREET),
        file("meters.csv", "meter,weight\nroof,\nflat 1,1\nflat 2,3\n"),
    );
    let rule = ["--rule", "static-no-reoffer", "--json"];
    let of_data = ["simulate", "--format", "csv", "--data", &data, "--meters"];
    let run = |meters: &str| gridpact(&[&of_data[..], &[meters], &rule[..]].concat());
    let output = run(&agreed);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // Flat 1 needs its quarter of 2 kWh, flat 2 takes three quarters: twice 0.5 and twice 1.5.
    let bought = |slot: usize| summary["homes"][slot]["bought"].clone();
    let names = [0, 1, 2].map(|slot| summary["homes"][slot]["name"].clone());
    assert_eq!(names, ["flat 1", "flat 2", "roof"]);
    assert_eq!([bought(0), bought(1), bought(2)], ["1000000", "3000000", "0"]);

    let wrong = file("wrong.csv", "meter,kind\nroof,consumer\nflat 1,\nflat 3,\n");
    let output = run(&wrong);
    assert!(!output.status.success() && output.stdout.is_empty());
    let told = String::from_utf8(output.stderr).unwrap();
    for expected in [
        "--meters:\nwrong.csv, line 2, column 2 (kind): expected prosumer or storage",
        "\nwrong.csv, line 4: the data has no meter `flat 3`",
        "\nwrong.csv: expected a row for every meter of the data, got none for `flat 2`",
    ] {
        assert!(told.contains(expected), "expected `{expected}` in: {told}");
    }
}

/// The file that the help shows is one that is read.
#[test]
fn the_example_in_the_help_is_a_meters_file() {
    let help = String::from_utf8(gridpact(&["simulate", "--help"]).stdout).unwrap();
    let example: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("  meter,household"))
        .take(4)
        .map(str::trim)
        .collect();
    let folder = folder("simulate_help");
    let (data, meters) = (folder.join("street.csv"), folder.join("meters.csv"));
    std::fs::write(&data, STREET).unwrap();
    std::fs::write(&meters, example.join("\n")).unwrap();
    let arguments = [
        "simulate",
        "--format",
        "csv",
        "--data",
        data.to_str().unwrap(),
        "--meters",
    ];
    let output = gridpact(&[&arguments[..], &[meters.to_str().unwrap()]].concat());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
