//! Random lives of grids of every kind against a model of their own: purses, windows divided in exact fractions, finality by
//! the clock. GRIDPACT_STEPS says how many messages, GRIDPACT_SEED which:
//! the same ones where it is not set, so that what they come to can be asked for, others every time in `scripts/long settlement`. A life
//! that fails tells the seed that repeats it.

mod action;
mod books;
mod compare;
mod founding;
mod life;

use gridpact_chance::Chance;
use std::collections::BTreeSet;

use action::Action;
use life::Life;

const SEED: u64 = 12;
/// Where GRIDPACT_STEPS says nothing else.
const STEPS: u64 = 10_000;
/// Steps of a life: windows end out of order and homes join, and what went wrong can still be read.
const LIFE: u64 = 50;

/// What must come to pass in any few hundred lives, or they would show nothing.
const DONE: [&str; 9] = [
    "deposit",
    "deposit refused",
    "join",
    "report",
    "report of an older roster",
    "sweep",
    "sweep refused",
    "withdraw",
    "withdraw refused",
];

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name}: expected a number, got {text}")),
    )
}

/// Tells how to repeat a life, and what happened in it, where it fails.
struct Diary {
    seed: u64,
    actions: Vec<Action>,
}

impl Drop for Diary {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("GRIDPACT_SEED={} GRIDPACT_STEPS={LIFE} repeats it:", self.seed);
            self.actions.iter().for_each(|action| eprintln!("  {action:?}"));
        }
    }
}

fn live(seed: u64, steps: u64) -> BTreeSet<&'static str> {
    let mut diary = Diary {
        seed,
        actions: Vec::new(),
    };
    let mut draw = Chance::new(seed);
    let mut life = Life::new(&mut draw);
    for _ in 0..steps {
        let action = action::next(&life.model, life.now(), &mut draw);
        diary.actions.push(action.clone());
        life.act(&action);
    }
    life.end();
    life.done().clone()
}

#[test]
fn random_lives_keep_every_promise() {
    let steps = number("GRIDPACT_STEPS").unwrap_or(STEPS);
    let seed = number("GRIDPACT_SEED").unwrap_or(SEED);
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={steps}");
    let mut done = BTreeSet::new();
    for life in 0..steps.div_ceil(LIFE) {
        if life % 200 == 199 {
            println!("{} steps", life * LIFE);
        }
        done.extend(live(seed.wrapping_add(life), LIFE));
    }
    if steps >= STEPS {
        assert_eq!(done.into_iter().collect::<Vec<_>>(), DONE);
    }
}
