//! What the promises say of messages: whether one is taken, and what it pays its sender.

use std::collections::BTreeSet;

use gridpact_types::escrow::answers::Phase;

use crate::conditions::{greatest_set, Asks};
use crate::deal::Who;
use crate::messages::{Action, Message};
use crate::project::Project;
use crate::records::{Pledge, Work};

impl Project {
    /// What a message pays, where it is taken; `None` where it is refused.
    pub fn carry_out(&mut self, now: u64, action: &Action) -> Option<u128> {
        self.catch_up(now);
        let (phase, by) = (self.phase(now), action.by.as_str());
        let is = |allowed: bool| allowed.then_some(0);
        match &action.message {
            Message::Pledge { amount, asks } => {
                is(phase == Phase::Open && !action.other_terms)?;
                self.pledge(now, by, *amount, asks)
            }
            Message::Restate(asks) => {
                is(phase == Phase::Open)?;
                self.restate(now, by, asks)
            }
            Message::Accept { bond } => {
                is(by == "contractor" && phase == Phase::Funded && !action.other_terms)?;
                is(*bond == self.deal.bond)?;
                (self.accepted_at, self.bond) = (Some(now), *bond);
                Some(0)
            }
            Message::Submit { milestone, short } => {
                is(by == "contractor" && phase == Phase::Active && !short)?;
                is(self.works.len() == *milestone as usize && self.works.len() < self.deal.due.len())?;
                self.works.push(Work {
                    at: now,
                    ..Work::default()
                });
                self.forget_wishes();
                Some(0)
            }
            Message::Draw { payee } => {
                let number = *payee as usize;
                let amount = *self.drawable(now).get(number)?;
                let settled = (0..self.works.len()).filter(|milestone| self.is_settled(*milestone, now));
                let settled: Vec<usize> = settled.collect();
                let payee = &mut self.payees[number];
                is(by == payee.name && amount > 0)?;
                payee.drawn += amount;
                payee.drew_of.extend(settled);
                Some(amount)
            }
            Message::Move { payee, to } => {
                let payee = self.payees.get_mut(*payee as usize)?;
                is(by == payee.name)?;
                payee.next = Some(to.clone()).filter(|to| *to != payee.name);
                Some(0)
            }
            Message::Confirm { payee } => {
                let payee = self.payees.get_mut(*payee as usize)?;
                is(payee.next.as_deref() == Some(by))?;
                payee.name = payee.next.take()?;
                Some(0)
            }
            Message::Terminate => {
                is(phase == Phase::Active && now >= self.next_due(now)? + self.deal.grace)?;
                self.end(now, false);
                Some(0)
            }
            Message::Object { milestone } => self.object(now, by, *milestone).map(|()| 0),
            Message::WithdrawObjection { milestone } => {
                self.withdraw_objection(now, by, *milestone).map(|()| 0)
            }
            Message::Decide { dispute, kept } => self.decide(now, by, *dispute, *kept).map(|()| 0),
            Message::Offer(proposal) => self.make_offer(now, by, *proposal).map(|()| 0),
            Message::WithdrawOffer => self.withdraw_offer(by).map(|()| 0),
            Message::Consent { offer } => self.consent(now, by, *offer).map(|()| 0),
            Message::ConsentToEnd => self.consent_to_end(now, by).map(|()| 0),
            Message::ClaimDefects { amount } => self.claim_defects(now, by, *amount).map(|()| 0),
            Message::Support { claim } => self.support(now, by, *claim).map(|()| 0),
            Message::WithdrawSupport => self.withdraw_support(now, by).map(|()| 0),
            Message::Refund => {
                let (standing, displaced) = (self.of_pledge(now, by), self.owed_of_displaced(by));
                is(standing + displaced > 0)?;
                self.displaced.remove(by);
                if let Some(pledge) = self.pledges.get_mut(by) {
                    pledge.refunded += standing;
                }
                Some(standing + displaced)
            }
            Message::Revenue(amount) => {
                is(matches!(phase, Phase::Defects | Phase::Closed) && !action.other_terms)?;
                self.revenue += amount;
                Some(0)
            }
            Message::Claim => {
                let amount = self.claimable(now, by);
                is(amount > 0)?;
                self.pledges.get_mut(by)?.claimed += amount;
                Some(amount)
            }
        }
    }

