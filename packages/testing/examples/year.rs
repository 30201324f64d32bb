//! A year of 113 homes, a report a day, through the contracts and past every check: how long the harness takes.
//!
//! `cargo run --release -p gridpact-testing --example year`
#![allow(
    clippy::unwrap_used,
    reason = "it stops at the first thing that is not as it must be"
)]

use std::time::Instant;

use gridpact_testing::fixtures::{homes, Sequence};
use gridpact_testing::{Checks, GridBuilder, MoneyKind, World};
use gridpact_units::Amount;

const HOMES: usize = 113;

fn main() {
    let names: Vec<String> = (0..HOMES).map(|home| format!("home {home}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for kind in [MoneyKind::Native, MoneyKind::Cw20] {
        let started = Instant::now();
        let mut world = World::new(kind);
        world.set_checks(Checks::Every(100));
        let builder = GridBuilder::default().with_resolution(1_000);
        let grid = builder
            .with_homes(homes(&names))
            .with_deposit(Amount(10_000_000))
            .build(&mut world);
        let built = started.elapsed();
        let reporting = Instant::now();
        let mut profile = Sequence::new(1);
        for _ in 0..365 {
            let day: Vec<_> = (0..96).flat_map(|_| profile.readings(HOMES, 2_000_000)).collect();
            grid.report(&mut world, &day).unwrap();
        }
        world.check();
        println!(
            "{kind:?}: built in {} ms, 365 reports in {} ms",
            built.as_millis(),
            reporting.elapsed().as_millis()
        );
    }
}
