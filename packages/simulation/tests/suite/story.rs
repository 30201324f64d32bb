//! The story through the contracts, and its checks.

use gridpact_cli::story::{Promise, Promises};
use serde_json::Value;

use crate::gridpact;

/// `summary.json` of a small run.
fn summary(arguments: &[&str]) -> Value {
    let all = [
        &[
            "simulate", "--json", "--season", "summer", "--days", "2", "--homes", "12",
        ],
        arguments,
    ]
    .concat();
    let output = gridpact(&all);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn amount(value: &Value) -> u128 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn every_promise_is_looked_at_and_kept_whatever_the_options() {
    let variants: [&[&str]; 7] = [
        &[],
        &["--fee-bps", "250", "--deposit", "0.10"],
        &["--rule", "pro_rata", "--price", "sdr:0.02"],
        &["--rule", "static-no-reoffer", "--no-utility"],
        &["--rule", "priority", "--deposit", "0.05", "--window", "7"],
        &["--rule", "static", "--window", "192", "--currency", "TOK:18"],
        &["--deposit", "0", "--currency", "EUR:2", "--fee-bps", "10000"],
    ];
    for variant in variants {
        let summary = summary(variant);
        let checks = summary["checks"].as_array().unwrap();
        assert_eq!(checks.len(), 13);
        for check in checks {
            assert_eq!(check["passed"], true, "{variant:?}: {check}");
        }
    }
}

#[test]
fn a_b_and_c_fund_their_line_together_and_the_contractor_draws_milestone_by_milestone() {
    let summary = summary(&[]);
    let project = &summary["projects"][0];
    assert_eq!(project["ending"], "completed");
    let pledges = project["pledges"].as_array().unwrap();
    assert_eq!(
        pledges
            .iter()
            .map(|pledge| pledge["party"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["A", "B", "C"]
    );
    assert!(pledges
        .iter()
        .all(|pledge| amount(&pledge["amount"]) == 10_000_000_000));
    assert_eq!(pledges[0]["condition"], "if B and C each pledge 10,000 EUR");
    assert_eq!(
        pledges
            .iter()
            .map(|pledge| pledge["funds"].as_bool().unwrap())
            .collect::<Vec<_>>(),
        [false, false, true]
    );
    let milestones = project["milestones"].as_array().unwrap();
    // 40, 40 and 20 %, 5 % of each kept until the defects period is over.
    assert_eq!(
        milestones
            .iter()
            .map(|milestone| amount(&milestone["paid"]))
            .collect::<Vec<_>>(),
        [11_400_000_000, 11_400_000_000, 5_700_000_000]
    );
    assert_eq!(amount(&project["retention"]["amount"]), 1_500_000_000);
}

#[test]
fn without_c_everybody_takes_the_money_back() {
    let summary = summary(&[]);
    let project = &summary["projects"][1];
    assert_eq!(
        (&project["ending"], &project["absent"]),
        (&"failed".into(), &serde_json::json!(["C"]))
    );
    let refunds = project["refunds"].as_array().unwrap();
    assert_eq!(refunds.len(), 2);
    assert!(refunds
        .iter()
        .all(|refund| amount(&refund["amount"]) == 10_000_000_000));
    assert!(refunds.iter().all(|refund| refund["at"] == project["deadline"]));
}

#[test]
fn fees_flow_to_the_street_and_what_a_home_takes_out_is_deposit_less_paid_plus_earned() {
    let summary = summary(&["--fee-bps", "500"]);
    assert!(amount(&summary["community"]["swept"]) > 0);
    assert_eq!(summary["community"]["swept"], summary["community"]["income"]);
    for home in summary["homes"].as_array().unwrap() {
        let of = |field: &str| amount(&home[field]);
        assert_eq!(of("final_balance") + of("paid"), of("deposit") + of("earned"));
        assert!(of("deposit_needed") <= of("deposit"));
    }
}

#[test]
fn a_breach_is_kept_with_what_was_expected_and_what_came() {
    let mut promises = Promises::default();
    promises.equal(Promise::Conserved, || "first".to_owned(), 1, 1);
    promises.equal(Promise::Conserved, || "second".to_owned(), 2, 3);
    promises.equal(Promise::Conserved, || "third".to_owned(), 4, 5);
    assert!(promises
        .first_breach()
        .is_some_and(|breach| breach.ends_with("second: expected 2, got 3")));
    let checks = promises.checks();
    let broken: Vec<_> = checks
        .iter()
        .filter(|check| check.name.starts_with("5.2"))
        .collect();
    assert_eq!(broken.len(), 1);
    assert!(!broken[0].passed);
    assert_eq!(broken[0].detail, "second: expected 2, got 3");
    assert!(
        checks.iter().all(|check| !check.passed),
        "a promise that was never looked at is not kept"
    );
}
