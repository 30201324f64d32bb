//! What the lives came to: random lives in which nothing comes to pass would show nothing.

use core::fmt;
use std::collections::BTreeMap;

use crate::deal::Who;
use crate::messages::{Action, KINDS};
use crate::project::Project;

#[derive(Default)]
pub struct Seen {
    counts: BTreeMap<String, u64>,
}

/// So often every kind of message must at least have been taken, and refused, in 10,000 steps.
const OFTEN: u64 = 2;

/// What must have been seen in 10,000 steps. Ends by the votes of holders are rarer: stories show them.
const EXPECTED: [&str; 27] = [
    "a dispute decided",
    "a dispute ended by silence",
    "a split agreed",
    "a due date moved by consent",
    "a due date moved by a dispute",
    "an end together",
    "a bond forfeited",
    "a bond returned",
    "a claim awarded",
    "a claim that uses the retention up",
    "two claims before the decider at once",
    "Open",
    "Funded",
    "Active",
    "Defects",
    "Closed",
    "Failed",
    "Terminated",
    "named parties",
    "a latch by restating",
    "displaced",
    "twice displaced",
    "a cut pledge",
    "a pledge cut off wholly",
    "failed after the target was reached",
    "above 10^32",
    "returned with a unit more",
];

impl Seen {
    fn count(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
    }

    pub fn note(&mut self, project: &Project, now: u64, action: &Action, taken: bool) {
        let kind = action.message.kind();
        self.count(&format!("{kind} {}", if taken { "taken" } else { "refused" }));
        self.count(&format!("{:?}", project.phase(now)));
        let latched =
            taken && project.funded.is_some_and(|(at, _)| at == now) && project.accepted_at.is_none();
        let members = || project.pledges.values().filter(|pledge| pledge.place.is_none());
        let what = [
            (
                "named parties",
                taken && kind == "pledge" && matches!(project.deal.who, Who::Named(_)),
            ),
            ("a latch by restating", latched && kind == "restate"),
            ("displaced", kind == "pledge" && !project.displaced.is_empty()),
            (
                "twice displaced",
                project
                    .displaced
                    .keys()
                    .any(|name| project.pledges.contains_key(name)),
            ),
            (
                "a cut pledge",
                latched && members().any(|pledge| pledge.paid > 0 && pledge.paid < pledge.amount),
            ),
            (
                "a pledge cut off wholly",
                latched && members().any(|pledge| pledge.paid == 0),
            ),
            (
                "failed after the target was reached",
                project.funded.is_some() && project.taken(now) == 0 && taken && kind == "refund",
            ),
            ("above 10^32", project.taken(now) > 10_u128.pow(32)),
            (
                "returned with a unit more",
                taken && kind == "terminate" && returned_unevenly(project, now),
            ),
        ];
        let working = working(project, now, kind, taken);
        what.iter()
            .chain(&working)
            .filter(|(_, seen)| *seen)
            .for_each(|(what, _)| self.count(what));
    }

    /// What another life came to besides.
    pub fn add(&mut self, other: &Self) {
        for (what, count) in &other.counts {
            *self.counts.entry(what.clone()).or_default() += count;
        }
    }

    /// Stops where something did not come to pass.
    pub fn check(&self) {
        let times = |what: &str| self.counts.get(what).copied().unwrap_or_default();
        let messages = KINDS
            .iter()
            .flat_map(|kind| ["taken", "refused"].map(|fate| format!("{kind} {fate}")));
        let rare: Vec<_> = messages.filter(|what| times(what) < OFTEN).collect();
        assert!(rare.is_empty(), "less than {OFTEN} times: {rare:?}");
        let missing: Vec<_> = EXPECTED.iter().filter(|what| times(what) == 0).collect();
        assert!(missing.is_empty(), "not seen: {missing:?}");
    }
}

/// What came of what was said, after a message.
fn working(project: &Project, now: u64, kind: &str, taken: bool) -> [(&'static str, bool); 13] {
    let decided = |agreed: bool| {
        let decided = project.works.iter().filter_map(|work| work.decided);
        decided
            .into_iter()
            .any(|decided| decided.agreed == agreed && decided.at == now)
    };
    let limit = project.deal.decider.map_or(0, |decider| decider.limit);
    let silent = project.works.iter().any(|work| {
        let up = work.disputed_at.map(|at| at + limit);
        work.decided.is_some_and(|decided| Some(decided.at) == up)
    });
    let terms_due = |place: usize| project.deal.due[place] + project.agreed[place];
    let moved = (0..project.deal.due.len()).any(|place| project.due(place, now) > terms_due(place));
    let ended_now = taken && project.ended.is_some_and(|(at, _)| at == now);
    [
        ("a dispute decided", taken && kind == "decide" && decided(false)),
        ("a dispute ended by silence", silent),
        ("a split agreed", taken && kind == "consent" && decided(true)),
        (
            "a due date moved by consent",
            project.agreed.iter().any(|by| *by > 0),
        ),
        ("a due date moved by a dispute", moved),
        ("an end together", ended_now && kind == "consent"),
        (
            "an end after a due date by consent",
            ended_now && kind == "consent to end" && !project.missed(),
        ),
        (
            "an end after a verdict that left nothing",
            ended_now && kind == "consent to end" && project.missed(),
        ),
        (
            "a bond forfeited",
            project.ended.is_some_and(|(_, forfeited)| forfeited > 0),
        ),
        (
            "a bond returned",
            project.bond > 0 && project.completed().is_some_and(|at| now >= at),
        ),
        ("a claim awarded", project.awarded() > 0),
        (
            "a claim that uses the retention up",
            project.awarded() > 0 && project.retention_left(now) == 0,
        ),
        (
            "two claims before the decider at once",
            project.open_claims().len() > 1,
        ),
    ]
}

/// Whether the parts rounded down would not come to the whole.
fn returned_unevenly(project: &Project, now: u64) -> bool {
    let unearned = project.unearned(now);
    let paid = project.pledges.values().map(|pledge| pledge.paid);
    let down: u128 = paid
        .map(|paid| crate::money::part(unearned, paid, project.taken(now)).0)
        .sum();
    down < unearned
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, count) in &self.counts {
            write!(f, "{what} {count}, ")?;
        }
        Ok(())
    }
}
