//! One side of the trade, buyers or sellers: how a total is divided among its members by the rule agreed.

use gridpact_units::{Energy, IntervalIndex};

use crate::divide::{apportion, fill_evenly, lot, tie, Claim};
use crate::order::{Direction, Member, Order};
use crate::participant::Account;
use crate::policy::AllocationRule;

/// What one side offers or needs and what it gets of it: lists of one value a seat, in mWh.
pub(crate) struct Division<'a> {
    pub interval: IntervalIndex,
    /// What is divided, at most the sum of caps.
    pub total: u64,
    /// The sum of caps.
    pub capped: u64,
    /// What each needs or offers as metered: what proportions go by.
    pub metered: &'a [Energy],
    /// The most each may get: what it can pay, at most what is metered.
    pub caps: &'a [Energy],
    pub shares: &'a mut [Energy],
}

/// One side of the trade. The space for claims is used again in every interval.
#[derive(Debug)]
pub(crate) struct Side {
    rule: AllocationRule,
    direction: Direction,
    order: Order,
    claims: Vec<Claim>,
    inner: Vec<Claim>,
    caps: Vec<Energy>,
}

impl Side {
    pub fn new(rule: AllocationRule, direction: Direction, accounts: &[Account]) -> Self {
        let order = Order::new(rule, direction, accounts);
        Self {
            rule,
            direction,
            order,
            claims: Vec::new(),
            inner: Vec::new(),
            caps: Vec::new(),
        }
    }

