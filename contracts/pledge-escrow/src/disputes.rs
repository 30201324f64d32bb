//! Disputes: when one begins, how it ends, and what it leaves. Pure.
//!
//! A milestone is in review while now < submitted + review period. Whoever holds may object then. With the objection that brings
//! the tally to the objection share it is disputed, for good: the decider's time runs while now < that second + time limit. Then
//! it is as if the decider had said what the terms say of silence, in the very second in which the time was up: `lapse`, which
//! every reading of a project applies first, so that no second lies between. A defects claim goes the same way, from the support
//! that brings it to the share.
//!
//! A decision keeps floor(amount x kept / 10,000) for the contractor and the payees; exactly the rest goes to the holders.

use gridpact_types::escrow::disputes::{DecidedBy, Decision, Dispute};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::case::{Case, Settled};
use crate::project::Work;
use crate::shares::part;

/// What the contractor and the payees keep of an amount.
pub fn kept(amount: u128, kept: BasisPoints) -> u128 {
    part(amount, kept.0.into(), BasisPoints::WHOLE.0.into())
}

impl Case {
    /// A submitted milestone.
    pub fn work(&self, milestone: u32) -> Option<&Work> {
        self.project.submitted.get(usize::try_from(milestone).ok()?)
    }

    pub fn work_mut(&mut self, milestone: u32) -> Option<&mut Work> {
        self.project.submitted.get_mut(usize::try_from(milestone).ok()?)
    }

    /// When the review of a submitted milestone ends.
    pub fn review_end(&self, work: &Work) -> UnixSeconds {
        work.at.plus(self.terms.review_period)
    }

    /// Until when the decider can decide what is in dispute since then.
    pub fn decide_until(&self, since: UnixSeconds) -> Option<UnixSeconds> {
        let decider = self.terms.decider.as_ref()?;
        Some(since.plus(decider.time_limit))
    }

    /// Since when something is in dispute; `None` where it is not, or not any more.
    pub fn disputed_since(&self, dispute: Dispute) -> Option<UnixSeconds> {
        match dispute {
            Dispute::Milestone { milestone } => {
                let work = self.work(milestone)?;
                work.disputed_at.filter(|_| work.decided.is_none())
            }
            Dispute::Claim { claim } => {
                let mut open = self.project.claims.open.iter();
                open.find(|open| open.claim == claim).map(|open| open.at)
            }
        }
    }

    /// What is in dispute now.
    fn disputes(&self) -> impl Iterator<Item = Dispute> + '_ {
        let milestones = (0..).zip(&self.project.submitted);
        let milestones = milestones.map(|(milestone, _)| Dispute::Milestone { milestone });
        let claims = self.project.claims.open.iter();
        milestones.chain(claims.map(|open| Dispute::Claim { claim: open.claim }))
    }

    /// Ends by silence what the decider's time is up for, in the order in which that was; milestones first of those of one second.
    pub fn lapse(&mut self) {
        let Some(decider) = &self.terms.decider else {
            return;
        };
        let (silence, limit) = (decider.silence, decider.time_limit);
        let up = |dispute: Dispute| {
            let up = self.disputed_since(dispute)?.plus(limit);
            (up <= self.now).then_some((up, dispute))
        };
        let mut over: Vec<(UnixSeconds, Dispute)> = self.disputes().filter_map(up).collect();
        over.sort_by_key(|(up, _)| *up);
        for (at, dispute) in over {
            let decision = Decision {
                at,
                kept: silence,
                by: DecidedBy::Silence,
            };
            let settled = self.settle(dispute, decision);
            self.lapsed.push(settled);
        }
    }

    /// Ends a dispute. What goes to the holders is one return, divided by itself.
    pub fn settle(&mut self, dispute: Dispute, decision: Decision) -> Settled {
        let returned = match dispute {
            Dispute::Milestone { milestone } => self.settle_milestone(milestone, decision),
            Dispute::Claim { claim } => self.settle_claim(claim, decision.kept),
        };
        self.give_back(returned);
        Settled {
            dispute,
            decision,
            returned: Amount(returned),
        }
    }

    fn settle_milestone(&mut self, milestone: u32, decision: Decision) -> u128 {
        let amounts = self.milestone_amounts();
        let position = usize::try_from(milestone).ok();
        let amount = position.and_then(|position| amounts.get(position).copied());
        let amount = amount.unwrap_or(0);
        if let Some(work) = self.work_mut(milestone) {
            work.decided = Some(decision);
        }
        amount.saturating_sub(kept(amount, decision.kept))
    }

    /// Pays out of the retention, in the order of decisions, until it is used up.
    fn settle_claim(&mut self, claim: u64, share: BasisPoints) -> u128 {
        let left = self.retention_left();
        let claims = &mut self.project.claims;
        let position = claims.open.iter().position(|open| open.claim == claim);
        let Some(open) = position.map(|position| claims.open.remove(position)) else {
            return 0;
        };
        let asked = open.amount.0.saturating_sub(kept(open.amount.0, share));
        let award = asked.min(left);
        claims.awarded = Amount(claims.awarded.0.saturating_add(award));
        claims.awards = claims.awards.saturating_add(u32::from(award > 0));
        award
    }

    /// Notes what goes back to the holders.
    pub fn give_back(&mut self, amount: u128) {
        if amount > 0 {
            self.project.returns.push(Amount(amount));
        }
    }

    /// Whether a verdict, or silence, left nothing of a milestone. What the contractor agreed to is no failure.
    pub fn missed(&self) -> bool {
        self.project.submitted.iter().any(Self::is_missed)
    }

    /// The same of one milestone.
    pub fn is_missed(work: &Work) -> bool {
        let decided = work.decided.as_ref();
        decided.is_some_and(|decided| decided.kept == BasisPoints(0) && decided.by != DecidedBy::Consent)
    }
}
