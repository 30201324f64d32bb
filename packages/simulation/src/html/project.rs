//! The money's way from pledge to contractor, or back.

use core::fmt::Write;

use super::chart::picture;
use super::section as frame;
use super::text::{amount, count, escape, moment, percent};
use crate::run::{Ending, Project, Run};

/// Pledges drawn one by one; the rest is one band.
const BANDS: usize = 8;
const FLOW_HEIGHT: f64 = 210.0;
const GAP: f64 = 6.0;
/// Above the bands: the escrow's name.
const TOP: f64 = 36.0;
/// A band's name needs this much.
const NAME_HEIGHT: f64 = 10.0;

pub fn section(run: &Run) -> String {
    let mut body = String::new();
    for project in &run.projects {
        let _ = write!(
            body,
            "<h3>{}</h3>\n<p class=\"lead\">{}</p>\n{}\n<details><summary>What happened when</summary>{}</details>\n",
            escape(&project.title),
            escape(&project.description),
            draw(run, project),
            story(run, project)
        );
    }
    let lead = "Nobody pays first: a pledge counts only together with the others it names. The contractor draws stage by stage; \
         what does not come together goes back.";
    frame("pledges", "From pledge to contractor", lead, &body)
}

/// One end of a band: a name, its size, its colour.
struct End {
    name: String,
    size: f64,
    class: &'static str,
}

fn draw(run: &Run, project: &Project) -> String {
    let total: u128 = project
        .pledges
        .iter()
        .map(|pledge| pledge.amount.base_units())
        .sum();
    if total == 0 {
        return "<p class=\"small\">Nobody pledged.</p>".to_owned();
    }
    let size = |base_units: u128| base_units as f64 / total as f64;
    let end = |name: String, base_units: u128, class| End {
        name: format!(
            "{name} {}",
            amount(gridpact_units::Amount(base_units), &run.currency)
        ),
        size: size(base_units),
        class,
    };
    let pledgers = fold(
        project
            .pledges
            .iter()
            .map(|pledge| (escape(&pledge.party), pledge.amount.base_units())),
        "more",
    );
    let left: Vec<End> = pledgers
        .into_iter()
        .map(|(name, amount)| end(name, amount, "sun"))
        .collect();
    let right: Vec<End> = match project.ending {
        Ending::Completed => {
            let mut stages: Vec<End> = project
                .milestones
                .iter()
                .map(|m| end(escape(&m.title), m.paid.base_units(), "shared"))
                .collect();
            stages.extend(
                project
                    .retention
                    .iter()
                    .map(|r| end("retention".to_owned(), r.amount.base_units(), "second")),
            );
            stages
        }
        Ending::Failed => fold(
            project
                .refunds
                .iter()
                .map(|r| (escape(&r.party), r.amount.base_units())),
            "more",
        )
        .into_iter()
        .map(|(name, amount)| end(format!("back to {name}"), amount, "utility"))
        .collect(),
    };
    let mut marks = String::new();
    bands(&mut marks, &left, (200.0, 390.0), true);
    bands(&mut marks, &right, (460.0, 650.0), false);
    let _ = writeln!(
        marks,
        "<rect class=\"demand\" x=\"390\" y=\"36\" width=\"70\" height=\"{FLOW_HEIGHT}\" rx=\"6\"/>"
    );
    let locked = amount(gridpact_units::Amount(total), &run.currency);
    let _ = writeln!(
        marks,
        "<text class=\"strong\" x=\"425\" y=\"22\" text-anchor=\"middle\">escrow {locked}</text>"
    );
    let height = TOP + height_of(&left).max(height_of(&right)) + 40.0;
    let bottom = height - 10.0;
    let outcome = match project.ending {
        Ending::Completed => format!("drawn by {}", escape(&project.contractor)),
        Ending::Failed => format!(
            "{} of the target came together; everybody took their money back",
            percent(total, project.target.base_units())
        ),
    };
    let _ = writeln!(
        marks,
        "<text x=\"425\" y=\"{bottom}\" text-anchor=\"middle\">{outcome}</text>"
    );
    picture(height, &format!("The money of {}", project.title), &marks)
}

/// The first ends, and what remains as one.
fn fold(ends: impl Iterator<Item = (String, u128)>, rest: &str) -> Vec<(String, u128)> {
    let mut all: Vec<(String, u128)> = ends.collect();
    if all.len() > BANDS {
        let others = all.split_off(BANDS - 1);
        let sum = others.iter().map(|(_, amount)| amount).sum();
        all.push((format!("{} {rest}", others.len()), sum));
    }
    all
}

