//! A life told in sentences, and reduced to the least that still fails.

use core::fmt;
use std::panic::{catch_unwind, set_hook, take_hook, AssertUnwindSafe};
use std::time::Duration;

use gridpact_types::escrow::disputes::{Dispute, Proposal};

use super::actions::{Action, Message};
use super::conditions::Asks;
use super::deal::{Deal, Who};
use super::life::Life;
use super::shrink::least;
use crate::harness::{DAY, START};

/// How long a failure is reduced at most.
const PATIENCE: Duration = Duration::from_secs(120);

/// Something that happened in a life.
#[derive(Clone, Debug)]
pub struct Event {
    pub at: u64,
    /// What somebody sent to the first project or the second; nothing where time passed.
    pub sent: Option<(usize, Action)>,
    /// Whether everything was compared then.
    pub compared: bool,
}

/// Where a life came from, and whether everybody leaves in its end.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub seed: u64,
    pub crowded: bool,
    pub leaves: bool,
}

impl Origin {
    /// The same life as far as these events: what was found by chance is done as it was noted.
    pub fn again(self, events: &[Event]) -> Life {
        let mut life = Life::before(self.seed, self.crowded);
        events.iter().for_each(|event| life.repeat(event));
        if self.leaves {
            life.everybody_leaves();
        }
        life
    }

    /// The least of a life that failed which still fails, in sentences.
    pub fn story(self, events: &[Event]) -> String {
        let hook = take_hook();
        set_hook(Box::new(|_| {}));
        let fails = |some: &[Event]| catch_unwind(AssertUnwindSafe(|| self.again(some))).is_err();
        let events = least(events, PATIENCE, fails);
        set_hook(hook);
        self.tell(&events)
    }

    /// Terms and events in sentences.
    pub fn tell(self, events: &[Event]) -> String {
        let life = Life::before(self.seed, self.crowded);
        let mut text = String::new();
        for (project, number) in life.projects.iter().zip(1..) {
            let about = |event: &Event| event.sent.as_ref().is_some_and(|(which, _)| which + 1 == number);
            if events.iter().any(about) {
                text += &format!("Project {number}: {}.\n", project.deal);
            }
        }
        for event in events {
            text += &format!("{event}.\n");
        }
        if self.leaves {
            text += "Everybody takes what is theirs.\n";
        }
        text
    }
}

/// `day 3, 04:05:06`, counted from the opening.
struct At(u64);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.0 - START;
        let [days, hours, minutes, seconds] =
            [since / DAY, since % DAY / 3_600, since % 3_600 / 60, since % 60];
        write!(f, "day {days}, {hours:02}:{minutes:02}:{seconds:02}")
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = At(self.at);
        match &self.sent {
            None => write!(f, "It is {at}"),
            Some((
                which,
                Action {
                    by,
                    message,
                    other_terms,
                },
            )) => {
                let terms = if *other_terms { ", of other terms" } else { "" };
                write!(f, "{at}: in project {} {by} {message}{terms}", which + 1)
            }
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pledge { amount, asks } => write!(f, "pledges {amount}{asks}"),
            Self::Restate(asks) => write!(f, "now pledges{asks}"),
            Self::Accept { bond } => write!(f, "accepts with a bond of {bond}"),
            Self::Submit { milestone, short } => {
                let hash = if *short {
                    ", with a hash that is too short"
                } else {
                    ""
                };
                write!(f, "submits milestone {milestone}{hash}")
            }
            Self::Object { milestone } => write!(f, "objects to milestone {milestone}"),
            Self::WithdrawObjection { milestone } => {
                write!(f, "takes the objection to milestone {milestone} back")
            }
            Self::Decide { dispute, kept } => {
                write!(f, "decides {}: {kept} of 10,000 kept", name(*dispute))
            }
            Self::Offer(Proposal::Split { dispute, kept }) => {
                write!(
                    f,
                    "offers to settle {}: {} of 10,000 kept",
                    name(*dispute),
                    kept.0
                )
            }
            Self::Offer(Proposal::Due { milestone, due }) => {
                write!(f, "offers milestone {milestone} for {}", At(due.0))
            }
            Self::Offer(Proposal::End {}) => write!(f, "offers to end together"),
            Self::WithdrawOffer => write!(f, "takes the offer back"),
            Self::Consent { offer } => write!(f, "consents to offer {offer}"),
            Self::ConsentToEnd => write!(f, "wants the end"),
            Self::ClaimDefects { amount } => write!(f, "claims {amount} for a defect"),
            Self::Support { claim } => write!(f, "supports claim {claim}"),
            Self::WithdrawSupport => write!(f, "takes support back"),
            Self::Move { payee, to } => write!(f, "names {to} to be paid as payee {payee}"),
            Self::Confirm { payee } => write!(f, "confirms to be paid as payee {payee}"),
            Self::Draw { payee } => write!(f, "draws as payee {payee}"),
            Self::Terminate => write!(f, "ends it"),
            Self::Refund => write!(f, "takes money back"),
            Self::Revenue(amount) => write!(f, "pays revenue of {amount}"),
            Self::Claim => write!(f, "claims revenue"),
        }
    }
}

