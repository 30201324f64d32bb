//! Random lives of a project and a grid: any messages, of anybody, in any order, against a model that knows none of the
//! contracts' code. Before a message the model says whether it must succeed; after it, what everybody has.

mod data;
mod founding;
mod grid_model;
mod model;
mod project_model;
mod runner;
mod setup;
mod strategy;

use std::cell::RefCell;
use std::collections::BTreeSet;

use gridpact_testing::MoneyKind;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Lives a kind of money, where GRIDPACT_LIVES does not say another number; 48 take some ten seconds unoptimised.
const LIVES: u32 = 48;

fn config(lives: u32) -> Config {
    Config {
        cases: lives,
        failure_persistence: None,
        ..Config::default()
    }
}

fn live(money: MoneyKind) {
    let asked = std::env::var("GRIDPACT_LIVES").ok();
    let lives = asked.map_or(LIVES, |lives| lives.parse().expect("a number of lives"));
    let lives = TestRunner::new(config(lives)).run(&strategy::life(), |(founding, actions)| {
        runner::run(money, &founding, &actions);
        Ok(())
    });
    lives.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_project_and_a_grid_live_as_the_model_says_native() {
    live(MoneyKind::Native);
}

#[test]
fn a_project_and_a_grid_live_as_the_model_says_cw20() {
    live(MoneyKind::Cw20);
}

/// Kinds of message that never came to this in the lives seen.
fn missing(seen: &BTreeSet<(&'static str, bool)>, happened: bool) -> Vec<&'static str> {
    let kinds = data::KINDS.iter().copied();
    kinds.filter(|kind| !seen.contains(&(*kind, happened))).collect()
}

/// The lives are worth something only if every kind of message comes to succeed in them, and to be refused. Always the same
/// lives, so that this says the same every time; no more of them than it takes.
#[test]
fn every_kind_of_message_succeeds_and_is_refused_in_some_life() {
    let seen = RefCell::new(BTreeSet::new());
    let same = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config(10 * LIVES), same);
    let lives = runner.run(&strategy::life(), |(founding, actions)| {
        let all = |seen: &BTreeSet<_>| {
            missing(seen, true).is_empty() && missing(seen, false).len() == data::NEVER_REFUSED.len()
        };
        if !all(&seen.borrow()) {
            let happened = runner::run(MoneyKind::Native, &founding, &actions);
            seen.borrow_mut().extend(happened);
        }
        Ok(())
    });
    lives.unwrap_or_else(|failure| panic!("{failure}"));
    let seen = seen.into_inner();
    assert_eq!(missing(&seen, true), Vec::<&str>::new(), "never succeeded");
    assert_eq!(missing(&seen, false), data::NEVER_REFUSED, "never refused");
}
