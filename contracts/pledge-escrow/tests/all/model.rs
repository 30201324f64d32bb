//! Random lives of two projects at once, in coins and in tokens, against a model that knows the promises and nothing of the code.
//! It says of every message whether it is taken and whom it pays how much; everything that can be read is compared after each.
//!
//! 10,000 steps, or `GRIDPACT_STEPS`; another run of lives with `GRIDPACT_SEED`.

mod compare;
mod life;
mod sending;
mod shrink;
mod story;

use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};

use gridpact_escrow_model::seen::Seen;

use self::life::Life;
use self::story::Origin;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// A life of so many steps at most; how many it took. One that fails is told, reduced to what it takes to fail.
fn live(seed: u64, crowded: bool, length: u64, seen: &mut Seen) -> u64 {
    let mut life = Life::new(seed, crowded);
    let (mut steps, mut lived) = (0, None);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        while steps < length {
            life.step(seen);
            steps += 1;
            if life.is_over() {
                break;
            }
        }
        lived = Some(life.events.len());
        life.everybody_leaves();
    }));
    if let Err(fault) = outcome {
        let leaves = lived.is_some();
        life.events.truncate(lived.unwrap_or(life.events.len()));
        let origin = Origin {
            seed,
            crowded,
            leaves,
        };
        println!("It fails so:\n{}", origin.story(&life.events));
        resume_unwind(fault);
    }
    steps
}

#[test]
fn random_lives_go_as_the_model_says() {
    let (seed, mut steps) = (number("GRIDPACT_SEED", 1), number("GRIDPACT_STEPS", 10_000));
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={steps}");
    let enough = steps >= 10_000;
    let (mut seen, mut lives) = (Seen::default(), 0);
    while steps > 0 {
        // Every fifteenth has as many pledges as a list holds, or nearly.
        let crowded = lives % 15 == 5;
        let seed = seed.wrapping_mul(1_000_003).wrapping_add(lives);
        let length = steps.min(if crowded { 60 } else { 150 });
        let mut own = Seen::default();
        steps -= live(seed, crowded, length, &mut own);
        lives += 1;
        println!("life {lives}: {own}");
        seen.add(&own);
    }
    println!("{lives} lives: {seen}");
    if enough {
        seen.check();
    }
}
