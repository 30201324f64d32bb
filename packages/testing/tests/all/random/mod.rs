//! Random lives of a project and a grid: any messages, of anybody, in any order, against a model that knows none of the
//! contracts' code. Before a message the model says whether it must succeed; after it, what everybody has.

mod data;
mod founding;
mod grid_model;
mod model;
mod runner;
mod strategy;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use gridpact_escrow_model::messages::KINDS;
use gridpact_testing::MoneyKind;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use self::runner::Counts;

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
    let lives = TestRunner::new(config(lives)).run(&strategy::life(), |(founding, project, actions)| {
        runner::run(money, &founding, project, &actions);
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

/// So often every kind of message must at least have succeeded, and been refused.
const OFTEN: u32 = 3;

/// The lives are worth something only if every kind of message comes to succeed in them, and to be refused. Always the same
/// lives, so that this says the same every time; no more of them than it takes.
#[test]
fn every_kind_of_message_succeeds_and_is_refused_in_some_life() {
    let (seen, count) = (RefCell::new(Counts::new()), Cell::new(0));
    let kinds = || KINDS.iter().chain(&data::KINDS);
    let rare = || {
        let seen = seen.borrow();
        let all = kinds().flat_map(|kind| [(*kind, true), (*kind, false)]);
        let needed = all.filter(|(kind, taken)| *taken || !data::NEVER_REFUSED.contains(kind));
        let rare = needed.filter(|what| seen.get(what).is_none_or(|times| *times < OFTEN));
        rare.collect::<Vec<_>>()
    };
    let same = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config(10 * LIVES), same);
    let lives = runner.run(&strategy::life(), |(founding, project, actions)| {
        if !rare().is_empty() {
            let life = runner::run(MoneyKind::Native, &founding, project, &actions);
            count.set(count.get() + 1);
            println!("life {}: {}", count.get(), told(&life));
            for (what, times) in life {
                *seen.borrow_mut().entry(what).or_default() += times;
            }
        }
        Ok(())
    });
    lives.unwrap_or_else(|failure| panic!("{failure}"));
    println!("{} lives: {}", count.get(), told(&seen.borrow()));
    let rare = rare();
    assert!(rare.is_empty(), "less than {OFTEN} times: {rare:?}");
    let refused = |kind: &&&str| seen.borrow().contains_key(&(**kind, false));
    let refused: Vec<_> = data::NEVER_REFUSED.iter().filter(refused).collect();
    assert!(refused.is_empty(), "refused: {refused:?}");
}

/// `accept 3 + 1`: taken three times, refused once.
fn told(counts: &Counts) -> String {
    let kinds: BTreeSet<&str> = counts.keys().map(|(kind, _)| *kind).collect();
    let times = |kind, taken| counts.get(&(kind, taken)).copied().unwrap_or_default();
    let told = kinds
        .iter()
        .map(|kind| format!("{kind} {} + {}", times(kind, true), times(kind, false)));
    told.collect::<Vec<_>>().join(", ")
}
