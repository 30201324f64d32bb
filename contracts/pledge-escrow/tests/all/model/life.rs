//! A life: an escrow with two projects, step by step.

use cosmwasm_std::Uint256;
use gridpact_chance::Chance;
use gridpact_escrow_model::actions;
use gridpact_escrow_model::conditions::Asks;
use gridpact_escrow_model::deal::{payee_name, Deal, Who};
use gridpact_escrow_model::messages::{Action, Message};
use gridpact_escrow_model::project::Project;
use gridpact_escrow_model::seen::Seen;
use gridpact_types::escrow::answers::Phase;

use super::story::Event;
use crate::harness::{Escrow, DAY};

pub struct Life {
    pub escrow: Escrow,
    /// Project 1 and project 2.
    pub projects: [Project; 2],
    chance: Chance,
    /// Who takes part, beside the contractor.
    names: Vec<String>,
    crowded: bool,
    /// What happened so far.
    pub events: Vec<Event>,
}

impl Life {
    pub fn new(seed: u64, crowded: bool) -> Self {
        let mut life = Self::before(seed, crowded);
        if crowded {
            let crowd = life.names[6..].to_vec();
            life.gather(&crowd);
        }
        life
    }

    /// Two projects that just opened.
    pub fn before(seed: u64, crowded: bool) -> Self {
        let mut chance = Chance::new(seed);
        let mut escrow = if chance.one_in(2) {
            Escrow::of_tokens()
        } else {
            Escrow::new()
        };
        let names: Vec<String> = ["A", "B", "C", "D", "E", "F"].map(str::to_owned).to_vec();
        let crowd: Vec<String> = (0..if crowded { 515 } else { 0 })
            .map(|number| format!("p{number}"))
            .collect();
        let mut by_address = [names.clone(), crowd.clone(), vec!["stranger".to_owned()]].concat();
        let others = (0..=8).map(payee_name).chain(["decider".to_owned()]);
        by_address.extend(others);
        by_address.sort_by_key(|name| escrow.addr(name));
        let projects = [crowded, false].map(|crowded| {
            let deal = Deal::any(&mut chance, escrow.now(), &names, crowded);
            let terms = deal.terms(escrow.founding(), |name| escrow.addr(name).into_string());
            escrow.open(&terms);
            Project::new(deal, by_address.clone())
        });
        Self {
            escrow,
            projects,
            chance,
            names: [names, crowd].concat(),
            crowded,
            events: Vec::new(),
        }
    }

    /// What happened once, again.
    pub fn repeat(&mut self, event: &Event) {
        self.escrow.go_to(event.at);
        if let Some((which, action)) = &event.sent {
            self.send(*which, action);
        }
        if event.compared {
            self.check();
        }
    }

    /// Fills the list of the first project, or nearly: with the least pledges, most of which wait.
    fn gather(&mut self, crowd: &[String]) {
        let Who::Anybody { minimum } = self.projects[0].deal.who else {
            return;
        };
        let count = 512 - usize::try_from(self.chance.below(2)).unwrap();
        for name in crowd.iter().take(count) {
            let (chance, deal) = (&mut self.chance, &self.projects[0].deal);
            let total = Some(chance.within(deal.target / 2, deal.cap));
            let asks = match chance.below(10) {
                0 => Asks::default(),
                1..4 => Asks {
                    total,
                    ..Asks::default()
                },
                4 => Asks::any(chance, deal, crowd),
                5..8 => Asks {
                    pledgers: Some((u32::try_from(chance.within(500, 513)).unwrap(), 1)),
                    ..Asks::default()
                },
                _ => Asks {
                    parties: vec![(chance.of(&["A", "B", "nobody"]).to_string(), 1)],
                    ..Asks::default()
                },
            };
            let asks = if asks.can_be(deal) { asks } else { Asks::default() };
            let amount = minimum + chance.within(0, minimum / 4);
            let message = Message::Pledge { amount, asks };
            let by = name.clone();
            let other_terms = false;
            self.send(
                0,
                &Action {
                    by,
                    message,
                    other_terms,
                },
            );
        }
    }