    /// Under fixed shares that are not offered again: nobody's cap exceeds its part, by weight among all members, of
    /// `offered`, all that the other side has. Other rules leave the caps alone.
    #[allow(
        clippy::indexing_slicing,
        reason = "places are seats, and there is one cap for each"
    )]
    pub fn limit_to_quotas(&mut self, interval: IntervalIndex, offered: u64, caps: &mut [Energy]) {
        if self.rule != (AllocationRule::Static { reoffer: false }) {
            return;
        }
        let lot = lot(interval.0, self.direction.salt());
        self.claims.clear();
        self.claims.extend(self.order.members().iter().map(|member| {
            // Quotas are cut to caps afterwards.
            Claim::new(u64::MAX, member.weight, tie(lot, member.slot), member.seat)
        }));
        apportion(&mut self.claims, offered, self.order.weight());
        for claim in &self.claims {
            let cap = &mut caps[claim.place];
            *cap = Energy(claim.share).min(*cap);
        }
    }

    /// Divides the total among the caps, lower ranks first. Where everybody gets their cap there is nothing to divide.
    #[allow(
        clippy::indexing_slicing,
        reason = "seats are positions in the lists of one value a seat"
    )]
    pub fn divide(&mut self, division: &mut Division<'_>) {
        let mut total = division.total;
        if total == division.capped {
            division.shares.copy_from_slice(division.caps);
            return;
        }
        division.shares.fill(Energy::ZERO);
        for rank in 0..self.order.ranks() {
            let members = self.order.members_of_rank(rank);
            let claimed = members
                .iter()
                .fold(0_u64, |sum, member| sum.saturating_add(member.of(division.caps)));
            let Some(left) = total.checked_sub(claimed) else {
                // Nothing is left after this rank: the higher ones get none.
                return self.divide_rank(rank, total, claimed, division);
            };
            total = left;
            for member in members {
                division.shares[member.seat] = division.caps[member.seat];
            }
        }
    }

    /// Divides the total among one rank, which claims more.
    fn divide_rank(&mut self, rank: usize, total: u64, claimed: u64, division: &mut Division<'_>) {
        match self.rule {
            AllocationRule::Even | AllocationRule::Priority => {
                self.claim_by_household(rank, division);
                fill_evenly(&mut self.claims, total);
                self.hand_out_in_households(division);
            }
            AllocationRule::Static { .. } => {
                self.claim_by_seat(rank, division, |member| member.weight);
                fill_evenly(&mut self.claims, total);
                self.hand_out(division);
            }
            AllocationRule::ProRata => {
                let metered = division.metered;
                let needed = self.claim_by_seat(rank, division, |member| member.of(metered));
                if needed == claimed {
                    // Nothing is cut, so nothing is left to be offered again.
                    apportion(&mut self.claims, total, needed);
                } else {
                    fill_evenly(&mut self.claims, total);
                }
                self.hand_out(division);
            }
        }
    }

    /// A claim for each seat that may get something; returns their weights' sum.
    fn claim_by_seat(
        &mut self,
        rank: usize,
        division: &Division<'_>,
        weight: impl Fn(&Member) -> u64,
    ) -> u64 {
        let lot = lot(division.interval.0, self.direction.salt());
        self.claims.clear();
        let mut weights = 0_u64;
        for member in self.order.members_of_rank(rank) {
            let cap = member.of(division.caps);
            if cap > 0 {
                let weight = weight(member);
                weights = weights.saturating_add(weight);
                self.claims
                    .push(Claim::new(cap, weight, tie(lot, member.slot), member.seat));
            }
        }
        weights
    }

    /// Divides again, with one household held to `limit`: it gets exactly that, divided among its seats by the rule, and
    /// the others divide the rest. `claimed` is the sum of the household's caps.
    #[allow(
        clippy::indexing_slicing,
        reason = "seats are positions in the lists of one value a seat"
    )]
    pub fn hold(&mut self, seats: &[usize], limit: u64, claimed: u64, division: &mut Division<'_>) {
        let mut caps = core::mem::take(&mut self.caps);
        caps.clear();
        caps.resize(division.caps.len(), Energy::ZERO);
        for seat in seats {
            caps[*seat] = division.caps[*seat];
        }
        self.divide(&mut Division {
            total: limit,
            capped: claimed,
            caps: &caps,
            shares: &mut *division.shares,
            ..*division
        });
        let held: Vec<Energy> = seats.iter().map(|seat| division.shares[*seat]).collect();
        caps.copy_from_slice(division.caps);
        for seat in seats {
            caps[*seat] = Energy::ZERO;
        }
        self.divide(&mut Division {
            total: division.total.saturating_sub(limit),
            capped: division.capped.saturating_sub(claimed),
            caps: &caps,
            shares: &mut *division.shares,
            ..*division
        });
        for (seat, share) in seats.iter().zip(held) {
            division.shares[*seat] = share;
        }
        self.caps = caps;
    }

    fn claim_by_household(&mut self, rank: usize, division: &Division<'_>) {
        let lot = lot(division.interval.0, self.direction.salt());
        self.claims.clear();
        for (place, household) in self.order.households_of_rank(rank) {
            let cap = match self.order.meters_of(household) {
                // Most households have one meter.
                [only] => only.of(division.caps),
                meters => meters
                    .iter()
                    .fold(0_u64, |sum, meter| sum.saturating_add(meter.of(division.caps))),
            };
            if cap > 0 {
                self.claims
                    .push(Claim::new(cap, household.weight, tie(lot, household.id), place));
            }
        }
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "places are seats, and there is one share for each"
    )]
    fn hand_out(&self, division: &mut Division<'_>) {
        for claim in &self.claims {
            division.shares[claim.place] = Energy(claim.share);
        }
    }

    /// Each household's share evenly among its meters.
    #[allow(
        clippy::indexing_slicing,
        reason = "places are seats, and there is one share for each"
    )]
    fn hand_out_in_households(&mut self, division: &mut Division<'_>) {
        let lot = lot(division.interval.0, self.direction.salt());
        for household in &self.claims {
            let members = self.order.meters_of(self.order.household(household.place));
            if let [only] = members {
                division.shares[only.seat] = Energy(household.share);
                continue;
            }
            self.inner.clear();
            self.inner.extend(
                members.iter().map(|member| {
                    Claim::new(member.of(division.caps), 1, tie(lot, member.slot), member.seat)
                }),
            );
            fill_evenly(&mut self.inner, household.share);
            for claim in &self.inner {
                division.shares[claim.place] = Energy(claim.share);
            }
        }
    }
}
