//! What the rules say of a project, in the plainest code that says it.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_types::escrow::answers::Phase;

pub const TARGET: u128 = 3_000;
pub const CAP: u128 = 4_000;
pub const MINIMUM: u128 = 100;
pub const SHARES: [u128; 2] = [4_000, 6_000];
pub const RETENTION: u128 = 1_000;
const HOUR: u64 = 3_600;
pub const OPEN_FOR: u64 = 48 * HOUR;
pub const ACCEPT_WITHIN: u64 = 24 * HOUR;
pub const REVIEW: u64 = 12 * HOUR;
pub const DEFECTS: u64 = 24 * HOUR;
/// When the milestones are due, after the deadline.
pub const DUE: [u64; 2] = [36 * HOUR, 84 * HOUR];
/// How long after that they can still be submitted.
pub const GRACE: u64 = 12 * HOUR;

/// A pledge; `asks` is 0 nothing, 1 the next home at least 500, 2 three pledgers of 100, 3 a total of 3,500, 4 a million.
#[derive(Clone, Debug)]
pub struct Pledge {
    pub amount: u128,
    pub asks: usize,
    /// Its place in the order of pledging, while it is outside the set; none in it.
    pub place: Option<u64>,
    /// What the project took.
    pub paid: u128,
    /// What an early end returns: the contract's own division, once it was seen to be pro rata.
    pub returned: u128,
    pub refunded: u128,
    pub revenue_claimed: u128,
}

#[derive(Debug, Default)]
pub struct Project {
    pub deadline: u64,
    pub pledges: BTreeMap<usize, Pledge>,
    pub funded: Option<(u128, u64)>,
    pub accepted: bool,
    pub submitted: Vec<u64>,
    pub terminated: Option<u64>,
    pub drawn: u128,
    pub revenue: u128,
    pub places: u64,
}

impl Project {
    pub fn phase(&self, now: u64) -> Phase {
        let Some((_, at)) = self.funded else {
            return if now < self.deadline {
                Phase::Open
            } else {
                Phase::Failed
            };
        };
        if self.terminated.is_some() {
            return Phase::Terminated;
        }
        if !self.accepted {
            return if now < at + ACCEPT_WITHIN {
                Phase::Funded
            } else {
                Phase::Failed
            };
        }
        match self.submitted.get(1) {
            Some(last) if now >= last + REVIEW + DEFECTS => Phase::Closed,
            Some(last) if now >= last + REVIEW => Phase::Defects,
            _ => Phase::Active,
        }
    }

    /// The greatest self-consistent set.
    pub fn set(&self) -> BTreeSet<usize> {
        let mut set: BTreeSet<usize> = self.pledges.keys().copied().collect();
        loop {
            let amount = |who: usize| {
                if set.contains(&who) {
                    self.pledges[&who].amount
                } else {
                    0
                }
            };
            let met = |who: &usize| match self.pledges[who].asks {
                0 => true,
                1 => amount((who + 1) % 4) >= 500,
                2 => set.iter().filter(|who| amount(**who) >= 100).count() >= 3,
                3 => set.iter().map(|who| amount(*who)).sum::<u128>() >= 3_500,
                _ => set.iter().map(|who| amount(*who)).sum::<u128>() >= 1_000_000,
            };
            let stays: BTreeSet<usize> = set.iter().copied().filter(met).collect();
            if stays == set {
                return set;
            }
            set = stays;
        }
    }

    pub fn may_pledge(&self, now: u64, who: usize, amount: u128, asks: usize) -> bool {
        let earlier = self.pledges.get(&who);
        let fits = earlier.map_or(amount >= MINIMUM, |earlier| earlier.asks == asks);
        let within_cap = earlier.map_or(0, |earlier| earlier.amount) + amount <= CAP;
        self.phase(now) == Phase::Open && who != super::data::CONTRACTOR && amount > 0 && fits && within_cap
    }

