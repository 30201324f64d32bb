//! What the promises say of a project: who is in, where it stands, what its work is worth, who can take what.

use std::collections::BTreeMap;

use gridpact_types::escrow::answers::Phase;

use super::conditions::Asks;
use super::deal::Deal;
use super::money::part;

#[derive(Clone, Debug)]
pub struct Pledge {
    pub amount: u128,
    pub asks: Asks,
    /// Its place in the order of pledging; none once it is in the set.
    pub place: Option<u64>,
    /// What the project took.
    pub paid: u128,
    /// What an early end gave back.
    pub returned: u128,
    pub refunded: u128,
    pub claimed: u128,
}

#[derive(Debug)]
pub struct Project {
    pub deal: Deal,
    /// Everybody, in the order of addresses.
    pub by_address: Vec<String>,
    pub pledges: BTreeMap<String, Pledge>,
    pub displaced: BTreeMap<String, u128>,
    pub places: u64,
    /// When, and what it took.
    pub funded: Option<(u64, u128)>,
    pub accepted_at: Option<u64>,
    pub submitted: Vec<u64>,
    pub terminated_at: Option<u64>,
    pub drawn: u128,
    pub revenue: u128,
}

impl Project {
    pub fn new(deal: Deal, by_address: Vec<String>) -> Self {
        Self {
            deal,
            by_address,
            pledges: BTreeMap::new(),
            displaced: BTreeMap::new(),
            places: 0,
            funded: None,
            accepted_at: None,
            submitted: vec![],
            terminated_at: None,
            drawn: 0,
            revenue: 0,
        }
    }

    /// When all is reviewed.
    fn completed(&self) -> Option<u64> {
        let all = self.submitted.len() == self.deal.shares.len();
        all.then(|| self.submitted.last().unwrap() + self.deal.review)
    }

    pub fn phase(&self, now: u64) -> Phase {
        match (self.funded, self.completed()) {
            (None, _) if now < self.deal.deadline => Phase::Open,
            (None, _) => Phase::Failed,
            (Some((at, _)), _) if self.accepted_at.is_none() && now < at + self.deal.accept_within => {
                Phase::Funded
            }
            _ if self.accepted_at.is_none() => Phase::Failed,
            _ if self.terminated_at.is_some() => Phase::Terminated,
            (_, Some(done)) if now >= done + self.deal.defects => Phase::Closed,
            (_, Some(done)) if now >= done => Phase::Defects,
            _ => Phase::Active,
        }
    }

    /// What the project has; nothing once it failed.
    pub fn taken(&self, now: u64) -> u128 {
        match self.funded {
            Some((_, total)) if self.phase(now) != Phase::Failed => total,
            _ => 0,
        }
    }

    /// Until when the next milestone can be submitted.
    pub fn next_until(&self) -> Option<u64> {
        let due = self.deal.due.get(self.submitted.len())?;
        Some(due + self.deal.grace)
    }

    /// What each milestone is worth, and what of it is retained.
    pub fn worth(&self, now: u64) -> Vec<(u128, u128)> {
        let (mut shares, mut before, mut worth) = (0, 0, Vec::new());
        for share in &self.deal.shares {
            shares += u128::from(*share);
            let (upto, _) = part(self.taken(now), shares, 10_000);
            let amount = upto - before;
            let (retained, _) = part(amount, self.deal.retention.into(), 10_000);
            worth.push((amount, retained));
            before = upto;
        }
        worth
    }

    pub fn reviewed(&self, now: u64) -> usize {
        let reviewed = self.submitted.iter().filter(|at| **at + self.deal.review <= now);
        reviewed.count()
    }

    /// When the retention is released.
    pub fn released_at(&self) -> Option<u64> {
        let last = self.submitted.last().map_or(0, |last| last + self.deal.review);
        let from = self.terminated_at.map(|at| at.max(last)).or(self.completed());
        from.map(|from| from + self.deal.defects)
    }

    pub fn drawable(&self, now: u64) -> u128 {
        let worth = self.worth(now);
        let had: u128 = if self.released_at().is_some_and(|at| now >= at) {
            worth
                .iter()
                .take(self.submitted.len())
                .map(|(amount, _)| amount)
                .sum()
        } else {
            let reviewed = worth.iter().take(self.reviewed(now));
            reviewed.map(|(amount, retained)| amount - retained).sum()
        };
        had - self.drawn
    }

    /// What no submitted milestone earned.
    pub fn unearned(&self, now: u64) -> u128 {
        let worth = self.worth(now).into_iter().skip(self.submitted.len());
        worth.map(|(amount, _)| amount).sum()
    }

    /// What a standing pledge can take back.
    pub fn of_pledge(&self, now: u64, who: &str) -> u128 {
        let Some(pledge) = self.pledges.get(who) else {
            return 0;
        };
        let back = match self.phase(now) {
            Phase::Open => 0,
            Phase::Failed => pledge.amount,
            _ => pledge.amount - pledge.paid + pledge.returned,
        };
        back - pledge.refunded
    }

    pub fn owed_of_displaced(&self, who: &str) -> u128 {
        self.displaced.get(who).copied().unwrap_or(0)
    }

    pub fn claimable(&self, now: u64, who: &str) -> u128 {
        let Some(pledge) = self.pledges.get(who) else {
            return 0;
        };
        part(self.revenue, pledge.paid, self.taken(now)).0 - pledge.claimed
    }

    /// Moments at which time alone may change something.
    pub fn edges(&self) -> Vec<u64> {
        let deal = &self.deal;
        let reviews = self.submitted.iter().map(|at| at + deal.review);
        let until = deal.due.iter().map(|due| due + deal.grace);
        let accept = self.funded.map(|(at, _)| at + deal.accept_within);
        let edges = reviews.chain(deal.due.iter().copied()).chain(until).chain(accept);
        edges.chain(self.released_at()).chain([deal.deadline]).collect()
    }
}