/// How far down the bands' names reach.
fn height_of(ends: &[End]) -> f64 {
    ends.iter()
        .map(|end| (end.size * FLOW_HEIGHT).max(NAME_HEIGHT) + GAP)
        .sum()
}

/// Bands between the names at one side and the escrow in the middle.
fn bands(marks: &mut String, ends: &[End], x: (f64, f64), names_left: bool) {
    let (mut outer, mut inner) = (TOP, TOP);
    for end in ends {
        let height = end.size * FLOW_HEIGHT;
        let (outside, inside) = if names_left {
            (outer, inner)
        } else {
            (inner, outer)
        };
        let middle = (x.0 + x.1) / 2.0;
        let _ = writeln!(
            marks,
            "<path class=\"{} fade\" d=\"M{x0} {a:.1}C{middle} {a:.1} {middle} {b:.1} {x1} {b:.1}L{x1} {c:.1}C{middle} {c:.1} {middle} {d:.1} {x0} {d:.1}Z\"/>",
            end.class,
            x0 = x.0,
            x1 = x.1,
            a = outside,
            b = inside,
            c = inside + height,
            d = outside + height,
        );
        let (at, anchor) = if names_left {
            (x.0 - 8.0, "end")
        } else {
            (x.1 + 8.0, "start")
        };
        let centre = outer + height / 2.0 + 4.0;
        let _ = writeln!(
            marks,
            "<text x=\"{at}\" y=\"{centre:.1}\" text-anchor=\"{anchor}\">{}</text>",
            end.name
        );
        outer += height.max(NAME_HEIGHT) + GAP;
        inner += height;
    }
}

fn story(run: &Run, project: &Project) -> String {
    let money = |value| amount(value, &run.currency);
    let mut events: Vec<(u64, String)> = vec![(
        project.opened_at,
        format!("opens; target {}", money(project.target)),
    )];
    for pledge in &project.pledges {
        let condition = if pledge.condition.is_empty() {
            String::new()
        } else {
            format!(", {}", escape(&pledge.condition))
        };
        let funds = if pledge.funds {
            "; with it everything holds together"
        } else {
            ""
        };
        events.push((
            pledge.at,
            format!(
                "{} pledges {}{condition}{funds}",
                escape(&pledge.party),
                money(pledge.amount)
            ),
        ));
    }
    events.extend(project.funded_at.map(|at| (at, "funded: exits close".to_owned())));
    events.extend(
        project
            .accepted_at
            .map(|at| (at, format!("{} accepts the terms", escape(&project.contractor)))),
    );
    for milestone in &project.milestones {
        events.push((
            milestone.submitted_at,
            format!(
                "&ldquo;{}&rdquo; is submitted for review",
                escape(&milestone.title)
            ),
        ));
        events.push((
            milestone.paid_at,
            format!(
                "draws {} for &ldquo;{}&rdquo;",
                money(milestone.paid),
                escape(&milestone.title)
            ),
        ));
    }
    if let Some((retention, at)) = project
        .retention
        .as_ref()
        .and_then(|r| r.released_at.map(|at| (r, at)))
    {
        events.push((
            at,
            format!(
                "the defects period is over: retention {} is drawn",
                money(retention.amount)
            ),
        ));
    }
    if !project.absent.is_empty() {
        let absent: Vec<String> = project.absent.iter().map(|name| escape(name)).collect();
        events.push((
            project.deadline,
            format!("deadline; missing: {}", absent.join(", ")),
        ));
    }
    events.extend(project.refunds.iter().map(|r| {
        (
            r.at,
            format!("{} takes {} back", escape(&r.party), money(r.amount)),
        )
    }));
    events.sort_by_key(|(at, _)| *at);

    let shown = shorten(events);
    let offset = run.stretches.first().map_or(0, |stretch| stretch.utc_offset);
    let items = shown.iter().fold(String::new(), |items, (at, what)| {
        items + &format!("<li><time>{}</time> {what}</li>\n", moment(*at, offset))
    });
    format!("<ol class=\"story\">\n{items}</ol>")
}

/// A long list of like events says no more than its ends.
fn shorten(mut events: Vec<(u64, String)>) -> Vec<(u64, String)> {
    const ENDS: usize = 12;
    if events.len() > 2 * ENDS + 1 {
        let tail = events.split_off(events.len() - ENDS);
        let left_out = events.split_off(ENDS);
        let at = left_out.first().map_or(0, |(at, _)| *at);
        events.push((
            at,
            format!("&hellip; and {} like these", count(left_out.len(), "event")),
        ));
        events.extend(tail);
    }
    events
}