fn name(dispute: Dispute) -> String {
    match dispute {
        Dispute::Milestone { milestone } => format!("milestone {milestone}"),
        Dispute::Claim { claim } => format!("claim {claim}"),
    }
}

impl fmt::Display for Asks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, least) in &self.parties {
            write!(f, ", if {name} pledges {least}")?;
        }
        if let Some((count, least)) = self.pledgers {
            write!(f, ", if {count} pledge {least} each")?;
        }
        match self.total {
            Some(total) => write!(f, ", if all pledge {total}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Deal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {} ", self.target, self.cap)?;
        match &self.who {
            Who::Anybody { minimum } => write!(f, "of anybody from {minimum} on")?,
            Who::Named(parties) => write!(f, "of {parties:?}")?,
        }
        write!(
            f,
            " until {}, accepted within {} s",
            At(self.deadline),
            self.accept_within
        )?;
        write!(f, " with a bond of {}", self.bond)?;
        for ((share, due), parts) in self.shares.iter().zip(&self.due).zip(&self.parts) {
            write!(f, "; {share} of 10,000 for {}", At(*due))?;
            if !parts.is_empty() {
                write!(f, ", of which payees {parts:?}")?;
            }
        }
        write!(
            f,
            "; {} of 10,000 retained; review {} s",
            self.retention, self.review
        )?;
        write!(f, ", defects {} s, grace {} s", self.defects, self.grace)?;
        write!(f, "; {} of 10,000 consent", self.consent)?;
        match self.decider {
            None => write!(f, "; nobody decides"),
            Some(decider) => write!(
                f,
                "; {} of 10,000 object, decided within {} s, else {} kept",
                decider.objection, decider.limit, decider.silence
            ),
        }
    }
}

/// What it took to fund a project, found among all that was tried, and told.
#[test]
fn a_life_is_reduced_to_what_matters_and_told_in_sentences() {
    let (origin, events) = (1..)
        .find_map(|seed| {
            let crowded = false;
            let mut life = Life::new(seed, crowded);
            let mut seen = super::seen::Seen::default();
            (0..40).for_each(|_| life.step(&mut seen));
            let leaves = false;
            let origin = Origin {
                seed,
                crowded,
                leaves,
            };
            life.projects[0].funded.map(|_| (origin, life.events))
        })
        .unwrap();
    let funded = |some: &[Event]| origin.again(some).projects[0].funded.is_some();
    let least = least(&events, PATIENCE, funded);
    assert!(least.len() < events.len(), "{}", origin.tell(&events));
    for left_out in 0..least.len() {
        let others = [&least[..left_out], &least[left_out + 1..]].concat();
        assert!(!funded(&others), "not needed: {}", least[left_out]);
    }
    let told = origin.tell(&least);
    println!("{told}");
    let mut lines = told.lines();
    assert!(lines.next().unwrap().starts_with("Project 1: "), "{told}");
    for line in lines {
        let about_pledges = line.contains(" pledges ") || line.contains(" now pledges");
        assert!(
            line.starts_with("day ") && about_pledges && line.ends_with('.'),
            "{line}"
        );
    }
}