    /// Adds a pledge; says what the project took in, where that funded it.
    pub fn pledge(&mut self, now: u64, who: usize, amount: u128, asks: usize) -> Option<u128> {
        self.places += 1;
        let new = Pledge {
            amount: 0,
            asks,
            place: Some(self.places),
            paid: 0,
            returned: 0,
            refunded: 0,
            revenue_claimed: 0,
        };
        let before: u128 = self.members().map(|pledge| pledge.amount).sum();
        let pledge = self.pledges.entry(who).or_insert(new);
        pledge.amount += amount;
        let raised = pledge.place.is_none();
        if !raised {
            pledge.place = Some(self.places);
        }
        let set = self.set();
        let sum: u128 = set.iter().map(|who| self.pledges[who].amount).sum();
        let joining = set
            .iter()
            .filter_map(|who| Some((self.pledges[who].place?, *who)));
        let joining: BTreeMap<u64, usize> = joining.collect();
        for who in joining.values() {
            self.pledges.get_mut(who).unwrap().place = None;
        }
        if sum < TARGET {
            return None;
        }
        self.fill(before, raised.then_some((who, amount)), joining);
        self.funded = Some((sum.min(CAP), now));
        Some(sum.min(CAP))
    }

    fn members(&self) -> impl Iterator<Item = &Pledge> {
        self.pledges.values().filter(|pledge| pledge.place.is_none())
    }

    /// Members before in full; then whoever joins in the order of pledging, what a member added last.
    fn fill(&mut self, before: u128, raised: Option<(usize, u128)>, joining: BTreeMap<u64, usize>) {
        for pledge in self.pledges.values_mut().filter(|pledge| pledge.place.is_none()) {
            pledge.paid = pledge.amount;
        }
        let joining = joining.values().map(|who| (*who, self.pledges[who].amount));
        let queue: Vec<(usize, u128)> = joining.chain(raised).collect();
        let mut room = CAP - before;
        for (who, amount) in queue {
            let taken = room.min(amount);
            self.pledges.get_mut(&who).unwrap().paid -= amount - taken;
            room -= taken;
        }
    }

    /// Until when the next milestone can be submitted; then the project can be ended.
    pub fn next_due(&self) -> Option<u64> {
        DUE.get(self.submitted.len())
            .map(|due| self.deadline + due + GRACE)
    }

    fn taken(&self) -> u128 {
        self.funded.map_or(0, |(funded, _)| funded)
    }

    fn milestones(&self) -> [u128; 2] {
        let first = self.taken() * SHARES[0] / 10_000;
        [first, self.taken() - first]
    }

    /// What no submitted milestone has earned.
    fn unearned(&self) -> u128 {
        self.milestones().iter().skip(self.submitted.len()).sum()
    }

    pub fn drawable(&self, now: u64) -> u128 {
        let released = match (self.terminated, self.submitted.last()) {
            (Some(at), last) => Some(at.max(last.map_or(0, |last| last + REVIEW)) + DEFECTS),
            (None, _) => self.submitted.get(1).map(|last| last + REVIEW + DEFECTS),
        };
        let earned = if released.is_some_and(|at| now >= at) {
            self.taken() - self.unearned()
        } else {
            let reviewed = self.submitted.iter().filter(|at| now >= **at + REVIEW).count();
            let worth = self.milestones();
            let less = |amount: &u128| amount - amount * RETENTION / 10_000;
            worth.iter().take(reviewed).map(less).sum()
        };
        earned - self.drawn
    }

    pub fn refundable(&self, now: u64, who: usize) -> u128 {
        let Some(pledge) = self.pledges.get(&who) else {
            return 0;
        };
        let back = match self.phase(now) {
            Phase::Open => 0,
            Phase::Failed => pledge.amount,
            _ => pledge.amount - pledge.paid + pledge.returned,
        };
        back - pledge.refunded
    }

    pub fn claimable_revenue(&self, who: usize) -> u128 {
        let Some(pledge) = self.pledges.get(&who) else {
            return 0;
        };
        let part = (self.revenue * pledge.paid)
            .checked_div(self.taken())
            .unwrap_or(0);
        part - pledge.revenue_claimed
    }

    /// Whether it has come to nothing, and so will never take revenue.
    pub fn is_over(&self, now: u64) -> bool {
        matches!(self.phase(now), Phase::Failed | Phase::Terminated)
    }

    pub fn takes_revenue(&self, now: u64) -> bool {
        matches!(self.phase(now), Phase::Defects | Phase::Closed)
    }
}
