//! A life told in sentences, and reduced to the least that still fails.

use core::fmt;
use std::panic::{catch_unwind, set_hook, take_hook, AssertUnwindSafe};
use std::time::Duration;

use gridpact_escrow_model::messages::Action;
use gridpact_escrow_model::seen::Seen;
use gridpact_escrow_model::telling::{At, Told, ToldTerms};

use super::life::Life;
use super::shrink::least;
use crate::harness::START;

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
                text += &format!("Project {number}: {}.\n", ToldTerms(&project.deal, START));
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

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = At(self.at - START);
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
                write!(
                    f,
                    "{at}: in project {} {by} {}{terms}",
                    which + 1,
                    Told(message, START)
                )
            }
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
            let mut seen = Seen::default();
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
