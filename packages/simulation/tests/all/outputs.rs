//! The files and the summary.

use std::collections::BTreeMap;
use std::path::Path;

use gridpact_market::PriceRule;
use gridpact_simulation::output;
use gridpact_simulation::run::{Run, Timings};
use gridpact_simulation::scenario::Scenario;
use gridpact_units::{Amount, BasisPoints};
use tempfile::tempdir;

use crate::{cents, euro, play, simulation};

/// Twenty homes that pay a fee.
fn small() -> Scenario {
    Scenario {
        fee: BasisPoints(100),
        ..euro()
    }
}

fn run(scenario: Scenario) -> Run {
    play(simulation(scenario, 20))
}

/// All files of a run in a new folder.
fn files(run: &Run, detail: bool) -> BTreeMap<String, Vec<u8>> {
    let folder = tempdir().unwrap();
    output::prepare(folder.path()).unwrap();
    output::write_all(run, folder.path(), detail).unwrap();
    read_all(folder.path())
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

#[test]
fn two_runs_write_the_same_bytes() {
    let (one, two) = (run(small()), run(small()));
    let first = files(&one, true);
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        [
            "allocations.csv",
            "households.csv",
            "intervals.csv",
            "report.html",
            "statements.html",
            "summary.json"
        ]
    );
    assert!(
        first == files(&two, true),
        "two runs of the same input write different files"
    );
    assert!(one == two, "two runs of the same input differ");
    let shown = |run: &Run| output::overview(run, &Timings::default());
    assert_eq!(shown(&one), shown(&two));
}

#[test]
fn the_columns_are_those_of_the_readme() {
    let written = files(&run(small()), true);
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
    let written = files(&run(small()), true);
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
    let island = Scenario {
        utility: None,
        price: PriceRule::Fixed {
            price: cents(&small().currency, 20),
        },
        ..small()
    };
    let run = run(island);
    let written = files(&run, false);
    assert!(rows(&written["households.csv"])
        .iter()
        .all(|row| row["saved_versus_utility"].is_empty()));
    assert!(!output::overview(&run, &Timings::default()).contains("aved"));
}

#[test]
fn a_small_deposit_limits_what_is_bought_and_nobody_goes_below_zero() {
    let shared = |deposit: Option<Amount>| {
        let run = run(Scenario { deposit, ..small() });
        let homes = rows(&files(&run, false)["households.csv"]);
        assert!(homes.iter().all(|row| !row["final_balance"].starts_with('-')));
        sum(&homes, "bought_mwh")
    };
    let (ample, small, none) = (
        shared(None),
        shared(Some(Amount(50_000))),
        shared(Some(Amount::ZERO)),
    );
    assert!(ample > small && small > 0, "{ample} > {small} > 0");
    assert_eq!(none, 0);
}

#[test]
fn the_detail_of_an_earlier_run_does_not_stay_beside_a_later_one() {
    let (run, folder) = (run(small()), tempdir().unwrap());
    for detail in [true, false] {
        output::write_all(&run, folder.path(), detail).unwrap();
        assert_eq!(folder.path().join("allocations.csv").exists(), detail);
    }
    assert!(
        read_all(folder.path()).keys().all(|name| !name.starts_with('.')),
        "nothing half-written lies around"
    );
}

#[test]
fn a_page_shows_every_home_and_no_name_is_taken_for_markup() {
    let mut simulation = simulation(small(), 20);
    simulation.dataset.meters[3].name = "<b>&\"home\"'".to_owned();
    let page = String::from_utf8(files(&play(simulation), false)["report.html"].clone()).unwrap();
    assert!(page.contains("&lt;b&gt;&amp;&quot;home&quot;&#39;"));
    assert!(!page.contains("<b>&"));
    for section in [
        "pledges", "day", "sources", "savings", "rules", "interval", "bill", "deposits",
    ] {
        assert!(page.contains(&format!("<section id=\"{section}\">")), "{section}");
    }
    assert!(
        !page.contains("NaN") && !page.contains("inf\""),
        "every mark has a place"
    );
}
