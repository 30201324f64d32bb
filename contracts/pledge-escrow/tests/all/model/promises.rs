//! What the promises say of a life: a list of pledges, sets found by dropping one at a time, parts handed out unit by unit.

use gridpact_types::escrow::answers::Phase;

use super::lives::{Action, Deal};
use super::{ACCEPT_WITHIN, DEADLINE, NAMES, TARGET};
use crate::harness::Escrow;

/// Down for everybody, then a unit each, in the order given, to those who were cut, until the total is used up.
fn hand_out(total: u128, shares: &[(usize, u128)]) -> [u128; 5] {
    let whole: u128 = shares.iter().map(|(_, share)| share).sum();
    let mut parts = [0; 5];
    if whole == 0 {
        return parts;
    }
    for (who, share) in shares {
        parts[*who] = total * share / whole;
    }
    for (who, share) in shares {
        if parts.iter().sum::<u128>() < total && !(total * share).is_multiple_of(whole) {
            parts[*who] += 1;
        }
    }
    parts
}

pub struct Model {
    deal: Deal,
    /// The parties in the order of their addresses.
    order: Vec<usize>,
    /// Amount and condition by party.
    pub pledges: [Option<(u128, usize)>; 5],
    pub funded_at: Option<u64>,
    accepted: bool,
    submitted: Vec<u64>,
    terminated_at: Option<u64>,
    refunded: [u128; 5],
    claimed: [u128; 5],
    drawn: u128,
    pub revenue: u128,
}

impl Model {
    pub fn new(escrow: &Escrow, deal: Deal) -> Self {
        let mut order: Vec<usize> = (0..5).collect();
        order.sort_by_key(|who| escrow.addr(NAMES[*who]));
        Self {
            deal,
            order,
            pledges: [None; 5],
            funded_at: None,
            accepted: false,
            submitted: vec![],
            terminated_at: None,
            refunded: [0; 5],
            claimed: [0; 5],
            drawn: 0,
            revenue: 0,
        }
    }

    pub fn amount(&self, who: usize) -> u128 {
        self.pledges[who].map_or(0, |(amount, _)| amount)
    }

    pub fn set(&self) -> Vec<usize> {
        let order = self.order.iter().copied();
        let mut set: Vec<usize> = order.filter(|who| self.pledges[*who].is_some()).collect();
        loop {
            let amount = |who: usize| if set.contains(&who) { self.amount(who) } else { 0 };
            let unmet = set.iter().position(|who| match self.pledges[*who].unwrap().1 {
                0 => false,
                1 => set.iter().map(|who| amount(*who)).sum::<u128>() < 150,
                2 => set.iter().filter(|who| amount(**who) >= 30).count() < 3,
                _ => amount((who + 1) % 5) < 40,
            });
            match unmet {
                Some(position) => drop(set.remove(position)),
                None => return set,
            }
        }
    }

    pub fn total(&self) -> u128 {
        self.set().iter().map(|who| self.amount(*who)).sum()
    }

    pub fn funded(&self) -> u128 {
        self.funded_at.map_or(0, |_| self.total().min(self.deal.cap))
    }

    pub fn paid(&self) -> [u128; 5] {
        let shares: Vec<_> = self
            .set()
            .into_iter()
            .map(|who| (who, self.amount(who)))
            .collect();
        hand_out(self.funded(), &shares)
    }

    /// When all is reviewed.
    fn completed(&self) -> Option<u64> {
        let all = self.submitted.len() == self.deal.shares.len();
        all.then(|| self.submitted.last().unwrap() + self.deal.review)
    }

    pub fn phase(&self, now: u64) -> Phase {
        match (self.funded_at, self.completed()) {
            (None, _) if now < DEADLINE => Phase::Open,
            (None, _) => Phase::Failed,
            (Some(at), _) if !self.accepted && now < at + ACCEPT_WITHIN => Phase::Funded,
            _ if !self.accepted => Phase::Failed,
            _ if self.terminated_at.is_some() => Phase::Terminated,
            (_, Some(done)) if now >= done + self.deal.defects => Phase::Closed,
            (_, Some(done)) if now >= done => Phase::Defects,
            _ => Phase::Active,
        }
    }

    /// What the first milestones are worth, and what of it is retained.
    fn worth(&self, count: usize) -> (u128, u128) {
        let upto = |count: usize| {
            let shares: u128 = self
                .deal
                .shares
                .iter()
                .take(count)
                .map(|share| u128::from(*share))
                .sum();
            self.funded() * shares / 10_000
        };
        let each = (0..count).map(|milestone| upto(milestone + 1) - upto(milestone));
        let retained = each.map(|amount| amount * u128::from(self.deal.retention) / 10_000);
        (upto(count), retained.sum())
    }

