//! Disputes, offers, claims and payees as people read them.

use gridpact_client::Network;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    ClaimResponse, ClaimStatus, HeldWhy, IfPledgedResponse, ObjectionResponse, PayeeResponse, ProjectPledge,
    VotesResponse,
};
use gridpact_types::escrow::disputes::{DecidedBy, Decision, Dispute, Proposal, Reason};
use gridpact_units::{Amount, UnixSeconds};

use super::words::{percent, phase};
use crate::onchain::{listing, money, time, Listing};

/// A dispute.
pub fn dispute(dispute: Dispute) -> String {
    match dispute {
        Dispute::Milestone { milestone } => format!("the dispute about milestone {milestone}"),
        Dispute::Claim { claim } => format!("defects claim {claim}"),
    }
}

/// An offer.
pub fn proposal(proposal: Proposal) -> String {
    match proposal {
        Proposal::Split { dispute: about, kept } => format!(
            "of {} the contractor and the payees keep {}",
            dispute(about),
            percent(kept)
        ),
        Proposal::Due { milestone, due } => format!(
            "milestone {milestone} is due {}, later ones move by the same",
            time::show(due)
        ),
        Proposal::End {} => "to end the project together".to_owned(),
    }
}

/// How a dispute ended.
pub fn decision(decision: &Decision) -> String {
    let by = match decision.by {
        DecidedBy::Decider => "the decider",
        DecidedBy::Silence => "silence",
        DecidedBy::Consent => "consent",
    };
    format!("{} kept, by {by}", percent(decision.kept))
}

/// Objections, a row each.
pub fn objections(objections: &[ObjectionResponse], asset: &Asset, network: &Network) -> String {
    if objections.is_empty() {
        return "nobody objects\n".to_owned();
    }
    let mut list = Listing::new(["holder", "paid", "since", "reason", "its SHA-256"]);
    for objection in objections {
        list.row([
            objection.holder.clone(),
            money::show(objection.amount, asset, network),
            time::show(objection.at),
            objection.reason.uri.clone(),
            objection.reason.hash.to_hex(),
        ]);
    }
    list.to_string()
}

/// Defects claims, a row each.
pub fn claims(claims: &[ClaimResponse], asset: &Asset, network: &Network) -> String {
    if claims.is_empty() {
        return "no defects are claimed\n".to_owned();
    }
    let show = |amount: Amount| money::show(amount, asset, network);
    let mut list = Listing::new([
        "claim",
        "status",
        "asks for",
        "supported by",
        "decided until",
        "decided",
        "awarded",
        "reason",
        "the decider's",
    ]);
    for claim in claims {
        list.row([
            claim.claim.to_string(),
            status(claim.status).to_owned(),
            show(claim.amount),
            show(claim.supported),
            moment(claim.decide_until),
            claim.decided.as_ref().map_or_else(dash, decision),
            show(claim.awarded),
            claim.reason.uri.clone(),
            verdict(claim.verdict.as_ref()),
        ]);
    }
    list.to_string()
}

/// Where it is kept why the decider decided so.
pub fn verdict(verdict: Option<&Reason>) -> String {
    match verdict {
        None => dash(),
        Some(reason) if reason.uri.is_empty() => format!("SHA-256 {}", reason.hash),
        Some(reason) => reason.uri.clone(),
    }
}

const fn status(status: ClaimStatus) -> &'static str {
    match status {
        ClaimStatus::Gathering => "gathering",
        ClaimStatus::Open => "open",
        ClaimStatus::Decided => "decided",
        ClaimStatus::Lapsed => "lapsed",
    }
}

/// What an account has said.
pub fn votes(votes: &VotesResponse, asset: &Asset, network: &Network) -> String {
    let milestones: Vec<String> = votes.objects_to.iter().map(ToString::to_string).collect();
    listing::facts([
        ("paid", money::show(votes.paid, asset, network)),
        ("objects to milestones", or_dash(milestones.join(", "))),
        ("agrees to the offer", yes(votes.consents)),
        ("wants the end", yes(votes.wants_end)),
        (
            "supports claim",
            votes.supports.map_or_else(dash, |claim| claim.to_string()),
        ),
    ])
}

/// Payees: a row each, and one for each sum that is held back.
pub fn payees(payees: &[PayeeResponse], asset: &Asset, network: &Network) -> String {
    let show = |amount: Amount| money::show(amount, asset, network);
    let mut list = Listing::new(["payee", "account", "drawn", "drawable", "moving to"]);
    let mut held = Listing::new(["payee", "held back", "of milestone", "why", "until"]);
    for payee in payees {
        list.row([
            payee.payee.to_string(),
            payee.address.clone(),
            show(payee.drawn),
            show(payee.drawable),
            payee.moving_to.clone().unwrap_or_else(dash),
        ]);
        for sum in &payee.held {
            held.row([
                payee.payee.to_string(),
                show(sum.amount),
                sum.milestone.map_or_else(dash, |milestone| milestone.to_string()),
                why(sum.why).to_owned(),
                moment(sum.until),
            ]);
        }
    }
    format!("{list}\n{held}")
}

const fn why(why: HeldWhy) -> &'static str {
    match why {
        HeldWhy::Review => "review",
        HeldWhy::Dispute => "dispute",
        HeldWhy::Retention => "retention",
        HeldWhy::Claim => "a claim is open",
        HeldWhy::Bond => "bond",
    }
}

/// What an account has pledged, a row a project.
pub fn pledges_of(pledges: &[(&ProjectPledge, Asset)], network: &Network) -> String {
    if pledges.is_empty() {
        return "nothing is pledged\n".to_owned();
    }
    let mut list = Listing::new([
        "project",
        "phase",
        "pledged",
        "met",
        "paid",
        "refundable",
        "revenue",
    ]);
    for (entry, asset) in pledges {
        let show = |amount: Amount| money::show(amount, asset, network);
        let pledge = &entry.pledge;
        list.row([
            entry.project.to_string(),
            phase(entry.phase).to_owned(),
            show(pledge.amount),
            yes(pledge.consistent),
            show(pledge.paid),
            show(pledge.refundable),
            show(pledge.revenue),
        ]);
    }
    list.to_string()
}

/// What a pledge would do.
pub fn if_pledged(answer: &IfPledgedResponse, asset: &Asset, network: &Network) -> String {
    let show = |amount: Amount| money::show(amount, asset, network);
    if let Some(refused) = &answer.refused {
        return format!("it would be refused: {refused}\n");
    }
    listing::facts([
        ("its condition would be met", yes(answer.consistent)),
        ("others who would join", answer.others_joining.to_string()),
        ("conditions met", show(answer.consistent_total)),
        (
            "would lose its place",
            answer.displaced.clone().unwrap_or_else(dash),
        ),
        ("funded with", answer.funded.map_or_else(dash, show)),
        ("taken of it", show(answer.paid)),
    ])
}

/// A moment, where it is known.
pub fn moment(moment: Option<UnixSeconds>) -> String {
    moment.map_or_else(dash, time::show)
}

fn dash() -> String {
    "-".to_owned()
}

fn or_dash(text: String) -> String {
    if text.is_empty() {
        dash()
    } else {
        text
    }
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}
