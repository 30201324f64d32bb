//! The story through the contracts, and its checks.

use gridpact_market::{AllocationRule, PriceRule};
use gridpact_simulation::run::Ending;
use gridpact_simulation::scenario::Scenario;
use gridpact_simulation::story::{Promises, StoryPromise};
use gridpact_units::{Amount, BasisPoints};

use crate::{cents, euro, play, scenario, simulation};

const HOMES: usize = 12;

/// A currency's scenario with something else in it.
fn with(scenario: Scenario, change: impl FnOnce(&mut Scenario)) -> Scenario {
    let mut scenario = scenario;
    change(&mut scenario);
    scenario
}

#[test]
fn every_promise_is_looked_at_and_kept_whatever_is_assumed() {
    let variants: [(Scenario, Option<u32>); 7] = [
        (euro(), None),
        (
            with(euro(), |it| {
                it.fee = BasisPoints(250);
                it.deposit = Some(Amount(100_000));
            }),
            None,
        ),
        (
            with(euro(), |it| {
                it.buyers = AllocationRule::ProRata;
                it.price = PriceRule::SupplyDemandRatio {
                    compensation: cents(&it.currency, 2),
                };
            }),
            None,
        ),
        (
            with(euro(), |it| {
                it.buyers = AllocationRule::Static { reoffer: false };
                it.utility = None;
                it.price = PriceRule::Fixed {
                    price: cents(&it.currency, 20),
                };
            }),
            None,
        ),
        (
            with(euro(), |it| {
                it.buyers = AllocationRule::Priority;
                it.deposit = Some(Amount(50_000));
            }),
            Some(7),
        ),
        (
            with(scenario("TOK", 18), |it| {
                it.buyers = AllocationRule::Static { reoffer: true };
            }),
            Some(192),
        ),
        (
            with(scenario("EUR", 2), |it| {
                it.deposit = Some(Amount::ZERO);
                it.fee = BasisPoints(10_000);
                it.accept_rounding = true;
            }),
            None,
        ),
    ];
    for (variant, window) in variants {
        variant.check().unwrap();
        let mut simulation = simulation(variant.clone(), HOMES);
        simulation.window = window;
        let run = play(simulation);
        assert_eq!(run.checks.len(), 13);
        for check in run.checks {
            assert!(check.passed, "{variant:?}: {check:?}");
        }
    }
}

#[test]
fn a_b_and_c_fund_their_line_together_and_the_contractor_draws_milestone_by_milestone() {
    let run = play(simulation(euro(), HOMES));
    let project = &run.projects[0];
    assert_eq!(project.ending, Ending::Completed);
    let parties: Vec<&str> = project
        .pledges
        .iter()
        .map(|pledge| pledge.party.as_str())
        .collect();
    assert_eq!(parties, ["A", "B", "C"]);
    assert!(project
        .pledges
        .iter()
        .all(|pledge| pledge.amount == Amount(10_000_000_000)));
    assert_eq!(project.pledges[0].condition, "if B and C each pledge 10,000 EUR");
    let funds: Vec<bool> = project.pledges.iter().map(|pledge| pledge.funds).collect();
    assert_eq!(funds, [false, false, true]);
    // 40, 40 and 20 %, 5 % of each kept until the defects period is over.
    let paid: Vec<u128> = project
        .milestones
        .iter()
        .map(|milestone| milestone.paid.0)
        .collect();
    assert_eq!(paid, [11_400_000_000, 11_400_000_000, 5_700_000_000]);
    let retention = project.retention.as_ref().unwrap();
    assert_eq!(retention.amount, Amount(1_500_000_000));
}

#[test]
fn without_c_everybody_takes_the_money_back() {
    let run = play(simulation(euro(), HOMES));
    let project = &run.projects[1];
    assert_eq!(project.ending, Ending::Failed);
    assert_eq!(project.absent, ["C"]);
    assert_eq!(project.refunds.len(), 2);
    for refund in &project.refunds {
        assert_eq!(refund.amount, Amount(10_000_000_000));
        assert_eq!(refund.at, project.deadline);
    }
}

#[test]
fn fees_flow_to_the_street_and_what_a_home_takes_out_is_deposit_less_paid_plus_earned() {
    let fee = with(euro(), |it| it.fee = BasisPoints(500));
    let run = play(simulation(fee, HOMES));
    assert!(!run.community.swept.is_zero());
    assert_eq!(run.community.swept, run.community.income);
    for home in &run.households {
        assert_eq!(home.final_balance.0 + home.paid.0, home.deposit.0 + home.earned.0);
        assert!(home.deposit_needed <= home.deposit);
    }
}

#[test]
fn a_breach_is_kept_with_what_was_expected_and_what_came() {
    let mut promises = Promises::default();
    promises.equal(StoryPromise::Conserved, || "first".to_owned(), 1, 1);
    promises.equal(StoryPromise::Conserved, || "second".to_owned(), 2, 3);
    promises.equal(StoryPromise::Conserved, || "third".to_owned(), 4, 5);
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
