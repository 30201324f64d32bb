//! What milestones are worth, and what of it can be drawn. Pure.

use gridpact_types::escrow::answers::{MilestoneStatus, Phase};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::amounts::sum;
use crate::case::Case;
use crate::shares::part;
use crate::working_terms::Stage;

impl Case {
    /// What the project took in; 0 before it is funded and once it failed.
    pub fn funded(&self) -> u128 {
        match &self.project.funded {
            Some(funded) if self.phase() != Phase::Failed => funded.total.0,
            _ => 0,
        }
    }

    /// What each milestone pays, retention included: cumulative shares, each rounded down, so that they sum to everything.
    pub fn milestone_amounts(&self) -> Vec<u128> {
        let (mut shares, mut so_far) = (0_u128, 0_u128);
        let whole = u128::from(BasisPoints::WHOLE.0);
        let amount = |share: u16| {
            shares = shares.saturating_add(share.into());
            let upto = part(self.funded(), shares, whole);
            let amount = upto.saturating_sub(so_far);
            so_far = upto;
            amount
        };
        let milestones = self.terms.milestones.iter();
        milestones
            .map(|milestone| milestone.share.0)
            .map(amount)
            .collect()
    }

    /// The number of the milestone to be submitted next, and the milestone; `None` where all are submitted.
    pub fn next_milestone(&self) -> (u32, Option<&Stage>) {
        let next = self.project.submitted_at.len();
        let number = u32::try_from(next).unwrap_or(u32::MAX);
        (number, self.terms.milestones.get(next))
    }

    /// Until when a milestone can be submitted; then anybody may end the project.
    pub fn submitted_until(&self, milestone: &Stage) -> UnixSeconds {
        milestone.due.plus(self.terms.grace)
    }

    /// The part of a milestone that is retained, rounded down.
    pub fn retained(&self, amount: u128) -> u128 {
        part(amount, self.terms.retention.0.into(), BasisPoints::WHOLE.0.into())
    }

    /// Where a milestone stands.
    pub fn milestone_status(&self, milestone: usize) -> MilestoneStatus {
        let Some(payable_at) = self.payable_at(milestone) else {
            return MilestoneStatus::Pending;
        };
        if self.now < payable_at {
            return MilestoneStatus::Submitted;
        }
        // A draw takes everything payable, so milestones are drawn in their order. Where everything is retained, nothing is until
        // the end.
        let drawn = self.project.totals.drawn.0;
        if drawn > 0 && drawn >= self.net_of_first(milestone.saturating_add(1)) {
            MilestoneStatus::Paid
        } else {
            MilestoneStatus::Payable
        }
    }

    /// What the first `count` milestones pay before the retention is released.
    fn net_of_first(&self, count: usize) -> u128 {
        let net = |amount: u128| amount.saturating_sub(self.retained(amount));
        sum(self.milestone_amounts().into_iter().take(count).map(net))
    }

    /// What no submitted milestone has earned.
    pub fn unearned(&self) -> u128 {
        let submitted = self.project.submitted_at.len();
        sum(self.milestone_amounts().into_iter().skip(submitted))
    }

    /// What the contractor may have in all, retention included: the submitted milestones.
    pub fn earned(&self) -> u128 {
        self.funded().saturating_sub(self.unearned())
    }

    /// What the contractor can draw now: reviewed milestones less retention, and the retention in the end.
    pub fn drawable(&self) -> Amount {
        let released = self.retention_at().is_some_and(|at| self.now >= at);
        let payable = if released {
            self.earned()
        } else {
            // Submitted in their order, they are reviewed in it.
            let reviewed = |milestone: &usize| self.payable_at(*milestone).is_some_and(|at| self.now >= at);
            let submitted = 0..self.project.submitted_at.len();
            self.net_of_first(submitted.take_while(reviewed).count())
        };
        Amount(payable.saturating_sub(self.project.totals.drawn.0))
    }
}
