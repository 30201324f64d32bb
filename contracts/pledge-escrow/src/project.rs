//! Where a project stands: what follows from its terms, its books and the time. Pure; nothing is moved on by a message
//! that time alone can move on.
//!
//! Every period is half-open: it runs while now < its end. No second belongs to two states.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_types::escrow::{BooksResponse, Condition, MilestoneStatus, Phase, Terms};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::shares::part;

/// What happened to a project so far.
#[cw_serde]
pub(crate) struct Project {
    /// SHA-256 of the terms.
    pub terms_hash: HexBinary,
    /// Standing pledges.
    pub pledges: u32,
    /// Their sum.
    pub pledged: Amount,
    /// Those of them in the greatest self-consistent set.
    pub consistent_pledges: u32,
    /// Their sum.
    pub consistent: Amount,
    /// When the target was reached, and what the project took in.
    pub funded: Option<Funded>,
    /// When the contractor accepted.
    pub accepted_at: Option<UnixSeconds>,
    /// The milestones submitted so far, in the order of the terms.
    pub submissions: Vec<Submission>,
    /// Ended early.
    pub terminated: Option<Terminated>,
    /// Running totals.
    pub totals: Totals,
}

/// The latch.
#[cw_serde]
pub(crate) struct Funded {
    /// When.
    pub at: UnixSeconds,
    /// The set's pledges, at most the cap.
    pub amount: Amount,
}

/// A submitted milestone.
#[cw_serde]
pub(crate) struct Submission {
    /// When.
    pub at: UnixSeconds,
    /// SHA-256 of the evidence.
    pub evidence_hash: HexBinary,
    /// Where it is kept.
    pub evidence_uri: String,
}

/// An early end.
#[cw_serde]
pub(crate) struct Terminated {
    /// When.
    pub at: UnixSeconds,
    /// What the pledgers get back in all: every part rounded down, so that the contractor keeps less than one base unit a
    /// pledge more than the submitted milestones.
    pub returned: Amount,
}

/// Running totals of a project.
#[cw_serde]
#[derive(Default)]
pub(crate) struct Totals {
    /// Came in as pledges, ever.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Drawn by the contractor.
    pub drawn: Amount,
    /// Revenue taken by pledgers.
    pub revenue_claimed: Amount,
    /// Taken back from standing pledges.
    pub refunded: Amount,
    /// Of displaced pledges: not taken back yet.
    pub displaced: Amount,
    /// Of displaced pledges: taken back.
    pub displaced_refunded: Amount,
}

/// A standing pledge.
#[cw_serde]
pub(crate) struct Pledge {
    /// How much.
    pub amount: Amount,
    /// What it asks of the others.
    pub condition: Condition,
    /// What the project took, where it took less than all; set when the project is funded above its cap.
    pub paid: Option<Amount>,
    /// Taken back so far.
    pub refunded: Amount,
    /// Revenue taken so far.
    pub revenue_claimed: Amount,
}

impl Project {
    pub fn new(terms_hash: HexBinary) -> Self {
        Self {
            terms_hash,
            pledges: 0,
            pledged: Amount::ZERO,
            consistent_pledges: 0,
            consistent: Amount::ZERO,
            funded: None,
            accepted_at: None,
            submissions: Vec::new(),
            terminated: None,
            totals: Totals::default(),
        }
    }
}

/// A project at a moment.
pub(crate) struct View<'a> {
    pub terms: &'a Terms,
    pub project: &'a Project,
    pub now: UnixSeconds,
}

