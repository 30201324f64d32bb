//! The same readings under every rule: coverage and money of every home, losers included.

use gridpact_units::decimal::show_rounded;

use super::charts::{Dot, Scatter, Series};
use super::markup::{legend, section as frame, table};
use super::text::{energy, escape, money, percent};
use crate::run::{RuleHome, RuleOutcome, Run};
use crate::sums;

/// Colours in the order of the rules.
const CLASSES: [&str; 5] = ["shared", "second", "third", "fourth", "fifth"];

pub fn section(run: &Run) -> String {
    let Some(first) = run.comparison.first() else {
        return String::new();
    };
    let homes = first.homes.iter().zip(&run.households).enumerate();
    let mut order: Vec<(u32, usize)> = homes
        .filter(|(_, (_, household))| household.import.0 > 0)
        .map(|(slot, (home, _))| (home.coverage_ppm, slot))
        .collect();
    order.sort_unstable();
    let order: Vec<usize> = order.into_iter().map(|(_, slot)| slot).collect();

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
        every_home(run, first),
    ]
    .join("\n");
    let lead = "Even gives everybody the same until they have enough; pro_rata gives more to who uses more; static gives fixed parts \
         and offers what is left again, static-no-reoffer does not; priority serves one after the other, in their order. Every rule \
         has homes that would do better under another.";
    frame("rules", "The rules side by side", lead, &body)
}

/// Every home under every rule: what it comes to, and who loses against the first.
fn every_home(run: &Run, first: &RuleOutcome) -> String {
    let rows = first.homes.iter().enumerate().map(|(slot, base)| {
        let cells = run
            .comparison
            .iter()
            .filter_map(|outcome| outcome.homes.get(slot));
        let cells = cells.map(|home| {
            let (class, mark) = match gain(home).cmp(&gain(base)) {
                core::cmp::Ordering::Less => ("breach", " loses"),
                core::cmp::Ordering::Greater => ("ok", " gains"),
                core::cmp::Ordering::Equal => ("", ""),
            };
            format!(
                "<span class=\"{class}\">{}{mark}</span>",
                money(gain(home), &run.currency)
            )
        });
        [escape(run.meter_name(slot))].into_iter().chain(cells).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let rules = run.comparison.iter().map(|outcome| outcome.rule.as_str());
    let head: Vec<&str> = ["home"].into_iter().chain(rules).collect();
    format!(
        "<details><summary>Every home under every rule</summary>{}</details>",
        table(&head, &rows)
    )
}

fn overview(run: &Run, first: &RuleOutcome, order: &[usize]) -> String {
    let import = sums::energy(run.households.iter().map(|home| home.import)).0;
    let row = |outcome: &RuleOutcome| {
        let homes = order.iter().filter_map(|slot| outcome.homes.get(*slot));
        let mut covered: Vec<u32> = homes.map(|home| home.coverage_ppm).collect();
        covered.sort_unstable();
        let part = |home: Option<&u32>| percent(home.copied().unwrap_or_default().into(), 1_000_000);
        let pairs = || outcome.homes.iter().zip(&first.homes);
        let better = pairs().filter(|(home, base)| gain(home) > gain(base)).count();
        let worse = pairs().filter(|(home, base)| gain(home) < gain(base)).count();
        vec![
            escape(&outcome.rule),
            energy(outcome.shared),
            percent(outcome.shared.0, import),
            part(covered.first()),
            part(covered.get(covered.len() / 2)),
            part(covered.last()),
            better.to_string(),
            worse.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = run.comparison.iter().map(row).collect();
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
    let dot = |outcome: &RuleOutcome, slot: &usize| {
        let covered = outcome.homes.get(*slot).map_or(0, |home| home.coverage_ppm);
        let part = show_rounded(covered.into(), 4, 1);
        Dot {
            value: covered.into(),
            title: format!("{}, {}: {part} %", run.meter_name(*slot), outcome.rule),
        }
    };
    let series = |(class, outcome): (&&'static str, &RuleOutcome)| Series {
        class,
        dots: order.iter().map(|slot| dot(outcome, slot)).collect(),
    };
    // The first rule's dots lie above the others'.
    let rules = CLASSES.iter().zip(&run.comparison).rev();
    let picture = Scatter {
        height: 260,
        scale: 4,
        unit: "% of import",
        room: 5,
        label: "Coverage of every home under each rule",
    };
    picture.draw(&rules.map(series).collect::<Vec<_>>())
}

fn money_against(run: &Run, first: &RuleOutcome, order: &[usize]) -> String {
    let of = |outcome: &RuleOutcome, slot: usize| outcome.homes.get(slot).map_or(0, gain);
    let dot = |outcome: &RuleOutcome, slot: usize| {
        let value = of(outcome, slot).saturating_sub(of(first, slot));
        let against = money(value, &run.currency);
        Dot {
            value,
            title: format!("{}, {}: {against}", run.meter_name(slot), outcome.rule),
        }
    };
    let series = |(class, outcome): (&&'static str, &RuleOutcome)| Series {
        class,
        dots: order.iter().map(|slot| dot(outcome, *slot)).collect(),
    };
    let others = CLASSES.iter().zip(&run.comparison).skip(1);
    let picture = Scatter {
        height: 220,
        scale: run.currency.scale(),
        unit: &run.currency.name,
        room: 10,
        label: "What every home would gain or lose under the other rules",
    };
    picture.draw(&others.map(series).collect::<Vec<_>>())
}
