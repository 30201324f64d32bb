//! One interval explained: who had too much, who needed how much, the line up to which everybody was served, who paid
//! what.

use super::charts::{self, Need};
use super::markup::{legend, section as frame, table};
use super::text::{count, escape, exact_value, kwh, moment, price};
use crate::run::{Flow, Interval, Run};

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

/// What a home wanted and what it got.
struct Home {
    slot: usize,
    /// Needed or offered.
    wanted: u64,
    /// Bought or sold.
    got: u64,
}

/// The largest first.
struct Homes {
    buyers: Vec<Home>,
    sellers: Vec<Home>,
}

impl Homes {
    fn of(run: &Run, interval: usize) -> Self {
        let list = |pair: fn(&Flow) -> (u64, u64)| {
            let home = |slot: usize| {
                let (wanted, got) = pair(&run.flows.of(interval, slot));
                Home { slot, wanted, got }
            };
            let homes = (0..run.flows.meters).map(home);
            let mut homes: Vec<Home> = homes.filter(|home| home.wanted > 0).collect();
            homes.sort_by_key(|home| (core::cmp::Reverse(home.wanted), home.slot));
            homes
        };
        Self {
            buyers: list(|flow| (flow.import, flow.bought)),
            sellers: list(|flow| (flow.export, flow.sold)),
        }
    }

    fn draw_buyers(&self, run: &Run, interval: &Interval) -> String {
        let homes = needs(run, &self.buyers, "needed", "bought");
        let level = interval
            .level
            .map(|level| (level, "everybody is served up to here"));
        charts::needs(&homes, "shared", level, "Need and purchase of every buyer")
    }

    fn draw_sellers(&self, run: &Run) -> String {
        let homes = needs(run, &self.sellers, "offered", "sold");
        charts::needs(&homes, "sun", None, "Offer and sale of every seller")
    }

    fn table(&self, run: &Run, interval: &Interval) -> String {
        let row = |home: &Home, role: &str, verb: &str| {
            vec![
                escape(run.meter_name(home.slot)),
                role.to_owned(),
                kwh(home.wanted.into()),
                kwh(home.got.into()),
                format!("{verb} {}", exact_value(home.got, interval.price, &run.currency)),
            ]
        };
        let buyers = self.buyers.iter().map(|home| row(home, "needed", "pays"));
        let sellers = self.sellers.iter().map(|home| row(home, "offered", "earns"));
        let rows: Vec<Vec<String>> = buyers.chain(sellers).collect();
        table(
            &["home", "", "metered", "shared", "before fee and rounding"],
            &rows,
        )
    }
}

fn needs(run: &Run, homes: &[Home], wanted_verb: &str, got_verb: &str) -> Vec<Need> {
    let need = |home: &Home| Need {
        wanted: home.wanted,
        got: home.got,
        title: format!(
            "{}: {wanted_verb} {}, {got_verb} {}",
            run.meter_name(home.slot),
            kwh(home.wanted.into()),
            kwh(home.got.into())
        ),
    };
    homes.iter().map(need).collect()
}