    fn admits(&self, by: &str, amount: u128, asks: &Asks) -> bool {
        let earlier = self.pledges.get(by);
        let fits = match &self.deal.who {
            Who::Named(parties) => earlier.is_none() && parties.get(by) == Some(&amount),
            Who::Anybody { minimum } => {
                let whole = amount + earlier.map_or(0, |earlier| earlier.amount);
                (earlier.is_some() || amount >= *minimum) && whole <= self.deal.cap
            }
        };
        let same = earlier.is_none_or(|earlier| earlier.asks == *asks);
        !self.deal.bars(by) && fits && same && asks.can_be(&self.deal)
    }

    fn pledge(&mut self, now: u64, by: &str, amount: u128, asks: &Asks) -> Option<u128> {
        if !self.admits(by, amount, asks) {
            return None;
        }
        let (before, first) = (self.in_set(), !self.pledges.contains_key(by));
        let earlier = self.pledges.clone();
        let pledge = self.pledges.entry(by.to_owned()).or_insert_with(|| Pledge {
            amount: 0,
            asks: asks.clone(),
            place: Some(0),
            paid: 0,
            returned: 0,
            refunded: 0,
            claimed: 0,
        });
        pledge.amount += amount;
        let raised = pledge.place.is_none();
        let set = self.found();
        if self.pledges.len() > 512 && !self.displace(by, &set) {
            self.pledges = earlier;
            return None;
        }
        assert!(first || self.pledges.len() <= 513);
        self.grow(now, by, before, raised.then_some(amount), set);
        Some(0)
    }

    fn restate(&mut self, now: u64, by: &str, asks: &Asks) -> Option<u128> {
        let before = self.in_set();
        let pledge = self.pledges.get_mut(by)?;
        if !asks.is_no_more_than(&pledge.asks) || !asks.can_be(&self.deal) {
            return None;
        }
        pledge.asks = asks.clone();
        if pledge.place.is_some() {
            let set = self.found();
            self.grow(now, by, before, None, set);
        }
        Some(0)
    }

    /// What the set came to so far.
    fn in_set(&self) -> u128 {
        let members = self.pledges.values().filter(|pledge| pledge.place.is_none());
        members.map(|pledge| pledge.amount).sum()
    }

    pub fn found(&self) -> BTreeSet<String> {
        greatest_set(
            self.pledges
                .iter()
                .map(|(name, pledge)| (name, pledge.amount, &pledge.asks)),
        )
    }

    /// The list is one too long: the smallest outside the set goes, the first by address of equal ones; the newcomer only to
    /// none that is as large.
    fn displace(&mut self, newcomer: &str, set: &BTreeSet<String>) -> bool {
        let others = self.by_address.iter();
        let mut others = others
            .filter(|name| self.pledges.contains_key(*name) && !set.contains(*name) && *name != newcomer);
        let Some(first) = others.next() else {
            return set.contains(newcomer);
        };
        let mut smallest = first.clone();
        for name in others {
            if self.pledges[name].amount < self.pledges[&smallest].amount {
                smallest.clone_from(name);
            }
        }
        let amount = self.pledges[&smallest].amount;
        if !set.contains(newcomer) && self.pledges[newcomer].amount <= amount {
            return false;
        }
        self.pledges.remove(&smallest);
        *self.displaced.entry(smallest).or_default() += amount;
        true
    }

    /// Who joins; and where the target is reached, who pays what: members before in full, then those who join in the order of
    /// pledging, the sender's last, of a member's raise what it added.
    fn grow(&mut self, now: u64, by: &str, before: u128, raised: Option<u128>, set: BTreeSet<String>) {
        self.places += 1;
        if let Some(pledge) = self.pledges.get_mut(by).filter(|pledge| pledge.place.is_some()) {
            pledge.place = Some(self.places);
        }
        let mut joining: Vec<(u64, String)> = Vec::new();
        for name in set {
            let pledge = self.pledges.get_mut(&name).unwrap();
            if let Some(place) = pledge.place.take() {
                joining.push((place, name));
            }
        }
        joining.sort();
        let (total, target) = (self.in_set(), self.deal.target);
        if total < target {
            return;
        }
        let members = self.pledges.values_mut().filter(|pledge| pledge.place.is_none());
        members.for_each(|pledge| pledge.paid = pledge.amount);
        let mut queue: Vec<(String, u128)> = Vec::new();
        for (_, name) in joining {
            let amount = self.pledges[&name].amount;
            queue.push((name, amount));
        }
        queue.extend(raised.map(|amount| (by.to_owned(), amount)));
        let mut room = self.deal.cap - before;
        for (name, amount) in queue {
            let taken = room.min(amount);
            self.pledges.get_mut(&name).unwrap().paid -= amount - taken;
            room -= taken;
        }
        self.funded = Some((now, total.min(self.deal.cap)));
    }
}
