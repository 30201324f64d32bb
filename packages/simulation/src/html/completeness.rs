//! How complete the readings are: a row a meter, a column a day.

use core::fmt::Write;

use gridpact_readings::completeness::{Completeness, DayCount};
use gridpact_readings::findings::what::Severity;

use super::markup::{legend, section as frame, table};
use super::text::{count, escape, percent};
use crate::run::Told;

/// Meters drawn, those with the most missing first: more rows are thinner than a line.
const MAX_ROWS: usize = 200;
/// Columns drawn; of more days several share one.
const MAX_COLUMNS: usize = 400;
/// Findings listed: a page to read and no log.
const MAX_LISTED: usize = 500;
/// Width of the names and of the picture beside them, and the height of a line of text, px.
const NAMES: usize = 170;
const WIDTH: usize = 800;
const LINE: usize = 16;

/// How complete they are, as a section.
pub fn section(complete: &Completeness) -> String {
    let all = complete
        .meters
        .iter()
        .fold(DayCount::default(), |sum, meter| sum.plus(meter.total()));
    let lead = match all.missing() {
        0 => format!("All {} readings are there.", all.intervals),
        missing => format!(
            "{} of {} readings are missing, {}; what is missing neither buys nor sells.",
            missing,
            all.intervals,
            percent(missing.into(), all.intervals.into())
        ),
    };
    let body = legend(&[
        ("shared", "complete"),
        ("sun", "partly substituted"),
        ("loss fade", "partly missing"),
        ("loss", "missing"),
    ]) + &picture(complete);
    frame("completeness", "How complete the readings are", &lead, &body)
}

/// What was doubtful, as a section; nothing where nothing was.
pub fn doubtful(findings: &[Told]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let rows = findings.iter().take(MAX_LISTED);
    let rows: Vec<Vec<String>> = rows
        .map(|Told { severity, text }| {
            let class = if severity == Severity::Note.name() {
                "small"
            } else {
                "breach"
            };
            vec![
                format!("<span class=\"{class}\">{}</span>", escape(severity)),
                format!("<span class=\"said\">{}</span>", escape(text)),
            ]
        })
        .collect();
    let mut body = table(&["", ""], &rows);
    if let Some(more) = findings.len().checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        let _ = write!(body, "<p class=\"small\">And {more} more.</p>");
    }
    let lead = "Told before anything was settled, what matters most first: a loss is a reading that is missing, a doubt one that was \
                substituted or may be wrong.";
    frame("doubtful", "What was doubtful in the files", lead, &body)
}

fn picture(complete: &Completeness) -> String {
    let mut meters: Vec<_> = complete.meters.iter().collect();
    if meters.len() > MAX_ROWS {
        meters.sort_by_key(|meter| core::cmp::Reverse(meter.total().missing()));
        meters.truncate(MAX_ROWS);
    }
    let together = complete.days.len().div_ceil(MAX_COLUMNS).max(1);
    let columns = complete.days.len().div_ceil(together).max(1);
    let cell = WIDTH.checked_div(columns).unwrap_or(1).max(1);
    let height = if meters.len() > 60 { 8 } else { LINE };
    let (rows, width) = (
        meters.len().saturating_mul(height),
        cell.saturating_mul(columns).saturating_add(NAMES),
    );
    let mut svg = format!(
        "<svg viewBox=\"0 0 {width} {}\" role=\"img\" aria-label=\"How complete every meter is on every day\">\n",
        rows.saturating_add(LINE.saturating_mul(2))
    );
    for (row, meter) in meters.iter().enumerate() {
        let y = row.saturating_mul(height);
        if height == LINE || row.is_multiple_of(2) {
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                NAMES.saturating_sub(6),
                y.saturating_add(12),
                escape(&shortened(&meter.name))
            );
        }
        let counts: Vec<DayCount> = meter
            .days
            .chunks(together)
            .map(|days| days.iter().fold(DayCount::default(), |sum, day| sum.plus(*day)))
            .collect();
        let mut column = 0_usize;
        for run in counts.chunk_by(|one, next| class(one) == class(next)) {
            let sum = run.iter().fold(DayCount::default(), |sum, day| sum.plus(*day));
            let first = column.saturating_mul(together);
            let last = column
                .saturating_add(run.len())
                .saturating_mul(together)
                .saturating_sub(1);
            if let Some(class) = class(&sum) {
                let _ = writeln!(
                    svg,
                    "<rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{}\"><title>{}: {}</title></rect>",
                    column.saturating_mul(cell).saturating_add(NAMES),
                    run.len().saturating_mul(cell),
                    height.saturating_sub(2),
                    escape(&meter.name),
                    words(complete, first, last, &sum)
                );
            }
            column = column.saturating_add(run.len());
        }
    }
    let below = rows.saturating_add(LINE);
    for (x, anchor, day) in [
        (NAMES, "start", complete.days.first()),
        (width, "end", complete.days.last()),
    ] {
        if let Some(day) = day {
            let _ = writeln!(
                svg,
                "<text x=\"{x}\" y=\"{below}\" text-anchor=\"{anchor}\">{day}</text>"
            );
        }
    }
    svg.push_str("</svg>");
    if complete.meters.len() > meters.len() {
        let _ = write!(
            svg,
            "<p class=\"small\">The {} with the most missing, of {}.</p>",
            count(meters.len(), "meter"),
            complete.meters.len()
        );
    }
    svg
}

/// The colour of a count; `None` where the data covers nothing.
fn class(count: &DayCount) -> Option<&'static str> {
    match (count.intervals, count.missing(), count.substituted) {
        (0, _, _) => None,
        (all, missing, _) if all == missing => Some("loss"),
        (_, 0, 0) => Some("shared"),
        (_, 0, _) => Some("sun"),
        _ => Some("loss fade"),
    }
}

fn words(complete: &Completeness, first: usize, last: usize, sum: &DayCount) -> String {
    let last = last.min(complete.days.len().saturating_sub(1));
    let day = |at: usize| complete.days.get(at).cloned().unwrap_or_default();
    let days = if first == last {
        day(first)
    } else {
        format!("{} to {}", day(first), day(last))
    };
    format!(
        "{days}: {} of {} missing, {} substituted",
        sum.missing(),
        sum.intervals,
        sum.substituted
    )
}

/// A name that fits beside the picture.
fn shortened(name: &str) -> String {
    const LETTERS: usize = 24;
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    name.chars()
        .take(LETTERS.saturating_sub(1))
        .chain(['…'])
        .collect()
}
