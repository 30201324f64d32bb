//! Committees live, against everything that may go wrong: n from 1 to 10, hostile members, lost and late messages, halves that
//! cannot talk, clocks apart, crashes between any two steps, lost records, gaps, rosters, slow and fast blocks, a second shared
//! file, blocks with little room. The members are the crate's; the registry is written from its README.

mod acting;
mod chain;
mod credulous;
mod disk;
mod hostile;
mod lines;
mod promises;
mod registry;
mod running;
mod setting;
mod truth;
mod world;

use std::collections::BTreeMap;

use self::registry::LENGTH;
use self::setting::{Setting, Variant, START, WINDOW};
use self::world::World;
use gridpact_chance::mix;

const SEED: u64 = 18;
/// Lives, where GRIDPACT_STEPS does not say another number.
const LIVES: u64 = 500;

/// What so many lives come to: the model knows what it is for.
const TO_SEE: [&str; 18] = [
    "accepted",
    "away",
    "whole ahead",
    "crash",
    "record lost",
    "evidence",
    "gap closed",
    "Certified",
    "RefusedForGood",
    "Restored",
    "Clock",
    "NotSigned",
    "NotAccepted",
    "NotTheMerge",
    "Omits",
    "Unheard",
    "refused: out of gas",
    "refused: other report",
];

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number"))
}

/// How a life ended.
struct Ended {
    broken: Option<(&'static str, String)>,
    /// From when the lines were good to the acceptance of a window that began after that, s.
    recovery: u64,
    revision: u16,
    seen: BTreeMap<String, u64>,
    complete: (u64, u64),
}

/// Lives until a window that began in good times is accepted.
fn live(seed: u64, variant: Variant) -> Ended {
    let mut world = World::new(seed, variant);
    let calm = world.setting.calm / 1_000;
    let first = calm.div_ceil(LENGTH * WINDOW) * WINDOW;
    // What is behind by then has slots of 7 % of its age, of which hostile leaders and an older row may cost some; a gap has a
    // grace to wait for.
    let age = calm - START * LENGTH;
    let deadline = (first + WINDOW) * LENGTH + 7_200 + age + 2 * world.setting.limit.min(9_000);
    let done = |world: &World| {
        let reported = world
            .registry
            .windows
            .iter()
            .rev()
            .find(|window| window.report.is_some());
        reported.is_some_and(|window| window.first + window.intervals > first)
    };
    while !done(&world) && world.promises.broken.is_none() {
        if world.now / 1_000 > deadline {
            let how = format!(
                "next {} at {}, calm at {calm}",
                world.registry.next,
                world.now / 1_000
            );
            world.promises.broken("progress", how);
            break;
        }
        world.step();
    }
    let reported = world.registry.windows.iter().filter_map(|window| window.report);
    Ended {
        revision: reported.map(|(_, revision)| revision).max().unwrap_or(0),
        broken: world.promises.broken.take(),
        recovery: (world.now / 1_000).saturating_sub(first.max(calm / LENGTH) * LENGTH),
        complete: world.promises.complete,
        seen: world.seen,
    }
}

/// GRIDPACT_SEED says which lives: the same ones where it is not set, so that what they come to can be asked for; others every time in
/// `scripts/long committee`.
#[test]
fn committees_live_as_promised() {
    let lives = number("GRIDPACT_STEPS").unwrap_or(LIVES);
    let seed = number("GRIDPACT_SEED").unwrap_or(SEED);
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={lives}");
    let mut seen = BTreeMap::<String, u64>::new();
    let (mut worst, mut revision, mut complete) = (0, 0, (0, 0));
    for life in 0..lives {
        let ended = live(mix(seed.wrapping_add(life)), Variant::Right);
        if let Some((promise, how)) = ended.broken {
            let alone = seed.wrapping_add(life);
            let setting = Setting::new(mix(alone), Variant::Right);
            panic!(
                "life {life}: {promise}: {how}\n{setting:#?}\n{:?}\nthis life alone: GRIDPACT_SEED={alone} GRIDPACT_STEPS=1",
                ended.seen
            );
        }
        worst = worst.max(ended.recovery);
        revision = revision.max(ended.revision);
        complete = (complete.0 + ended.complete.0, complete.1 + ended.complete.1);
        for (name, count) in ended.seen {
            *seen.entry(name).or_default() += count;
        }
        if (life + 1) % 1_000 == 0 {
            println!("{} lives", life + 1);
        }
    }
    println!(
        "worst recovery {worst} s, largest revision {revision}, readings {} of {}",
        complete.0, complete.1
    );
    println!("{seen:?}");
    if lives >= LIVES {
        let unseen: Vec<_> = TO_SEE.iter().filter(|name| !seen.contains_key(**name)).collect();
        assert!(unseen.is_empty(), "never seen: {unseen:?}");
    }
}

/// Whether a wrong variant breaks one of these promises within so many lives.
fn is_caught(variant: Variant, promises: &[&str]) {
    let found = (1..=400).find_map(|seed| {
        let (promise, how) = live(mix(seed), variant).broken?;
        let found = promises.contains(&promise);
        found.then(|| println!("{variant:?}: life {seed}: {promise}: {how}"))
    });
    assert!(
        found.is_some(),
        "{variant:?}: 400 lives, and none of {promises:?} was broken"
    );
}

#[test]
fn signing_before_the_record_is_caught() {
    is_caught(
        Variant::SignBeforeCommit,
        &["offence", "evidence", "doppelganger"],
    );
}

#[test]
fn signing_without_recomputing_is_caught() {
    is_caught(Variant::NoRecomputation, &["false value"]);
}

#[test]
fn one_reader_of_three_is_caught() {
    is_caught(Variant::NeedOneOfThree, &["false value"]);
}

#[test]
fn half_a_quorum_is_caught() {
    is_caught(Variant::HalfQuorum, &["two certificates"]);
}

#[test]
fn saying_late_what_was_whole_long_before_is_caught() {
    is_caught(Variant::SaidLate, &["left out"]);
}

#[test]
fn a_window_beyond_the_grace_is_caught() {
    is_caught(Variant::BeyondGrace, &["grace"]);
}
