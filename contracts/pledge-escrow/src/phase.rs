//! Where a project stands: what follows from its terms, what happened and the time. Pure; nothing is moved on by a message that
//! time alone can move on.
//!
//! Every period is half-open: it runs while now < its end. No second belongs to two states.

use gridpact_types::escrow::answers::Phase;
use gridpact_units::UnixSeconds;

use crate::case::Case;

impl Case {
    /// Where the project stands.
    pub fn phase(&self) -> Phase {
        let until = |end: UnixSeconds, running, over| if self.now < end { running } else { over };
        let Some(funded) = &self.project.funded else {
            return until(self.terms.deadline, Phase::Open, Phase::Failed);
        };
        if self.project.terminated.is_some() {
            return Phase::Terminated;
        }
        if self.project.accepted_at.is_none() {
            let end = funded.at.plus(self.terms.accept_within);
            return until(end, Phase::Funded, Phase::Failed);
        }
        match self.completed_at() {
            Some(completed) if self.now >= completed => {
                let end = completed.plus(self.terms.defects_period);
                until(end, Phase::Defects, Phase::Closed)
            }
            _ => Phase::Active,
        }
    }

    /// When the last milestone becomes payable, once it is submitted.
    fn completed_at(&self) -> Option<UnixSeconds> {
        let all = self.project.submitted_at.len() == self.terms.milestones.len();
        all.then(|| self.last_payable_at()).flatten()
    }

    /// When the last of the submitted milestones becomes payable.
    fn last_payable_at(&self) -> Option<UnixSeconds> {
        self.payable_at(self.project.submitted_at.len().checked_sub(1)?)
    }

    /// When a submitted milestone becomes payable.
    pub fn payable_at(&self, milestone: usize) -> Option<UnixSeconds> {
        let submitted_at = self.project.submitted_at.get(milestone)?;
        Some(submitted_at.plus(self.terms.review_period))
    }

    /// When the retention becomes drawable: a defects period after the last milestone became payable; after an early end, a
    /// defects period after that end, or after the last review where that ends later.
    pub fn retention_at(&self) -> Option<UnixSeconds> {
        let from = match &self.project.terminated {
            Some(terminated) => Some(self.last_payable_at().unwrap_or_default().max(terminated.at)),
            None => self.completed_at(),
        };
        from.map(|from| from.plus(self.terms.defects_period))
    }
}
