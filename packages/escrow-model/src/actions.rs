//! What people may send, sensible or not.

use gridpact_chance::Chance;
use gridpact_types::escrow::answers::Phase;

use crate::conditions::Asks;
use crate::deal::Who;
use crate::messages::{Action, Message};
use crate::project::Project;
use crate::working;

/// Mostly what the project waits for, by those who may.
pub fn any(chance: &mut Chance, project: &Project, now: u64, names: &[String]) -> Action {
    let by = somebody(chance, project, names);
    let message = match (project.phase(now), chance.below(20)) {
        (Phase::Open, 0..14) => pledge(chance, project, &by, names),
        (Phase::Open, 14..17) => restate(chance, project, &by, names),
        (Phase::Funded, 0..8) => accept(chance, project),
        (Phase::Active, 0..4) => Message::Submit {
            milestone: u32::try_from(project.works.len()).unwrap(),
            short: chance.one_in(12),
        },
        (Phase::Active, 4..16) | (Phase::Terminated, 0..5) => working::any(chance, project, now, names),
        (Phase::Active, 16) => Message::Terminate,
        (Phase::Defects, 0..=8) | (Phase::Terminated, 5..=9) => working::defects(chance, project, now),
        (Phase::Defects | Phase::Closed, 9..12) => Message::Revenue(chance.within(1, project.deal.cap)),
        (Phase::Defects | Phase::Closed, 12..15) => Message::Claim,
        (Phase::Failed | Phase::Funded | Phase::Terminated, 11..=15) => Message::Refund,
        (Phase::Active | Phase::Defects | Phase::Closed | Phase::Terminated, 17..19) => draw(chance, project),
        _ => anything(chance, project, now, &by, names),
    };
    let usual = working::usual_sender(chance, project, &message);
    Action {
        by: usual.filter(|_| !chance.one_in(12)).unwrap_or(by),
        message,
        other_terms: chance.one_in(25),
    }
}

/// What the moment is for, and passes: chance alone seldom finds it.
pub fn timely(chance: &mut Chance, project: &Project, now: u64) -> Option<Action> {
    let mut fitting = Vec::new();
    let late = project.next_due(now).is_some_and(|due| now >= due);
    if project.phase(now) == Phase::Active && (late || project.missed()) {
        fitting.extend([Message::ConsentToEnd, Message::Terminate]);
    }
    if project.offer.is_some() {
        fitting.push(Message::WithdrawOffer);
    }
    for (claim, gathered) in &project.claims {
        if gathered.open_at.is_none() {
            let claim = *claim;
            fitting.extend([Message::Support { claim }, Message::WithdrawSupport]);
        }
    }
    for (milestone, work) in (0..).zip(&project.works) {
        if work.disputed_at.is_none() && !work.objecting.is_empty() {
            fitting.push(Message::WithdrawObjection { milestone });
        }
    }
    for (payee, named) in (0..).zip(&project.payees) {
        if named.next.is_some() {
            fitting.push(Message::Confirm { payee });
        }
    }
    if fitting.is_empty() {
        return None;
    }
    let message = chance.of(&fitting).clone();
    let by = working::usual_sender(chance, project, &message);
    Some(Action {
        by: by.unwrap_or_else(|| "stranger".to_owned()),
        message,
        other_terms: false,
    })
}

fn accept(chance: &mut Chance, project: &Project) -> Message {
    let bond = project.deal.bond;
    Message::Accept {
        bond: match chance.below(12) {
            0 => bond + 1,
            1 => bond.saturating_sub(1),
            _ => bond,
        },
    }
}

fn draw(chance: &mut Chance, project: &Project) -> Message {
    let payees = u64::from(project.deal.payees) + 1;
    let most = payees + u64::from(chance.one_in(20));
    Message::Draw {
        payee: u32::try_from(chance.below(most)).unwrap(),
    }
}

fn somebody(chance: &mut Chance, project: &Project, names: &[String]) -> String {
    match chance.below(30) {
        0 => chance.of(&["contractor", "decider", "payee 1"]).to_string(),
        1 => "stranger".to_owned(),
        // Those who are owed something of earlier.
        2..8 if !project.displaced.is_empty() => {
            let owed: Vec<String> = project.displaced.keys().cloned().collect();
            chance.of(&owed).clone()
        }
        8..16 => {
            let new = names.iter().filter(|name| !project.pledges.contains_key(*name));
            let new: Vec<String> = new.cloned().collect();
            chance.of(if new.is_empty() { names } else { &new }).clone()
        }
        _ => chance.of(names).clone(),
    }
}

fn anything(chance: &mut Chance, project: &Project, now: u64, by: &str, names: &[String]) -> Message {
    match chance.below(12) {
        0 => pledge(chance, project, by, names),
        1 => restate(chance, project, by, names),
        2 => accept(chance, project),
        3 => Message::Submit {
            milestone: u32::try_from(chance.below(5)).unwrap(),
            short: false,
        },
        4 => draw(chance, project),
        5 => Message::Terminate,
        6 => Message::Revenue(chance.within(1, 100)),
        7 => Message::Claim,
        8 | 9 => working::any(chance, project, now, names),
        10 => working::defects(chance, project, now),
        _ => Message::Refund,
    }
}

fn pledge(chance: &mut Chance, project: &Project, by: &str, names: &[String]) -> Message {
    let deal = &project.deal;
    let amount = match (&deal.who, chance.below(10)) {
        (_, 0) => chance.within(1, deal.cap + 1),
        (Who::Named(parties), _) => parties.get(by).copied().unwrap_or(deal.target),
        (Who::Anybody { minimum }, 1) => (*minimum - chance.within(0, 1)).max(1),
        // Where hundreds pledge, most pledge little.
        (Who::Anybody { minimum }, 2..9) if project.pledges.len() > 100 => {
            chance.within(*minimum, *minimum * 2)
        }
        (Who::Anybody { minimum }, _) => chance.within(*minimum, (deal.target / 2).max(*minimum)),
    };
    let asks = match project.pledges.get(by) {
        Some(earlier) if !chance.one_in(4) => earlier.asks.clone(),
        _ => Asks::any(chance, deal, names),
    };
    Message::Pledge { amount, asks }
}

fn restate(chance: &mut Chance, project: &Project, by: &str, names: &[String]) -> Message {
    match project.pledges.get(by) {
        Some(earlier) if !chance.one_in(6) => Message::Restate(earlier.asks.changed(chance)),
        _ => Message::Restate(Asks::any(chance, &project.deal, names)),
    }
}
