//! Where each home's energy came from: own roof, neighbours, the rest.

use super::charts::{self, EnergySource};
use super::markup::{legend, section as frame};
use super::text::{energy, escape, kwh};
use crate::run::Run;
use crate::sums;

pub fn section(run: &Run) -> String {
    let rest = if run.options.utility.is_some() {
        "utility"
    } else {
        "not from neighbours"
    };
    let homes = run
        .meters
        .iter()
        .zip(&run.households)
        .map(|(meter, home)| EnergySource {
            own: home.own_use.0,
            bought: home.bought.0,
            used: sums::energy([home.own_use, home.import]).0,
            title: format!(
                "{}: own roof {}, neighbours {}, {rest} {}",
                meter.name,
                energy(home.own_use),
                energy(home.bought),
                kwh(home.import.0.saturating_sub(home.bought.0))
            ),
        });
    let body = legend(&[
        ("own", "own roof"),
        ("shared", "neighbours"),
        ("utility fade", rest),
    ]) + &charts::sources(&homes.collect::<Vec<_>>());
    frame(
        "sources",
        "Where each home's energy came from",
        &escape("Homes by the share that the neighbourhood covered."),
        &body,
    )
}
