//! Random lives of two projects at once, in coins and in tokens, against a model that knows the promises and nothing of the code.
//! It says of every message whether it is taken and whom it pays how much; everything that can be read is compared after each.
//!
//! 10,000 steps, or `GRIDPACT_STEPS`; another run of lives with `GRIDPACT_SEED`.

mod actions;
mod chance;
mod compare;
mod conditions;
mod deal;
mod disputing;
mod life;
mod money;
mod pledging;
mod project;
mod seen;
mod work;
mod working;

use self::life::Life;
use self::seen::Seen;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
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
        let mut life = Life::new(seed.wrapping_mul(1_000_003).wrapping_add(lives), crowded);
        let length = steps.min(if crowded { 60 } else { 150 });
        for _ in 0..length {
            life.step(&mut seen);
            steps -= 1;
            if life.is_over() {
                break;
            }
        }
        life.everybody_leaves();
        lives += 1;
    }
    println!("{lives} lives: {seen}");
    if enough {
        seen.check();
    }
}
