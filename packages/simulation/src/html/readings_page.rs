//! The page of `gridpact readings check`: what files of meters hold, before anything is settled.

use gridpact_readings::completeness::Completeness;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::findings::what::Severity;
use gridpact_readings::findings::Finding;

use super::completeness;
use super::markup::{section as frame, table};
use super::page;
use super::text::{count, energy, escape, percent};
use crate::run::Told;

/// The page.
pub fn readings_page(dataset: &Dataset, complete: &Completeness) -> String {
    let sections = [
        head(dataset, complete),
        completeness::section(complete),
        completeness::doubtful(&told(dataset)),
        meters(dataset, complete),
    ];
    page(&dataset.name, &sections)
}

/// Findings as they are told.
pub fn told(dataset: &Dataset) -> Vec<Told> {
    let told = |finding: &Finding| Told {
        severity: finding.what.severity().name().to_owned(),
        text: finding.to_string(),
    };
    dataset.findings.iter().map(told).collect()
}

fn head(dataset: &Dataset, complete: &Completeness) -> String {
    let of = |severity: Severity| {
        let found = dataset.findings.iter();
        found
            .filter(|finding| finding.what.severity() == severity)
            .count()
            .to_string()
    };
    let cards = [
        (complete.meters.len().to_string(), "meters"),
        (complete.days.len().to_string(), "days"),
        (format!("{} min", dataset.interval.seconds() / 60), "an interval"),
        (of(Severity::Loss), "losses: readings that are missing"),
        (of(Severity::Doubt), "doubts: substituted, or may be wrong"),
        (of(Severity::Note), "notes: how it was read"),
    ];
    let cards: String = cards
        .iter()
        .map(|(figure, what)| format!("<div class=\"card\"><b>{figure}</b><span>{what}</span></div>\n"))
        .collect();
    let days = complete.days.first().zip(complete.days.last());
    let days = days.map(|(first, last)| format!(", {first} to {last}"));
    format!(
        "<h1>Readings of {}</h1>\n<p class=\"lead\">{}{}</p>\n<div class=\"cards\">\n{cards}</div>",
        escape(&dataset.name),
        count(complete.meters.len(), "meter"),
        days.unwrap_or_default(),
    )
}

fn meters(dataset: &Dataset, complete: &Completeness) -> String {
    let totals = dataset.totals();
    let rows = complete
        .meters
        .iter()
        .zip(totals)
        .map(|(meter, (import, export))| {
            let total = meter.total();
            let there = total.intervals.saturating_sub(total.missing());
            vec![
                escape(&meter.name),
                percent(there.into(), total.intervals.into()),
                total.measured.to_string(),
                total.substituted.to_string(),
                total.missing().to_string(),
                energy(import),
                energy(export),
            ]
        });
    let rows: Vec<Vec<String>> = rows.collect();
    let head = [
        "meter",
        "there",
        "measured",
        "substituted",
        "missing",
        "taken",
        "given",
    ];
    frame(
        "meters",
        "Meter by meter",
        "Energy over the connection point, as metered.",
        &table(&head, &rows),
    )
}
