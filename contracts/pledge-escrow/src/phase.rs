//! Where a project stands: what follows from its terms, what happened and the time. Pure; nothing is moved on by a message that
//! time alone can move on.
//!
//! Every period is half-open: it runs while now < its end. No second belongs to two states.

use gridpact_types::escrow::answers::Phase;
use gridpact_units::UnixSeconds;

use crate::case::Case;
use crate::error::ContractError;
use crate::project::Work;

impl Case {
    /// Where the project stands.
    pub fn phase(&self) -> Phase {
        let until = |end: UnixSeconds, running, over| if self.now < end { running } else { over };
        let Some(funded) = &self.project.funded else {
            return until(self.terms.deadline, Phase::Open, Phase::Failed);
        };
        if self.project.ended.is_some() {
            return Phase::Terminated;
        }
        if self.project.accepted_at.is_none() {
            return until(self.accept_until(funded), Phase::Funded, Phase::Failed);
        }
        match self.completed_at() {
            Some(completed) if self.now >= completed && self.is_released() => Phase::Closed,
            Some(completed) if self.now >= completed => Phase::Defects,
            _ => Phase::Active,
        }
    }

    /// Refuses any phase but these; `expected` names them.
    pub fn check_phase(&self, phases: &[Phase], expected: &'static str) -> Result<(), ContractError> {
        let got = self.phase();
        if phases.contains(&got) {
            Ok(())
        } else {
            Err(ContractError::Phase { expected, got })
        }
    }

    /// Refuses a project in which nobody works.
    pub fn check_active(&self) -> Result<(), ContractError> {
        self.check_phase(&[Phase::Active], "active")
    }

    /// When the project is complete, as far as that is known: all milestones settled. A milestone of which a verdict left nothing
    /// counts as missed; the completion waits a grace longer for it, in which holders can end the project.
    pub fn completed_at(&self) -> Option<UnixSeconds> {
        if !self.all_submitted() || self.project.ended.is_some() {
            return None;
        }
        let completes = |(milestone, work): (usize, &Work)| {
            let settled = self.settled_at(milestone)?;
            let missed = Self::is_missed(work);
            Some(if missed {
                settled.plus(self.terms.grace)
            } else {
                settled
            })
        };
        self.last_of(completes)
    }

    pub fn is_completed(&self) -> bool {
        self.completed_at().is_some_and(|at| self.now >= at)
    }

    /// When the last of the submitted milestones is settled, as far as all are known.
    fn last_settled_at(&self) -> Option<UnixSeconds> {
        self.last_of(|(milestone, _)| self.settled_at(milestone))
    }

    /// The latest of the moments of all submitted milestones; `None` where one is not known, or there is none.
    fn last_of(&self, moment: impl Fn((usize, &Work)) -> Option<UnixSeconds>) -> Option<UnixSeconds> {
        let works = self.project.submitted.iter().enumerate();
        let moments: Option<Vec<UnixSeconds>> = works.map(moment).collect();
        moments?.into_iter().max()
    }

    /// When the defects period begins, as far as that is known: at completion; after an early end then, or when the last submitted
    /// milestone is settled, where that is later.
    pub fn defects_start(&self) -> Option<UnixSeconds> {
        match &self.project.ended {
            Some(ended) if self.project.submitted.is_empty() => Some(ended.at),
            Some(ended) => Some(self.last_settled_at()?.max(ended.at)),
            None => self.completed_at(),
        }
    }

    /// When the defects period ends.
    pub fn defects_end(&self) -> Option<UnixSeconds> {
        self.defects_start()
            .map(|start| start.plus(self.terms.defects_period))
    }

    /// Whether holders can claim defects.
    pub fn in_defects_period(&self) -> bool {
        self.defects_start().is_some_and(|start| self.now >= start)
            && self.defects_end().is_some_and(|end| self.now < end)
    }

    /// Whether the retention can be drawn: the defects period is over, and no claim of it is before the decider.
    pub fn is_released(&self) -> bool {
        self.defects_end().is_some_and(|end| self.now >= end) && self.project.claims.open.is_empty()
    }
}
