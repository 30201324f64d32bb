//! Where each home's energy came from: own roof, neighbours, the rest.

use super::chart::{legend, Plot};
use super::section as frame;
use super::text::{energy, escape, kwh};
use crate::run::{Household, Run};

pub fn section(run: &Run) -> String {
    let rest = if run.options.utility.is_some() {
        "utility"
    } else {
        "not from neighbours"
    };
    let mut homes: Vec<(&str, &Household, f64, f64)> = run
        .meters
        .iter()
        .zip(&run.households)
        .filter_map(|(meter, home)| {
            let used = (home.own_use.milliwatt_hours() + home.import.milliwatt_hours()) as f64;
            let own = home.own_use.milliwatt_hours() as f64 / used;
            let bought = home.bought.milliwatt_hours() as f64 / used;
            (used > 0.0).then_some((meter.name.as_str(), home, own, bought))
        })
        .collect();
    homes.sort_by(|a, b| (b.2 + b.3).total_cmp(&(a.2 + a.3)));

    let mut plot = Plot::new(280.0, (0.0, homes.len() as f64), (0.0, 100.0)).y_axis("% of use");
    for (position, (name, home, own, bought)) in homes.iter().enumerate() {
        let x = (position as f64 + 0.06, position as f64 + 0.94);
        let from_rest = home.import.milliwatt_hours() - home.bought.milliwatt_hours();
        let title = format!(
            "{name}: own roof {}, neighbours {}, {rest} {}",
            energy(home.own_use),
            energy(home.bought),
            kwh(from_rest)
        );
        plot.bar(x, (0.0, own * 100.0), "own", &title);
        plot.bar(x, (own * 100.0, (own + bought) * 100.0), "shared", &title);
        plot.bar(x, ((own + bought) * 100.0, 100.0), "utility fade", &title);
    }
    let label = "Share of own roof, neighbours and the rest in every home's use";
    let body = legend(&[
        ("own", "own roof"),
        ("shared", "neighbours"),
        ("utility fade", rest),
    ]) + &plot
        .x_labels(&[(
            homes.len() as f64 / 2.0,
            "each column one home; point at it for its name".to_owned(),
        )])
        .finish(label);
    frame(
        "sources",
        "Where each home's energy came from",
        &escape("Homes by the share that the neighbourhood covered."),
        &body,
    )
}
