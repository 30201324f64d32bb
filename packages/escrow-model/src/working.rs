//! What may be sent once a project is accepted, sensible or not.

use gridpact_chance::Chance;
use gridpact_types::escrow::disputes::{Dispute, Proposal};
use gridpact_units::{BasisPoints, UnixSeconds};

use crate::deal::DAY;
use crate::messages::Message;
use crate::project::Project;

/// Who sends such a message, where one does.
pub fn usual_sender(chance: &mut Chance, project: &Project, message: &Message) -> Option<String> {
    let payee = |number: u32| project.payees.get(number as usize);
    match message {
        Message::Accept { .. } | Message::Submit { .. } | Message::Offer(_) | Message::WithdrawOffer => {
            Some("contractor".to_owned())
        }
        Message::Decide { .. } => Some("decider".to_owned()),
        Message::Draw { payee: number } | Message::Move { payee: number, .. } => {
            payee(*number).map(|payee| payee.name.clone())
        }
        Message::Confirm { payee: number } => payee(*number).and_then(|payee| payee.next.clone()),
        Message::WithdrawObjection { milestone } => {
            let work = project.works.get(*milestone as usize)?;
            some_of(chance, work.objecting.iter())
        }
        Message::WithdrawSupport => {
            let claims = project.claims.values().filter(|claim| claim.decided.is_none());
            some_of(chance, claims.flat_map(|claim| &claim.supporting))
        }
        Message::Object { .. }
        | Message::Consent { .. }
        | Message::ConsentToEnd
        | Message::ClaimDefects { .. }
        | Message::Support { .. } => some_of(chance, project.pledges.keys()),
        _ => None,
    }
}

fn some_of<'a>(chance: &mut Chance, names: impl Iterator<Item = &'a String>) -> Option<String> {
    let names: Vec<&String> = names.collect();
    (!names.is_empty()).then(|| (*chance.of(&names)).clone())
}

/// What is said while the work goes on.
pub fn any(chance: &mut Chance, project: &Project, now: u64, names: &[String]) -> Message {
    let milestone = milestone(chance, project);
    if project.offer.is_some() && chance.one_in(3) {
        let offer = project.offers;
        return Message::Consent { offer };
    }
    match chance.below(16) {
        0..4 => Message::Object { milestone },
        4 => Message::WithdrawObjection { milestone },
        5..7 => decide(chance, project),
        7..9 => Message::Offer(proposal(chance, project, now)),
        9 if chance.one_in(4) => Message::WithdrawOffer,
        9..12 => Message::Consent {
            offer: project.offers + u64::from(chance.one_in(12)),
        },
        12..14 => Message::ConsentToEnd,
        14 => Message::Move {
            payee: u32::try_from(chance.below(u64::from(project.deal.payees) + 2)).unwrap(),
            to: if chance.one_in(3) {
                "stranger".to_owned()
            } else {
                chance.of(names).clone()
            },
        },
        _ => Message::Confirm {
            payee: u32::try_from(chance.below(u64::from(project.deal.payees) + 1)).unwrap(),
        },
    }
}

/// What is said of defects.
pub fn defects(chance: &mut Chance, project: &Project, now: u64) -> Message {
    let left = project.retention_left(now);
    match chance.below(10) {
        0..3 => Message::ClaimDefects {
            amount: match chance.below(8) {
                0 => left + 1,
                1 => 0,
                2 => left,
                _ => chance.within(1, left.max(1)),
            },
        },
        3..5 => Message::Support {
            claim: (project.last_claim + u64::from(chance.one_in(8))).saturating_sub(chance.below(2)),
        },
        5 => Message::WithdrawSupport,
        6..8 => decide(chance, project),
        8 => Message::Offer(proposal(chance, project, now)),
        _ => Message::Consent {
            offer: project.offers,
        },
    }
}

/// Mostly the last submitted one.
fn milestone(chance: &mut Chance, project: &Project) -> u32 {
    let submitted = u64::try_from(project.works.len()).unwrap();
    let back = if chance.one_in(4) { chance.below(3) } else { 1 };
    u32::try_from(submitted.saturating_sub(back)).unwrap()
}

fn dispute(chance: &mut Chance, project: &Project) -> Dispute {
    let open = project.disputes();
    if open.is_empty() || chance.one_in(12) {
        return if chance.one_in(2) {
            Dispute::Milestone {
                milestone: milestone(chance, project),
            }
        } else {
            Dispute::Claim {
                claim: project.last_claim,
            }
        };
    }
    chance.of(&open).0
}

fn kept(chance: &mut Chance) -> u16 {
    match chance.below(8) {
        0 | 1 => 0,
        2 => 10_000,
        3 if chance.one_in(3) => 10_001,
        _ => u16::try_from(chance.below(10_001)).unwrap(),
    }
}

fn decide(chance: &mut Chance, project: &Project) -> Message {
    Message::Decide {
        dispute: dispute(chance, project),
        kept: kept(chance),
    }
}

fn proposal(chance: &mut Chance, project: &Project, now: u64) -> Proposal {
    match chance.below(5) {
        0 if chance.one_in(3) => Proposal::End {},
        0..4 if !project.disputes().is_empty() => Proposal::Split {
            dispute: dispute(chance, project),
            kept: BasisPoints(kept(chance)),
        },
        _ => {
            let next = u64::try_from(project.works.len()).unwrap();
            let milestone = next + chance.below(2);
            let place = usize::try_from(milestone)
                .unwrap()
                .min(project.deal.due.len() - 1);
            let due = project.due(place, now);
            Proposal::Due {
                milestone: u32::try_from(milestone).unwrap(),
                due: UnixSeconds(match chance.below(12) {
                    0 => due,
                    1 => now + 3_653 * DAY + chance.below(2),
                    _ => due + chance.below(20 * DAY) + 1,
                }),
            }
        }
    }
}
