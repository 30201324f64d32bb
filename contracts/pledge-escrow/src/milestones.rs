//! What milestones are worth, and what of it can be drawn. Pure.

use gridpact_types::escrow::answers::MilestoneStatus;
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::amounts::sum;
use crate::case::Case;
use crate::payouts::PayeesPart;
use crate::project::{Funded, Payee};
use crate::shares::part;

impl Case {
    /// What the project took in; 0 before it is funded and once it failed for want of an acceptance.
    pub fn funded(&self) -> u128 {
        match &self.project.funded {
            Some(funded) if self.project.accepted_at.is_some() || self.now < self.accept_until(funded) => {
                funded.total.0
            }
            _ => 0,
        }
    }

    /// Until when the contractor may accept.
    pub fn accept_until(&self, funded: &Funded) -> UnixSeconds {
        funded.at.plus(self.terms.accept_within)
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

    /// The number of the milestone to be submitted next; how many there are where all are submitted.
    pub fn next_milestone(&self) -> u32 {
        u32::try_from(self.project.submitted.len()).unwrap_or(u32::MAX)
    }

    /// Whether every milestone is submitted.
    pub fn all_submitted(&self) -> bool {
        self.project.submitted.len() == self.terms.milestones.len()
    }

    /// The part of an amount that is retained, rounded down.
    pub fn retained(&self, amount: u128) -> u128 {
        part(amount, self.terms.retention.0.into(), BasisPoints::WHOLE.0.into())
    }

    /// What a milestone keeps back of what it pays, over all payees.
    pub fn retained_of_milestone(&self, milestone: usize, pays: u128) -> u128 {
        let stage = self.terms.milestones.get(milestone);
        stage.map_or(0, |stage| {
            sum(self.parts(stage, pays).iter().map(|part| part.retained))
        })
    }

    /// Where a milestone stands. A draw takes everything payable.
    pub fn milestone_status(
        &self,
        milestone: usize,
        pays: Option<u128>,
        payees: &[Payee],
    ) -> MilestoneStatus {
        let Some(work) = self.project.submitted.get(milestone) else {
            return MilestoneStatus::Pending;
        };
        let (Some(pays), Some(stage)) = (pays, self.terms.milestones.get(milestone)) else {
            let disputed = work.disputed_at.is_some();
            return if disputed {
                MilestoneStatus::Disputed
            } else {
                MilestoneStatus::Submitted
            };
        };
        let parts = self.parts(stage, pays);
        let mut paid = parts
            .iter()
            .filter(|part| self.comes_to_something(part))
            .peekable();
        let decided = work.decided.is_some() || pays > 0;
        if decided && paid.peek().is_none() {
            return MilestoneStatus::Returned;
        }
        let payee = |number: u32| payees.get(usize::try_from(number).ok()?);
        // Where everything is retained, nothing is paid until the end.
        let drew = |part: &PayeesPart, payee: &Payee| match part.net {
            0 => payee.drew_retention,
            _ => payee.drew_of & bit(milestone) != 0,
        };
        if paid.all(|part| payee(part.payee).is_some_and(|payee| drew(part, payee))) {
            MilestoneStatus::Paid
        } else {
            MilestoneStatus::Payable
        }
    }

    /// Whether anything is paid of a part, as far as that is known: claims may be awarded all that was retained.
    fn comes_to_something(&self, part: &PayeesPart) -> bool {
        let retained = || !self.is_released() || self.retained_of(&self.settled_parts(), part.payee) > 0;
        part.net > 0 || part.retained > 0 && retained()
    }

    /// The milestones that are settled by now, the first as the lowest bit.
    pub fn settled_bits(&self) -> u32 {
        let pays = self.pays().into_iter().enumerate();
        let settled = pays.filter(|(_, pays)| pays.is_some());
        settled.fold(0, |bits, (milestone, _)| bits | bit(milestone))
    }

    /// What no submitted milestone has earned.
    pub fn unearned(&self) -> u128 {
        let submitted = self.project.submitted.len();
        sum(self.milestone_amounts().into_iter().skip(submitted))
    }

    /// What all payees together can draw now.
    pub fn drawable(&self) -> Amount {
        Amount(self.due_to_all().saturating_sub(self.project.totals.drawn.0))
    }
}

/// Of a milestone; there are no more than bits.
fn bit(milestone: usize) -> u32 {
    let position = u32::try_from(milestone).ok();
    position
        .and_then(|position| 1_u32.checked_shl(position))
        .unwrap_or(0)
}
