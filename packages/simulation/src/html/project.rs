//! The money's way from pledge to contractor, or back.

use core::fmt::Write;

use gridpact_units::Amount;

use super::charts::{End, MoneyFlow};
use super::events;
use super::markup::section as frame;
use super::text::{amount, escape, percent};
use crate::run::{Ending, Project, Run};

/// Pledges drawn one by one; the rest is one band.
const BANDS: usize = 8;

pub fn section(run: &Run) -> String {
    let mut body = String::new();
    for project in &run.projects {
        let _ = write!(
            body,
            "<h3>{}</h3>\n<p class=\"lead\">{}</p>\n{}\n<details><summary>What happened when</summary>{}</details>\n",
            escape(&project.title),
            escape(&project.description),
            draw(run, project),
            events::list(run, project)
        );
    }
    let lead = "Nobody pays first: a pledge counts only together with the others it names. The contractor draws stage by stage; \
         what does not come together goes back.";
    frame("pledges", "From pledge to contractor", lead, &body)
}

fn draw(run: &Run, project: &Project) -> String {
    let pledges = project.pledges.iter();
    let total: u128 = pledges.clone().map(|pledge| pledge.amount.0).sum();
    if total == 0 {
        return "<p class=\"small\">Nobody pledged.</p>".to_owned();
    }
    let end = |name: &str, of: u128, class| End {
        name: format!("{name} {}", amount(Amount(of), &run.currency)),
        amount: of,
        class,
    };
    let from = fold(pledges.map(|pledge| (escape(&pledge.party), pledge.amount.0)));
    let (to, outcome) = match project.ending {
        Ending::Completed => {
            let paid = project.milestones.iter();
            let paid = paid.map(|stage| end(&escape(&stage.title), stage.paid.0, "shared"));
            let retention = project.retention.iter();
            let retention = retention.map(|kept| end("retention", kept.amount.0, "second"));
            let outcome = format!("drawn by {}", escape(&project.contractor));
            (paid.chain(retention).collect(), outcome)
        }
        Ending::Failed => {
            let refunds = project.refunds.iter();
            let refunds = fold(refunds.map(|refund| (escape(&refund.party), refund.amount.0)));
            let back = refunds
                .iter()
                .map(|(name, of)| end(&format!("back to {name}"), *of, "utility"));
            let outcome = format!(
                "{} of the target came together; everybody took their money back",
                percent(total, project.target.0)
            );
            (back.collect(), outcome)
        }
    };
    let flow = MoneyFlow {
        total,
        from: from.iter().map(|(name, of)| end(name, *of, "sun")).collect(),
        to,
        middle: format!("escrow {}", amount(Amount(total), &run.currency)),
        outcome,
    };
    flow.draw(&format!("The money of {}", project.title))
}

/// The first ends, and what remains as one.
fn fold(ends: impl Iterator<Item = (String, u128)>) -> Vec<(String, u128)> {
    let mut all: Vec<(String, u128)> = ends.collect();
    if all.len() > BANDS {
        let others = all.split_off(BANDS.saturating_sub(1));
        let sum = others.iter().map(|(_, amount)| amount).sum();
        all.push((format!("{} more", others.len()), sum));
    }
    all
}