    pub fn drawable(&self, now: u64) -> u128 {
        let reviewed = self
            .submitted
            .iter()
            .filter(|at| **at + self.deal.review <= now)
            .count();
        let from = match (self.terminated_at, self.completed(), self.submitted.last()) {
            (Some(at), _, last) => Some(at.max(last.map_or(0, |last| last + self.deal.review))),
            (None, completed, _) => completed,
        };
        let (worth, retained) = self.worth(reviewed);
        let released = from.is_some_and(|from| now >= from + self.deal.defects);
        let had = match self.terminated_at {
            // What was left of the pledgers' parts when they were rounded down.
            Some(_) if released => self.funded() - self.returned().iter().sum::<u128>(),
            _ if released => worth,
            _ => worth - retained,
        };
        had - self.drawn
    }

    /// What an early end gives back to each.
    fn returned(&self) -> [u128; 5] {
        let unearned = self.funded() - self.worth(self.submitted.len()).0;
        self.paid().map(|paid| unearned * paid / self.funded())
    }

    pub fn refundable(&self, now: u64, who: usize) -> u128 {
        let (pledged, paid) = (self.amount(who), self.paid());
        let back = match self.phase(now) {
            Phase::Open => 0,
            Phase::Failed => pledged,
            Phase::Terminated => pledged - paid[who] + self.returned()[who],
            _ => pledged - paid[who],
        };
        back - self.refunded[who]
    }

    pub fn claimable(&self, who: usize) -> u128 {
        let part = self.revenue * self.paid()[who];
        part.checked_div(self.funded()).unwrap_or(0) - self.claimed[who]
    }

    /// What a message pays, where it is taken; `None` where it is refused.
    pub fn carry_out(&mut self, now: u64, action: &Action) -> Option<u128> {
        let phase = self.phase(now);
        let next = self.submitted.len();
        let some = |amount: u128| (amount > 0).then_some(amount);
        let when = |allowed: bool| allowed.then_some(0);
        match *action {
            Action::Pledge {
                who,
                amount,
                condition,
            } => {
                let earlier = self.pledges[who];
                let restated = earlier.is_none_or(|(_, earlier)| earlier == condition);
                when(phase == Phase::Open && restated && (earlier.is_some() || amount >= 10))?;
                self.pledges[who] = Some((self.amount(who) + amount, condition));
                if self.total() >= TARGET {
                    self.funded_at = Some(now);
                }
                Some(0)
            }
            Action::Refund(who) => {
                let amount = some(self.refundable(now, who))?;
                self.refunded[who] += amount;
                Some(amount)
            }
            Action::Accept => {
                when(phase == Phase::Funded)?;
                self.accepted = true;
                Some(0)
            }
            Action::Submit(milestone) => {
                let open =
                    phase == Phase::Active && milestone as usize == next && next < self.deal.shares.len();
                when(open && now < Deal::due(next))?;
                self.submitted.push(now);
                Some(0)
            }
            Action::Draw => {
                let amount = some(self.drawable(now))?;
                self.drawn += amount;
                Some(amount)
            }
            Action::Terminate => {
                let overdue = next < self.deal.shares.len() && now >= Deal::due(next);
                when(phase == Phase::Active && overdue)?;
                self.terminated_at = Some(now);
                Some(0)
            }
            Action::Revenue(amount) => {
                when(matches!(phase, Phase::Defects | Phase::Closed))?;
                self.revenue += amount;
                Some(0)
            }
            Action::Claim(who) => {
                let amount = some(self.claimable(who))?;
                self.claimed[who] += amount;
                Some(amount)
            }
            Action::Wait(_) | Action::Edge(_) => Some(0),
        }
    }

    /// The next moment from now at which time alone may change something.
    pub fn next_edge(&self, now: u64) -> Option<u64> {
        let reviews = self.submitted.iter().map(|at| at + self.deal.review);
        let ends = reviews
            .clone()
            .chain(self.terminated_at)
            .map(|at| at + self.deal.defects);
        let dues = (0..self.deal.shares.len()).map(Deal::due);
        let accept = self.funded_at.map(|at| at + ACCEPT_WITHIN);
        let edges = reviews.chain(ends).chain(dues).chain(accept).chain([DEADLINE]);
        edges.filter(|edge| *edge > now).min()
    }
}
