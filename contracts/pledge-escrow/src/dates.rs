//! When milestones are due, as agreements and disputes move them. Pure.
//!
//! due(m) = the terms' + what was agreed for m + the time in which a milestone before m was disputed. Disputes that run at once
//! hold the work up once: of their times the union counts, not the sum. While one runs, due dates after it move with the clock,
//! so what was not overdue when it began cannot become so.

use gridpact_units::{Seconds, UnixSeconds};

use crate::case::Case;

/// The seconds that lie in at least one of these half-open times.
pub fn covered(mut times: Vec<(UnixSeconds, UnixSeconds)>) -> Seconds {
    times.sort();
    let (mut sum, mut upto) = (0_u64, UnixSeconds(0));
    for (from, to) in times {
        let from = from.max(upto);
        sum = sum.saturating_add(to.0.saturating_sub(from.0));
        upto = upto.max(to);
    }
    Seconds(sum)
}

impl Case {
    /// When a milestone is due; `None` where there is no such.
    pub fn due(&self, milestone: usize) -> Option<UnixSeconds> {
        let stage = self.terms.milestones.get(milestone)?;
        let agreed = self.project.agreed.get(milestone).copied().unwrap_or_default();
        let before = self.project.submitted.iter().take(milestone);
        let disputes = before.filter_map(|work| {
            let to = work.decided.as_ref().map_or(self.now, |decided| decided.at);
            work.disputed_at.map(|from| (from, to))
        });
        let held_up = covered(disputes.collect());
        Some(stage.due.plus(agreed).plus(held_up))
    }

    /// When the milestone to be submitted next is due; `None` where all are submitted.
    pub fn next_due(&self) -> Option<UnixSeconds> {
        self.due(self.project.submitted.len())
    }

    /// Moves a milestone, and all later ones, by so much.
    pub fn move_due(&mut self, milestone: usize, by: Seconds) {
        let milestones = self.terms.milestones.len();
        self.project.agreed.resize(milestones, Seconds(0));
        for agreed in self.project.agreed.iter_mut().skip(milestone) {
            agreed.0 = agreed.0.saturating_add(by.0);
        }
    }
}
