//! One interval explained: who had too much, who needed how much, the line up to which everybody was served, who paid
//! what.

use super::chart::{legend, table, Plot};
use super::section as frame;
use super::text::{count, exact_value, kwh, moment, price};
use crate::run::{Interval, Run};

pub fn section(run: &Run) -> String {
    let Some((position, interval)) = most_telling(run) else {
        return String::new();
    };
    let homes = Homes::of(run, position);
    let offset = run
        .stretches
        .iter()
        .rfind(|stretch| stretch.from <= position)
        .map_or(0, |stretch| stretch.utc_offset);
    let mut lead = format!(
        "{}: {} offered {}, {} needed {}, and {} changed hands at {}.",
        moment(interval.start, offset),
        count(homes.sellers.len(), "home"),
        kwh(interval.supply.into()),
        count(homes.buyers.len(), "home"),
        kwh(interval.demand.into()),
        kwh(interval.shared.into()),
        price(interval.price, &run.currency),
    );
    if let Some(level) = interval.level {
        lead.push_str(&format!(
            " Whoever needed at most {} got all of it; the others got that much each.",
            kwh(level.into())
        ));
    }
    let body = [
        legend(&[
            ("need", "needed or offered"),
            ("shared", "bought"),
            ("sun", "sold"),
        ]),
        homes.draw_buyers(run, interval),
        homes.draw_sellers(run),
        format!(
            "<details><summary>Every home in this interval</summary>{}</details>",
            homes.table(run, interval)
        ),
    ]
    .join("\n");
    frame("interval", "One interval explained", &lead, &body)
}

/// The scarce interval in which most was shared; without scarcity, the one in which most was shared.
fn most_telling(run: &Run) -> Option<(usize, &Interval)> {
    run.intervals
        .iter()
        .enumerate()
        .filter(|(_, interval)| interval.shared > 0)
        .max_by_key(|(position, interval)| {
            (
                interval.level.is_some(),
                interval.shared,
                core::cmp::Reverse(*position),
            )
        })
}

/// (slot, needed or offered, bought or sold), the largest first.
struct Homes {
    buyers: Vec<(usize, u64, u64)>,
    sellers: Vec<(usize, u64, u64)>,
}

impl Homes {
    fn of(run: &Run, position: usize) -> Self {
        let list = |wanted: &[u64], got: &[u64]| {
            let mut homes: Vec<(usize, u64, u64)> = (0..run.flows.meters)
                .map(|slot| (slot, run.flows.at(position, slot)))
                .map(|(slot, at)| (slot, wanted[at], got[at]))
                .filter(|(_, wanted, _)| *wanted > 0)
                .collect();
            homes.sort_by_key(|(slot, wanted, _)| (core::cmp::Reverse(*wanted), *slot));
            homes
        };
        Self {
            buyers: list(&run.flows.import, &run.flows.bought),
            sellers: list(&run.flows.export, &run.flows.sold),
        }
    }

    fn draw_buyers(&self, run: &Run, interval: &Interval) -> String {
        let mut plot = bars(run, &self.buyers, "shared", "needed", "bought");
        if let Some(level) = interval.level {
            plot.level(watt_hours(level), "everybody is served up to here");
        }
        plot.x_labels(&[]).finish("Need and purchase of every buyer")
    }

    fn draw_sellers(&self, run: &Run) -> String {
        bars(run, &self.sellers, "sun", "offered", "sold")
            .x_labels(&[])
            .finish("Offer and sale of every seller")
    }

    fn table(&self, run: &Run, interval: &Interval) -> String {
        let row = |(slot, wanted, got): &(usize, u64, u64), role: &str, verb: &str| {
            vec![
                super::escape(&run.meters[*slot].name),
                role.to_owned(),
                kwh((*wanted).into()),
                kwh((*got).into()),
                format!("{verb} {}", exact_value(*got, interval.price, &run.currency)),
            ]
        };
        let mut rows: Vec<Vec<String>> = self
            .buyers
            .iter()
            .map(|home| row(home, "needed", "pays"))
            .collect();
        rows.extend(self.sellers.iter().map(|home| row(home, "offered", "earns")));
        table(
            &["home", "", "metered", "shared", "before fee and rounding"],
            &rows,
        )
    }
}

fn bars(run: &Run, homes: &[(usize, u64, u64)], class: &str, wanted_verb: &str, got_verb: &str) -> Plot {
    let top = homes.first().map_or(0, |(_, wanted, _)| *wanted);
    let mut plot = Plot::new(200.0, (0.0, homes.len() as f64), (0.0, watt_hours(top) * 1.1)).y_axis("Wh");
    for (position, (slot, wanted, got)) in homes.iter().enumerate() {
        let x = (position as f64 + 0.1, position as f64 + 0.9);
        let name = &run.meters[*slot].name;
        let title = format!(
            "{name}: {wanted_verb} {}, {got_verb} {}",
            kwh((*wanted).into()),
            kwh((*got).into())
        );
        plot.bar(x, (0.0, watt_hours(*got)), class, &title);
        plot.bar(x, (0.0, watt_hours(*wanted)), "need", &title);
    }
    plot
}

fn watt_hours(milliwatt_hours: u64) -> f64 {
    milliwatt_hours as f64 / 1e3
}
