//! The community's day: surplus, deficit and what was shared, averaged over a stretch by the local time of day.

use super::charts::Day;
use super::markup::{legend, section as frame};
use super::text::{count, escape};
use crate::run::Run;

pub fn section(run: &Run) -> String {
    let days: Vec<Day> = run
        .stretches
        .iter()
        .map(|stretch| Day::of(run, stretch))
        .collect();
    let mut body = legend(&[
        ("sun", "surplus of some homes"),
        ("shared", "shared with neighbours"),
        ("demand", "what the others needed"),
    ]);
    for (stretch, day) in run.stretches.iter().zip(&days) {
        let whole_days = stretch.intervals.checked_div(day.intervals()).unwrap_or_default();
        let name = format!(
            "{}, mean of {}",
            escape(&stretch.label),
            count(whole_days.max(1), "day")
        );
        body.push_str(&format!("<h3>{name}</h3>\n{}", day.draw(&days, &name)));
    }
    frame(
        "day",
        "The community's day",
        "Where the green reaches the line, neighbours covered everything; amber above green went to nobody here.",
        &body,
    )
}
