//! Projects as people read them.

pub mod books;
pub mod disputes;
pub mod pledges;
pub mod words;

use gridpact_client::Network;
use gridpact_types::escrow::answers::{MilestoneStatus, ProjectResponse};
use gridpact_types::escrow::terms::{Admission, Terms};
use gridpact_units::Amount;

use self::words::{percent, phase};
use super::Agreed;
use crate::onchain::{listing, money, time, Listing};

/// The terms, a line each.
pub fn terms(terms: &Terms, network: &Network) -> String {
    let show = |amount: Amount| money::show(amount, &terms.asset, network);
    let mut facts = vec![
        ("title", terms.title.clone()),
        ("description", terms.description_uri.clone()),
        ("its SHA-256", terms.description_hash.to_hex()),
        ("target", show(terms.target)),
        ("cap", show(terms.cap)),
    ];
    match &terms.admission {
        Admission::Open { minimum } => facts.push(("open to all", format!("from {} on", show(*minimum)))),
        Admission::Named { parties } => {
            for party in parties {
                facts.push(("party", format!("{}  {}", party.address, show(party.amount))));
            }
        }
    }
    facts.extend([
        ("deadline", time::show(terms.deadline)),
        ("contractor", terms.contractor.clone()),
        (
            "accepts within",
            format!("{} of funding", time::show_duration(terms.accept_within)),
        ),
    ]);
    for (number, milestone) in terms.milestones.iter().enumerate() {
        let due = time::show(milestone.due);
        let mut line = format!(
            "{number}: {}, {}, due {due}",
            milestone.title,
            percent(milestone.share)
        );
        for part in &milestone.payees {
            line.push_str(&format!(", {} of it to payee {}", percent(part.part), part.payee));
        }
        facts.push(("milestone", line));
    }
    facts.extend([
        (
            "grace",
            format!("{} after a due date", time::show_duration(terms.grace)),
        ),
        ("consent", format!("{} of what was paid", percent(terms.consent))),
        ("bond", show(terms.bond)),
        ("retention", percent(terms.retention)),
        ("review", time::show_duration(terms.review_period)),
        ("defects", time::show_duration(terms.defects_period)),
    ]);
    for (number, payee) in (1..).zip(&terms.payees) {
        facts.push(("payee", format!("{number}: {payee}")));
    }
    match &terms.decider {
        None => facts.push((
            "decider",
            "none: nobody can object to a milestone, nor claim defects".to_owned(),
        )),
        Some(decider) => facts.push((
            "decider",
            format!(
                "{}, called by {} of what was paid, decides within {}; if not, the contractor keeps {}",
                decider.address,
                percent(decider.objection),
                time::show_duration(decider.time_limit),
                percent(decider.silence)
            ),
        )),
    }
    listing::facts(facts)
}

/// The terms and their hash.
pub fn agreed(agreed: &Agreed, network: &Network) -> String {
    format!(
        "{}terms hash  {}\n",
        terms(&agreed.terms, network),
        agreed.hash.to_hex()
    )
}

/// A project.
pub fn project(found: &ProjectResponse, agreed: &Agreed, network: &Network) -> String {
    let show = |amount: Amount| money::show(amount, &agreed.terms.asset, network);
    let mut facts = vec![
        ("project", found.project.to_string()),
        ("phase", phase(found.phase).to_owned()),
        (
            "pledged",
            format!("{} in {} pledges", show(found.pledged), found.pledges),
        ),
        (
            "conditions met",
            format!(
                "{} in {} pledges",
                show(found.consistent),
                found.consistent_pledges
            ),
        ),
    ];
    facts.extend(found.funded.map(|funded| ("funded with", show(funded))));
    facts.extend(found.funded_at.map(|at| ("funded at", time::show(at))));
    facts.extend(found.accepted_at.map(|at| ("accepted at", time::show(at))));
    facts.push(("drawable", show(found.drawable)));
    facts.extend(found.defects_end.map(|at| ("defects end", time::show(at))));
    let mut text = listing::facts(facts);
    text.push('\n');
    text.push_str(&self::agreed(agreed, network));
    text.push('\n');
    let mut milestones = Listing::new([
        "milestone",
        "status",
        "amount",
        "retained",
        "due",
        "payable at",
        "objected",
        "decided until",
        "decided",
        "the decider's reason",
    ]);
    for milestone in &found.milestones {
        milestones.row([
            milestone.title.clone(),
            status(milestone.status).to_owned(),
            show(milestone.amount),
            show(milestone.retained),
            time::show(milestone.due),
            disputes::moment(milestone.payable_at),
            show(milestone.objected),
            disputes::moment(milestone.decide_until),
            milestone
                .decided
                .as_ref()
                .map_or_else(|| "-".to_owned(), disputes::decision),
            disputes::verdict(milestone.verdict.as_ref()),
        ]);
    }
    text.push_str(&milestones.to_string());
    text
}

/// Every project, a row each.
pub fn list(projects: &[ProjectResponse], network: &Network) -> String {
    if projects.is_empty() {
        return "no project yet: gridpact project open FILE\n".to_owned();
    }
    let mut list = Listing::new([
        "project",
        "phase",
        "title",
        "target",
        "conditions met",
        "deadline",
    ]);
    for found in projects {
        let (number, phase) = (found.project.to_string(), phase(found.phase).to_owned());
        // One project with terms that this program cannot read hides no other.
        let terms = match Agreed::of(found) {
            Ok(agreed) => agreed.terms,
            Err(unread) => {
                let none = String::new;
                list.row([number, phase, unread.to_string(), none(), none(), none()]);
                continue;
            }
        };
        let show = |amount: Amount| money::show(amount, &terms.asset, network);
        list.row([
            number,
            phase,
            terms.title.clone(),
            show(terms.target),
            show(found.consistent),
            time::show(terms.deadline),
        ]);
    }
    list.to_string()
}

fn status(status: MilestoneStatus) -> &'static str {
    match status {
        MilestoneStatus::Pending => "pending",
        MilestoneStatus::Submitted => "submitted",
        MilestoneStatus::Disputed => "disputed",
        MilestoneStatus::Payable => "payable",
        MilestoneStatus::Paid => "paid",
        MilestoneStatus::Returned => "returned",
    }
}
