//! What people may send, sensible or not.

use gridpact_types::escrow::answers::Phase;

use super::chance::Chance;
use super::conditions::Asks;
use super::deal::Who;
use super::project::Project;

#[derive(Clone, Debug)]
pub enum Message {
    Pledge {
        amount: u128,
        asks: Asks,
    },
    Restate(Asks),
    Accept,
    Submit {
        milestone: u32,
        /// With a hash of 31 bytes.
        short: bool,
    },
    Draw,
    Terminate,
    Refund,
    Revenue(u128),
    Claim,
}

/// A message of somebody.
#[derive(Clone, Debug)]
pub struct Action {
    pub by: String,
    pub message: Message,
    /// With another hash of terms, where it names one.
    pub other_terms: bool,
}

impl Message {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pledge { .. } => "pledge",
            Self::Restate(_) => "restate",
            Self::Accept => "accept",
            Self::Submit { .. } => "submit",
            Self::Draw => "draw",
            Self::Terminate => "terminate",
            Self::Refund => "refund",
            Self::Revenue(_) => "revenue",
            Self::Claim => "claim",
        }
    }
}

/// Mostly what the project waits for, by those who may.
pub fn any(chance: &mut Chance, project: &Project, now: u64, names: &[String]) -> Action {
    let by = somebody(chance, project, names);
    let next = u32::try_from(project.submitted.len()).unwrap();
    let message = match (project.phase(now), chance.below(20)) {
        (Phase::Open, 0..14) => pledge(chance, project, &by, names),
        (Phase::Open, 14..17) => restate(chance, project, &by, names),
        (Phase::Funded, 0..8) => Message::Accept,
        (Phase::Active, 0..8) => Message::Submit {
            milestone: next,
            short: chance.one_in(12),
        },
        (Phase::Active | Phase::Defects | Phase::Closed | Phase::Terminated, 8..11) => Message::Draw,
        (Phase::Active, 11..14) => Message::Terminate,
        (Phase::Defects | Phase::Closed, 0..5) => Message::Revenue(chance.within(1, project.deal.cap)),
        (Phase::Defects | Phase::Closed, 5..8) => Message::Claim,
        (Phase::Failed | Phase::Funded | Phase::Terminated, 11..19) => Message::Refund,
        _ => anything(chance, project, &by, names),
    };
    let contractors = matches!(message, Message::Accept | Message::Submit { .. } | Message::Draw);
    Action {
        by: if contractors && !chance.one_in(12) {
            "contractor".to_owned()
        } else {
            by
        },
        message,
        other_terms: chance.one_in(25),
    }
}

fn somebody(chance: &mut Chance, project: &Project, names: &[String]) -> String {
    match chance.below(30) {
        0 => "contractor".to_owned(),
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

fn anything(chance: &mut Chance, project: &Project, by: &str, names: &[String]) -> Message {
    match chance.below(9) {
        0 => pledge(chance, project, by, names),
        1 => restate(chance, project, by, names),
        2 => Message::Accept,
        3 => Message::Submit {
            milestone: u32::try_from(chance.below(5)).unwrap(),
            short: false,
        },
        4 => Message::Draw,
        5 => Message::Terminate,
        6 => Message::Revenue(chance.within(1, 100)),
        7 => Message::Claim,
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
