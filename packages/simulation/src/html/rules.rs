//! The same readings under every rule: coverage and money of every home, losers included.

use super::chart::{legend, table, Plot};
use super::section as frame;
use super::text::{energy, escape, money, percent};
use crate::run::{RuleHome, RuleOutcome, Run};

/// Colours in the order of the rules.
const CLASSES: [&str; 3] = ["shared", "second", "third"];
const PPM: f64 = 1e6;

pub fn section(run: &Run) -> String {
    let Some(first) = run.comparison.first() else {
        return String::new();
    };
    let mut order: Vec<usize> = (0..first.homes.len())
        .filter(|slot| run.households[*slot].import.0 > 0)
        .collect();
    order.sort_by_key(|slot| (first.homes[*slot].coverage_ppm, *slot));

    let names: Vec<(&str, &str)> = CLASSES
        .iter()
        .zip(&run.comparison)
        .map(|(class, outcome)| (*class, outcome.rule.as_str()))
        .collect();
    let body = [
        overview(run, first, &order),
        legend(&names),
        "<h3>Part of each home's import that came from neighbours</h3>".to_owned(),
        coverage(run, &order),
        format!("<h3>Money against the rule {}</h3>", escape(&first.rule)),
        money_against(run, first, &order),
    ]
    .join("\n");
    let lead = "Even gives everybody the same until they have enough; pro rata gives more to who uses more; static gives fixed \
         parts and offers nothing again. Every rule has homes that would do better under another.";
    frame("rules", "The rules side by side", lead, &body)
}

fn overview(run: &Run, first: &RuleOutcome, order: &[usize]) -> String {
    let import: u128 = run
        .households
        .iter()
        .map(|home| home.import.milliwatt_hours())
        .sum();
    let rows: Vec<Vec<String>> = run
        .comparison
        .iter()
        .map(|outcome| {
            let mut covered: Vec<u32> = order
                .iter()
                .map(|slot| outcome.homes[*slot].coverage_ppm)
                .collect();
            covered.sort_unstable();
            let at = |position: usize| covered.get(position).copied().unwrap_or(0);
            let part = |ppm: u32| percent(ppm.into(), 1_000_000);
            let differs = |better: bool| {
                let pairs = outcome.homes.iter().zip(&first.homes);
                pairs
                    .filter(|(home, base)| {
                        if better {
                            gain(home) > gain(base)
                        } else {
                            gain(home) < gain(base)
                        }
                    })
                    .count()
            };
            vec![
                escape(&outcome.rule),
                energy(outcome.shared),
                percent(outcome.shared.milliwatt_hours(), import),
                part(at(0)),
                part(at(covered.len() / 2)),
                part(at(covered.len().saturating_sub(1))),
                differs(true).to_string(),
                differs(false).to_string(),
            ]
        })
        .collect();
    let better = format!("better than {}", escape(&first.rule));
    let head = [
        "rule",
        "shared",
        "of import",
        "lowest home",
        "median home",
        "highest home",
        &better,
        "worse",
    ];
    table(&head, &rows)
}

/// What a home has of a rule: what it saved, on an island what it earned less what it paid.
fn gain(home: &RuleHome) -> i128 {
    home.saved.unwrap_or(home.net)
}

fn coverage(run: &Run, order: &[usize]) -> String {
    let top = run
        .comparison
        .iter()
        .flat_map(|outcome| &outcome.homes)
        .map(|home| home.coverage_ppm)
        .max()
        .unwrap_or(0);
    let mut plot = Plot::new(
        260.0,
        (-1.0, order.len() as f64),
        (0.0, f64::from(top) / PPM * 105.0),
    )
    .y_axis("% of import");
    for (class, outcome) in CLASSES.iter().zip(&run.comparison).rev() {
        for (position, slot) in order.iter().enumerate() {
            let part = f64::from(outcome.homes[*slot].coverage_ppm) / PPM * 100.0;
            let title = format!("{}, {}: {part:.1} %", run.meters[*slot].name, outcome.rule);
            plot.dot(position as f64, part, class, &title);
        }
    }
    plot.x_labels(&[])
        .finish("Coverage of every home under each rule")
}

fn money_against(run: &Run, first: &RuleOutcome, order: &[usize]) -> String {
    let one = 10_f64.powi(run.currency.decimals.into());
    let others: Vec<(&str, &RuleOutcome)> = CLASSES.iter().copied().zip(&run.comparison).skip(1).collect();
    let against = |outcome: &RuleOutcome, slot: usize| gain(&outcome.homes[slot]) - gain(&first.homes[slot]);
    let all = || {
        others
            .iter()
            .flat_map(|(_, outcome)| order.iter().map(|slot| against(outcome, *slot) as f64 / one))
    };
    let (low, high) = all().fold((0.0_f64, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let mut plot =
        Plot::new(220.0, (-1.0, order.len() as f64), (low * 1.1, high * 1.1)).y_axis(&run.currency.name);
    for (class, outcome) in &others {
        for (position, slot) in order.iter().enumerate() {
            let value = against(outcome, *slot);
            let title = format!(
                "{}, {}: {}",
                run.meters[*slot].name,
                outcome.rule,
                money(value, &run.currency)
            );
            plot.dot(position as f64, value as f64 / one, class, &title);
        }
    }
    plot.x_labels(&[])
        .finish("What every home would gain or lose under the other rules")
}