impl View<'_> {
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
            return until(
                funded.at.plus(self.terms.accept_within),
                Phase::Funded,
                Phase::Failed,
            );
        }
        match self.completed_at() {
            Some(completed) if self.now >= completed => until(
                completed.plus(self.terms.defects_period),
                Phase::Defects,
                Phase::Closed,
            ),
            _ => Phase::Active,
        }
    }

    /// When the last milestone becomes payable, once it is submitted.
    fn completed_at(&self) -> Option<UnixSeconds> {
        let all = self.project.submissions.len() == self.terms.milestones.len();
        all.then(|| self.payable_at(self.project.submissions.len().saturating_sub(1)))
            .flatten()
    }

    /// When a submitted milestone becomes payable.
    pub fn payable_at(&self, milestone: usize) -> Option<UnixSeconds> {
        let submission = self.project.submissions.get(milestone)?;
        Some(submission.at.plus(self.terms.review_period))
    }

    /// When the retention becomes drawable: a defects period after the last milestone became payable, or after an early end.
    pub fn retention_at(&self) -> Option<UnixSeconds> {
        let from = match &self.project.terminated {
            Some(terminated) => {
                let last = self.payable_at(self.project.submissions.len().saturating_sub(1));
                Some(last.unwrap_or_default().max(terminated.at))
            }
            None => self.completed_at(),
        };
        from.map(|from| from.plus(self.terms.defects_period))
    }

    /// What the project took in; 0 before it was funded.
    pub fn funded(&self) -> u128 {
        self.project.funded.as_ref().map_or(0, |funded| funded.amount.0)
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
        self.terms
            .milestones
            .iter()
            .map(|milestone| milestone.share.0)
            .map(amount)
            .collect()
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
        let amounts = self.milestone_amounts();
        let upto = amounts
            .iter()
            .take(milestone.saturating_add(1))
            .map(|amount| amount.saturating_sub(self.retained(*amount)));
        if self.project.totals.drawn.0 >= sum(upto) {
            MilestoneStatus::Paid
        } else {
            MilestoneStatus::Payable
        }
    }

    /// Everything that submitted milestones earn, at the latest when the retention is released.
    pub fn earned(&self) -> u128 {
        match &self.project.terminated {
            Some(terminated) => self.funded().saturating_sub(terminated.returned.0),
            None => sum(self
                .milestone_amounts()
                .into_iter()
                .take(self.project.submissions.len())),
        }
    }

    /// What the contractor can draw now: reviewed milestones less retention, and the retention in the end.
    pub fn drawable(&self) -> Amount {
        if self.retention_at().is_some_and(|at| self.now >= at) {
            return Amount(self.earned().saturating_sub(self.project.totals.drawn.0));
        }
        let reviewed = |milestone: &usize| self.payable_at(*milestone).is_some_and(|at| self.now >= at);
        let amounts = self.milestone_amounts();
        let payable = amounts
            .iter()
            .enumerate()
            .filter(|(milestone, _)| reviewed(milestone));
        let payable = sum(payable.map(|(_, amount)| amount.saturating_sub(self.retained(*amount))));
        Amount(payable.saturating_sub(self.project.totals.drawn.0))
    }

    /// What the project took of a pledge: nothing before it is funded, nothing of one outside the set.
    pub fn paid(&self, pledge: &Pledge, member: bool) -> u128 {
        if member && self.project.funded.is_some() {
            pledge.paid.unwrap_or(pledge.amount).0
        } else {
            0
        }
    }

    /// What a pledge can take back now.
    pub fn refundable(&self, pledge: &Pledge, member: bool) -> Amount {
        let paid = self.paid(pledge, member);
        let unpaid = pledge.amount.0.saturating_sub(paid);
        let back = match self.phase() {
            Phase::Open => 0,
            Phase::Failed => pledge.amount.0,
            Phase::Funded | Phase::Active | Phase::Defects | Phase::Closed => unpaid,
            Phase::Terminated => unpaid.saturating_add(part(self.unearned(), paid, self.funded())),
        };
        Amount(back.saturating_sub(pledge.refunded.0))
    }

    /// What no submitted milestone has earned.
    pub fn unearned(&self) -> u128 {
        let submitted = self
            .milestone_amounts()
            .into_iter()
            .take(self.project.submissions.len());
        self.funded().saturating_sub(sum(submitted))
    }

    /// Revenue that a pledge can take now: its part of everything so far, rounded down. The parts of all revenue so far are
    /// taken together, so nothing is lost from one payment to the next.
    pub fn revenue(&self, pledge: &Pledge, member: bool) -> Amount {
        let part = part(
            self.project.totals.revenue.0,
            self.paid(pledge, member),
            self.funded(),
        );
        Amount(part.saturating_sub(pledge.revenue_claimed.0))
    }

    /// Where every unit is. `locked` is not what the other terms leave, but what is still open by itself.
    pub fn books(&self) -> BooksResponse {
        let totals = &self.project.totals;
        let pledged = self.project.pledged.0;
        let drawable = self.drawable().0;
        let outside = pledged.saturating_sub(self.funded());
        let in_work = self
            .earned_or_open()
            .saturating_sub(totals.drawn.0)
            .saturating_sub(drawable);
        let (refundable, drawable, locked) = match self.phase() {
            Phase::Open => (0, 0, pledged),
            Phase::Failed => (pledged, 0, 0),
            Phase::Funded => (outside, 0, self.funded()),
            Phase::Active | Phase::Defects | Phase::Closed => (outside, drawable, in_work),
            Phase::Terminated => {
                let returned = self
                    .project
                    .terminated
                    .as_ref()
                    .map_or(0, |terminated| terminated.returned.0);
                (outside.saturating_add(returned), drawable, in_work)
            }
        };
        let revenue = totals.revenue.0.saturating_sub(totals.revenue_claimed.0);
        let refundable = refundable.saturating_sub(totals.refunded.0);
        BooksResponse {
            pledged: totals.pledged,
            revenue: totals.revenue,
            paid: Amount(totals.drawn.0.saturating_add(totals.revenue_claimed.0)),
            refunded: Amount(totals.refunded.0.saturating_add(totals.displaced_refunded.0)),
            claimable: Amount(sum([refundable, drawable, revenue, totals.displaced.0])),
            locked: Amount(locked),
        }
    }

    /// What the contractor may come to draw: everything while the work goes on, what was earned after an early end.
    fn earned_or_open(&self) -> u128 {
        if self.project.terminated.is_some() {
            self.earned()
        } else {
            self.funded()
        }
    }
}

/// Sum of amounts that came in as one bounded total.
fn sum(amounts: impl IntoIterator<Item = u128>) -> u128 {
    amounts.into_iter().fold(0, u128::saturating_add)
}
