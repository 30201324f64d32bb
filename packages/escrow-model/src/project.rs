//! What the promises say of a project: who is in, where it stands, who can take what. What its work is worth stands in `work`,
//! what becomes of disputes in `disputing`.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::disputes::Proposal;

use crate::deal::{payee_name, Deal};
use crate::money::{hand_out, part};
use crate::records::{Claim, Payee, Pledge, Work};

#[derive(Clone, Debug)]
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
    pub bond: u128,
    pub works: Vec<Work>,
    /// By how much each due date moved by consent.
    pub agreed: Vec<u64>,
    pub offers: u64,
    pub offer: Option<Proposal>,
    pub consents: BTreeSet<String>,
    pub want_end: BTreeSet<String>,
    /// When it ended early, and what of the bond the holders got.
    pub ended: Option<(u64, u128)>,
    pub claims: BTreeMap<u64, Claim>,
    pub last_claim: u64,
    pub payees: Vec<Payee>,
    /// What went back to the holders.
    pub returned: u128,
    pub revenue: u128,
}

impl Project {
    pub fn new(deal: Deal, by_address: Vec<String>) -> Self {
        let payee = |number| Payee {
            name: payee_name(number),
            next: None,
            drawn: 0,
            drew_of: BTreeSet::new(),
        };
        Self {
            agreed: vec![0; deal.due.len()],
            payees: (0..=deal.payees).map(payee).collect(),
            deal,
            by_address,
            pledges: BTreeMap::new(),
            displaced: BTreeMap::new(),
            places: 0,
            funded: None,
            accepted_at: None,
            bond: 0,
            works: vec![],
            offers: 0,
            offer: None,
            consents: BTreeSet::new(),
            want_end: BTreeSet::new(),
            ended: None,
            claims: BTreeMap::new(),
            last_claim: 0,
            returned: 0,
            revenue: 0,
        }
    }

    pub fn phase(&self, now: u64) -> Phase {
        match (self.funded, self.completed()) {
            (None, _) if now < self.deal.deadline => Phase::Open,
            (None, _) => Phase::Failed,
            (Some((at, _)), _) if self.accepted_at.is_none() && now < at + self.deal.accept_within => {
                Phase::Funded
            }
            _ if self.accepted_at.is_none() => Phase::Failed,
            _ if self.ended.is_some() => Phase::Terminated,
            (_, Some(done)) if now >= done && self.is_released(now) => Phase::Closed,
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

    /// What a holder's word weighs.
    pub fn weight(&self, now: u64, who: &str) -> u128 {
        let paid = self.pledges.get(who).map_or(0, |pledge| pledge.paid);
        if self.taken(now) > 0 {
            paid
        } else {
            0
        }
    }

    /// What all of them weigh.
    pub fn tally(&self, who: &BTreeSet<String>) -> u128 {
        who.iter().map(|name| self.pledges[name].paid).sum()
    }

    /// Divides among the holders, by what they paid, to the unit.
    pub fn give_back(&mut self, total: u128) {
        let paid = |name: &String| self.pledges.get(name).map_or(0, |pledge| pledge.paid);
        let shares: Vec<u128> = self.by_address.iter().map(paid).collect();
        for (name, returned) in self.by_address.iter().zip(hand_out(total, &shares)) {
            if let Some(pledge) = self.pledges.get_mut(name) {
                pledge.returned += returned;
            }
        }
        self.returned += total;
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
    pub fn edges(&self, now: u64) -> Vec<u64> {
        let deal = &self.deal;
        let mut edges = vec![deal.deadline];
        edges.extend(self.funded.map(|(at, _)| at + deal.accept_within));
        edges.extend(self.works.iter().map(|work| work.at + deal.review));
        if let Some(due) = self.next_due(now) {
            edges.extend([due, due + deal.grace]);
        }
        edges.extend(self.completed());
        edges.extend(self.defects().map(|(_, end)| end));
        edges.extend(self.decide_until());
        edges
    }
}
