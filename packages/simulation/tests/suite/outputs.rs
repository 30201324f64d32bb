//! The files and the summary.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{folder, gridpact};

/// All files of a run into a new folder.
fn files(test: &str, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = folder(test);
    let mut all = vec!["simulate", "--out", out.to_str().unwrap()];
    all.extend(arguments);
    let output = gridpact(&all);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    read_all(&out)
}

fn read_all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

const SMALL: [&str; 8] = [
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
fn two_runs_write_the_same_bytes() {
    let mut arguments = SMALL.to_vec();
    arguments.push("--detail");
    let first = files("same_bytes_1", &arguments);
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        [
            "allocations.csv",
            "households.csv",
            "intervals.csv",
            "report.html",
            "summary.json"
        ]
    );
    assert!(
        first == files("same_bytes_2", &arguments),
        "two runs of the same input differ"
    );
    let json = |_| gridpact(&[&["simulate", "--json"][..], &SMALL].concat()).stdout;
    let [one, two] = [0, 1].map(json);
    assert!(!one.is_empty() && one == two);
    assert_eq!(one, first["summary.json"], "--json prints the file");
}

#[test]
fn the_columns_are_those_of_the_readme() {
    let written = files("columns", &[&SMALL[..], &["--detail"]].concat());
    let header = |name: &str| {
        String::from_utf8_lossy(&written[name])
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    let readme = include_str!("../../README.md");
    for (name, columns) in [
        ("intervals.csv", "interval_start,surplus_mwh,deficit_mwh,shared_mwh,price"),
        (
            "households.csv",
            "slot,meter,import_mwh,export_mwh,bought_mwh,sold_mwh,paid,earned,fee,final_balance,saved_versus_utility",
        ),
        ("allocations.csv", "interval_start,slot,bought_mwh,sold_mwh"),
    ] {
        assert_eq!(header(name), columns);
        for column in columns.split(',') {
            assert!(readme.contains(&format!("`{column}`")), "README: {column}");
        }
    }
}

/// Rows of a CSV file as text.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn sum(rows: &[BTreeMap<String, String>], column: &str) -> u128 {
    rows.iter()
        .map(|row| row[column].replace('.', "").parse::<u128>().unwrap())
        .sum()
}

#[test]
fn the_files_agree_with_each_other() {
    let written = files("agree", &[&SMALL[..], &["--detail"]].concat());
    let (intervals, homes) = (rows(&written["intervals.csv"]), rows(&written["households.csv"]));
    let allocations = rows(&written["allocations.csv"]);
    let shared = sum(&intervals, "shared_mwh");
    assert!(shared > 0);
    for rows in [&homes, &allocations] {
        assert_eq!((sum(rows, "bought_mwh"), sum(rows, "sold_mwh")), (shared, shared));
    }
    assert_eq!(sum(&intervals, "surplus_mwh"), sum(&homes, "export_mwh"));
    assert_eq!(sum(&intervals, "deficit_mwh"), sum(&homes, "import_mwh"));
    assert!(sum(&homes, "fee") > 0);
    assert!(sum(&homes, "paid") >= sum(&homes, "earned") + sum(&homes, "fee"));
    assert!(allocations
        .iter()
        .all(|row| row["bought_mwh"] != "0" || row["sold_mwh"] != "0"));
}

#[test]
fn without_a_utility_nothing_is_said_of_savings() {
    let written = files(
        "island",
        &[&SMALL[..], &["--no-utility", "--price", "fixed:0.2"]].concat(),
    );
    assert!(rows(&written["households.csv"])
        .iter()
        .all(|row| row["saved_versus_utility"].is_empty()));
    let table = gridpact(&[&["simulate", "--no-utility"][..], &SMALL].concat()).stdout;
    assert!(!String::from_utf8_lossy(&table).contains("aved"));
}

#[test]
fn a_small_deposit_limits_what_is_bought_and_nobody_goes_below_zero() {
    let shared = |test: &str, deposit: &[&str]| {
        let homes = rows(&files(test, &[&SMALL[..], deposit].concat())["households.csv"]);
        assert!(homes.iter().all(|row| !row["final_balance"].starts_with('-')));
        sum(&homes, "bought_mwh")
    };
    let (ample, small, none) = (
        shared("deposit_ample", &[]),
        shared("deposit_small", &["--deposit", "0.05"]),
        shared("deposit_none", &["--deposit", "0"]),
    );
    assert!(ample > small && small > 0, "{ample} > {small} > 0");
    assert_eq!(none, 0);
}

#[test]
fn the_detail_of_an_earlier_run_does_not_stay_beside_a_later_one() {
    let out = folder("stale_detail");
    let arguments = |detail: &[&'static str]| {
        let out = ["simulate", "--out", out.to_str().unwrap()].map(str::to_owned);
        let rest = SMALL.iter().chain(detail).map(|argument| (*argument).to_owned());
        out.into_iter().chain(rest).collect::<Vec<_>>()
    };
    for (detail, present) in [(&["--detail"][..], true), (&[], false)] {
        let arguments = arguments(detail);
        let output = gridpact(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(output.status.success());
        assert_eq!(out.join("allocations.csv").exists(), present);
    }
    assert!(
        read_all(&out).keys().all(|name| !name.starts_with('.')),
        "nothing half-written lies around"
    );
}
