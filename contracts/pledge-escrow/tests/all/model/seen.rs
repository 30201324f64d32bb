//! What the lives came to: random lives in which nothing comes to pass would show nothing.

use core::fmt;
use std::collections::BTreeMap;

use super::actions::Action;
use super::deal::Who;
use super::project::Project;

#[derive(Default)]
pub struct Seen {
    counts: BTreeMap<String, u64>,
}

/// What must have been seen in 10,000 steps.
const EXPECTED: [&str; 34] = [
    "pledge taken",
    "pledge refused",
    "restate taken",
    "restate refused",
    "accept taken",
    "accept refused",
    "submit taken",
    "submit refused",
    "draw taken",
    "draw refused",
    "terminate taken",
    "terminate refused",
    "refund taken",
    "refund refused",
    "revenue taken",
    "revenue refused",
    "claim taken",
    "claim refused",
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
        what.iter()
            .filter(|(_, seen)| *seen)
            .for_each(|(what, _)| self.count(what));
    }

    pub fn check(&self) {
        let missing: Vec<_> = EXPECTED
            .iter()
            .filter(|what| !self.counts.contains_key(**what))
            .collect();
        assert!(missing.is_empty(), "not seen: {missing:?}");
    }
}

/// Whether the parts rounded down would not come to the whole.
fn returned_unevenly(project: &Project, now: u64) -> bool {
    let unearned = project.unearned(now);
    let paid = project.pledges.values().map(|pledge| pledge.paid);
    let down: u128 = paid
        .map(|paid| super::money::part(unearned, paid, project.taken(now)).0)
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
