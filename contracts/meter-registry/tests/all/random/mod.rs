//! Random lives of grids against a model that knows intervals one by one and nothing of the contract's code.

mod carry;
mod check;
mod data;
mod model;
mod run;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use self::data::{action, setting, Action, From, Pick};
use self::run::Run;

const SEED: u64 = 13;
/// Actions, where GRIDPACT_STEPS does not say another number.
const STEPS: u32 = 10_000;
/// Actions of one life.
const LIFE: u32 = 50;

/// Events and refusals that so many actions come to, as they are called: the lives know what they are for.
const TO_SEE: [&str; 33] = [
    "meter_proposed",
    "proposal_dropped",
    "meters_admitted",
    "proposal_gone",
    "report_accepted",
    "report_known",
    "gap_closed",
    "no_gap",
    "SerialTaken",
    "ProposalsOfOwner",
    "NotProposer",
    "UnknownProposal",
    "NotOperator",
    "AdmissionCount",
    "RepeatedProposal",
    "UnknownHousehold",
    "From",
    "NoBeginning",
    "BeforeScheduled",
    "FutureRosters",
    "Start",
    "OtherReport",
    "ClosedAsGap",
    "Epoch",
    "RosterVersion",
    "Revision",
    "SpansRosters",
    "NotEnded",
    "TooOld",
    "Resolution",
    "Seats",
    "Quorum",
    "AboveLimit",
];

/// What the environment says, as a number.
fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number"))
}

/// GRIDPACT_SEED says which lives: the same ones where it is not set, so that what they come to can be asked for; others every time in
/// `scripts/long registry`.
#[test]
fn a_grid_lives_as_the_model_says() {
    let steps = number("GRIDPACT_STEPS").unwrap_or(STEPS.into());
    let seed = number("GRIDPACT_SEED").unwrap_or(SEED);
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={steps}");
    let config = Config {
        cases: u32::try_from(steps).unwrap().div_ceil(LIFE),
        failure_persistence: None,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let seen = RefCell::new(BTreeMap::<String, u64>::new());
    let lives = (setting(), proptest::collection::vec(action(), LIFE as usize));
    let outcome = TestRunner::new_with_rng(config, random).run(&lives, |(setting, actions)| {
        let mut run = Run::new(setting);
        run.propose(0, 0, 0);
        let pick = Pick {
            back: 1,
            household: None,
            weight: 1,
        };
        run.act(&Action::Admit {
            picks: vec![pick],
            from: From::Next,
            operator: true,
        });
        for action in &actions {
            run.act(action);
        }
        let mut seen = seen.borrow_mut();
        for (name, count) in run.grid.seen {
            *seen.entry(name).or_default() += count;
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    if steps >= STEPS.into() {
        let seen = seen.into_inner();
        println!("{seen:?}");
        let unseen: Vec<_> = TO_SEE.iter().filter(|name| !seen.contains_key(**name)).collect();
        assert!(unseen.is_empty(), "never seen: {unseen:?}");
    }
}
