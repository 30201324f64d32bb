//! A project's events, one after the other.

use gridpact_units::Amount;

use super::text::{amount, count, escape, moment};
use crate::run::{Milestone, Pledge, Project, Run};

/// When it was, and what happened, as markup.
type Event = (u64, String);

/// What happened when.
pub fn list(run: &Run, project: &Project) -> String {
    let money = |value: Amount| amount(value, &run.currency);
    let mut events = vec![(
        project.opened_at,
        format!("opens; target {}", money(project.target)),
    )];
    events.extend(project.pledges.iter().map(|made| pledge(made, money)));
    let contractor = escape(&project.contractor);
    events.extend(project.funded_at.map(|at| (at, "funded: exits close".to_owned())));
    let accepted = project.accepted_at;
    events.extend(accepted.map(|at| (at, format!("{contractor} accepts the terms"))));
    events.extend(project.milestones.iter().flat_map(|done| milestone(done, money)));
    events.extend(end(project, money));
    events.sort_by_key(|(at, _)| *at);

    let offset = run.stretches.first().map_or(0, |stretch| stretch.utc_offset);
    let items = shorten(events)
        .into_iter()
        .map(|(at, what)| format!("<li><time>{}</time> {what}</li>\n", moment(at, offset)));
    format!("<ol class=\"story\">\n{}</ol>", items.collect::<String>())
}

fn pledge(pledge: &Pledge, money: impl Fn(Amount) -> String) -> Event {
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
    let (party, sum) = (escape(&pledge.party), money(pledge.amount));
    (pledge.at, format!("{party} pledges {sum}{condition}{funds}"))
}

fn milestone(milestone: &Milestone, money: impl Fn(Amount) -> String) -> [Event; 2] {
    let title = format!("&ldquo;{}&rdquo;", escape(&milestone.title));
    let paid = money(milestone.paid);
    [
        (milestone.submitted_at, format!("{title} is submitted for review")),
        (milestone.paid_at, format!("draws {paid} for {title}")),
    ]
}

/// What was retained is drawn, or the deadline passes and the money goes back.
fn end(project: &Project, money: impl Fn(Amount) -> String) -> Vec<Event> {
    let mut events = Vec::new();
    let retention = project.retention.as_ref();
    if let Some((retention, at)) = retention.and_then(|kept| Some((kept, kept.released_at?))) {
        let what = format!(
            "the defects period is over: retention {} is drawn",
            money(retention.amount)
        );
        events.push((at, what));
    }
    if !project.absent.is_empty() {
        let absent: Vec<String> = project.absent.iter().map(|name| escape(name)).collect();
        let what = format!("deadline; missing: {}", absent.join(", "));
        events.push((project.deadline, what));
    }
    events.extend(project.refunds.iter().map(|refund| {
        let (party, sum) = (escape(&refund.party), money(refund.amount));
        (refund.at, format!("{party} takes {sum} back"))
    }));
    events
}

/// A long list of like events says no more than its ends.
fn shorten(mut events: Vec<Event>) -> Vec<Event> {
    const ENDS: usize = 12;
    let rest = events.len().saturating_sub(ENDS);
    if rest > ENDS.saturating_add(1) {
        let tail = events.split_off(rest);
        let left_out = events.split_off(ENDS);
        let at = left_out.first().map_or(0, |(at, _)| *at);
        let what = format!("&hellip; and {} like these", count(left_out.len(), "event"));
        events.push((at, what));
        events.extend(tail);
    }
    events
}