    /// Something happens: time passes, or somebody sends something.
    pub fn step(&mut self, seen: &mut Seen) {
        let mut which = usize::from(self.chance.one_in(if self.crowded { 8 } else { 2 }));
        let now = self.escrow.now();
        if self.projects[which].phase(now) == Phase::Failed && !self.chance.one_in(6) {
            which = 1 - which;
        }
        self.projects.iter_mut().for_each(|project| project.catch_up(now));
        // Pledging takes its time: waiting, most projects would fail.
        let open = self
            .projects
            .iter()
            .any(|project| project.phase(now) == Phase::Open);
        // So does what is said of defects.
        let defects = self.projects[which].phase(now) == Phase::Defects;
        match self.chance.below(if open || defects { 60 } else { 10 }) {
            0 => self.wait(),
            1 => self.go_to_an_edge(which),
            _ => {
                let action = actions::any(&mut self.chance, &self.projects[which], now, &self.names);
                let taken = self.send(which, &action);
                seen.note(&self.projects[which], now, &action, taken);
            }
        }
        if let Some(event) = self.events.last_mut() {
            event.compared = true;
        }
        self.check();
    }

    /// Whether nothing more can come to pass, but revenue.
    pub fn is_over(&self) -> bool {
        let now = self.escrow.now();
        let ended = |project: &Project| {
            matches!(
                project.phase(now),
                Phase::Failed | Phase::Terminated | Phase::Closed
            )
        };
        self.projects.iter().all(ended) && self.escrow.holding() < Uint256::from(6_u32)
    }

    fn wait(&mut self) {
        let seconds = *self.chance.of(&[0, 1, DAY, 5 * DAY]);
        self.pass_to(self.escrow.now() + seconds);
    }

    /// To a second before, at, or after the next moment at which something may change.
    fn go_to_an_edge(&mut self, which: usize) {
        let now = self.escrow.now();
        let next = self.projects[which]
            .edges(now)
            .into_iter()
            .filter(|edge| *edge > now)
            .min();
        if let Some(next) = next {
            let to = (next + self.chance.below(3) - 1).max(now);
            self.pass_to(to);
        }
    }

    fn note(&mut self, sent: Option<(usize, Action)>) {
        self.events.push(Event {
            at: self.escrow.now(),
            sent,
            compared: false,
        });
    }

    fn pass_to(&mut self, at: u64) {
        self.escrow.go_to(at);
        self.note(None);
    }

    /// Whether it was taken, as the model says; whom it paid is compared with what it says too.
    fn send(&mut self, which: usize, action: &Action) -> bool {
        let now = self.escrow.now();
        self.note(Some((which, action.clone())));
        let mut expected_purses = self.escrow.purses.clone();
        let outcome = self.carry_out(which, action);
        let expected = self.projects[which].carry_out(now, action);
        assert_eq!(outcome.is_ok(), expected.is_some(), "{action:?}: {outcome:?}");
        let pays = expected.unwrap_or(0);
        if pays > 0 {
            *expected_purses
                .entry(self.escrow.addr(&action.by).into_string())
                .or_default() += pays;
        }
        assert_eq!(self.escrow.purses, expected_purses, "{action:?} pays {pays}");
        outcome.is_ok()
    }

    /// After everything has ended and everybody has taken what is theirs, less than a unit of revenue a pledge is left.
    pub fn everybody_leaves(&mut self) {
        for _ in 0..3 {
            self.escrow.go_to(self.escrow.now() + 4_000 * DAY);
            for which in 0..2 {
                self.send_of("anybody", which, Message::Terminate);
                for (payee, by) in (0..).zip(self.projects[which].payees.clone()) {
                    self.send_of(&by.name, which, Message::Draw { payee });
                }
                for name in self.projects[which].by_address.clone() {
                    let pledged = self.projects[which].pledges.contains_key(&name);
                    if pledged || self.projects[which].displaced.contains_key(&name) {
                        self.send_of(&name, which, Message::Refund);
                        self.send_of(&name, which, Message::Claim);
                    }
                }
            }
            self.check();
        }
        let with_revenue = self.projects.iter().filter(|project| project.revenue > 0);
        let most: usize = with_revenue.map(|project| project.pledges.len()).sum();
        let left = self.escrow.holding();
        assert!(
            left.is_zero() || left < Uint256::from(most as u128),
            "{left} left"
        );
    }

    fn send_of(&mut self, by: &str, which: usize, message: Message) {
        let (by, other_terms) = (by.to_owned(), false);
        self.send(
            which,
            &Action {
                by,
                message,
                other_terms,
            },
        );
    }
}
