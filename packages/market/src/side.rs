//! One side of the trade, buyers or sellers: who is on it in which order, and how a total is divided among them.

use core::ops::Range;

use gridpact_units::{Energy, IntervalIndex};

use crate::divide::{apportion, fill_evenly, lot, tie, Claim};
use crate::participant::{Account, Terms};
use crate::policy::AllocationRule;

/// Which side, for its tiers and for lots of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Buy,
    Sell,
}

impl Direction {
    fn tier(self, terms: &Terms) -> u8 {
        match self {
            Self::Buy => terms.buy_tier,
            Self::Sell => terms.sell_tier,
        }
    }

    fn salt(self) -> u64 {
        match self {
            Self::Buy => 1,
            Self::Sell => 2,
        }
    }
}

/// A seat that is not vacant.
#[derive(Clone, Copy, Debug)]
struct Member {
    seat: usize,
    slot: u32,
    weight: u64,
    household: u32,
    /// Tier, then place in the stated order; a lower rank is served fully before the next.
    rank: (u8, u16),
}

/// The members of one household in one rank, neighbours in the list of members.
#[derive(Clone, Debug)]
struct Household {
    id: u32,
    weight: u64,
    members: Range<usize>,
}

/// The households of one rank, neighbours in the list of households.
#[derive(Clone, Debug)]
struct Rank {
    households: Range<usize>,
    members: Range<usize>,
}

/// One side of the trade. The lists are made once a window, the claims' space is used again in every interval.
#[derive(Debug)]
pub(crate) struct Side {
    rule: AllocationRule,
    direction: Direction,
    members: Vec<Member>,
    households: Vec<Household>,
    ranks: Vec<Rank>,
    weight: u64,
    claims: Vec<Claim>,
    inner: Vec<Claim>,
}

impl Side {
    pub fn new(rule: AllocationRule, direction: Direction, accounts: &[Account]) -> Self {
        let mut members: Vec<Member> = accounts
            .iter()
            .enumerate()
            .filter_map(|(seat, account)| {
                let terms = account.terms.as_ref()?;
                let priority = if rule == AllocationRule::Priority {
                    terms.priority
                } else {
                    0
                };
                let rank = (direction.tier(terms), priority);
                let weight = u64::from(terms.weight);
                Some(Member {
                    seat,
                    slot: account.slot.0,
                    weight,
                    household: terms.household,
                    rank,
                })
            })
            .collect();
        let weights = household_weights(&mut members);
        members.sort_unstable_by_key(|member| (member.rank, member.household, member.slot));
        let (households, ranks) = group(&members, &weights);
        let weight = members
            .iter()
            .fold(0_u64, |sum, member| sum.saturating_add(member.weight));
        Self {
            rule,
            direction,
            members,
            households,
            ranks,
            weight,
            claims: Vec::new(),
            inner: Vec::new(),
        }
    }

    /// Under fixed shares that are not offered again: nobody's cap exceeds its part, by weight among all members, of
    /// `offered`, all that the other side has. Other rules leave the caps alone.
    #[allow(
        clippy::indexing_slicing,
        reason = "seats are positions in the accounts, of which there is one cap each"
    )]
    pub fn limit_to_quotas(&mut self, interval: IntervalIndex, offered: u64, caps: &mut [Energy]) {
        if self.rule != (AllocationRule::Static { reoffer: false }) {
            return;
        }
        let lot = lot(interval.0, self.direction.salt());
        self.claims.clear();
        self.claims.extend(self.members.iter().map(|member| {
            // Quotas are cut to caps afterwards.
            Claim::new(u64::MAX, member.weight, tie(lot, member.slot), member.seat)
        }));
        apportion(&mut self.claims, offered, self.weight);
        for claim in &self.claims {
            let cap = &mut caps[claim.place];
            *cap = Energy(claim.share).min(*cap);
        }
    }

    /// Divides `total` among the caps, one of each a seat, `total` <= sum of `caps`, `capped` being that sum.
    #[allow(
        clippy::indexing_slicing,
        reason = "ranges and seats were made from the same lists, of one length"
    )]
    pub fn divide(
        &mut self,
        interval: IntervalIndex,
        total: u64,
        capped: u64,
        caps: &[Energy],
        shares: &mut [Energy],
    ) {
        if total == capped {
            shares.copy_from_slice(caps);
            return;
        }
        shares.fill(Energy::ZERO);
        let mut left = total;
        for at in 0..self.ranks.len() {
            let members = &self.members[self.ranks[at].members.clone()];
            let claimed = members
                .iter()
                .fold(0_u64, |sum, member| sum.saturating_add(caps[member.seat].0));
            if claimed > left {
                // Nothing is left after this rank: the higher ones get none.
                self.divide_rank(at, lot(interval.0, self.direction.salt()), left, caps, shares);
                return;
            }
            left = left.saturating_sub(claimed);
            for member in members {
                shares[member.seat] = caps[member.seat];
            }
        }
    }

    fn divide_rank(&mut self, rank: usize, lot: u64, total: u64, caps: &[Energy], shares: &mut [Energy]) {
        match self.rule {
            AllocationRule::Even | AllocationRule::Priority => {
                self.divide_by_household(rank, lot, total, caps, shares);
            }
            AllocationRule::Static { .. } => {
                self.claim_by_seat(rank, lot, caps, |member, _| member.weight);
                fill_evenly(&mut self.claims, total);
                self.hand_out(shares);
            }
            AllocationRule::ProRata => {
                self.claim_by_seat(rank, lot, caps, |_, cap| cap);
                let claimed = self
                    .claims
                    .iter()
                    .fold(0_u64, |sum, claim| sum.saturating_add(claim.cap));
                apportion(&mut self.claims, total, claimed);
                self.hand_out(shares);
            }
        }
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "ranges and seats were made from the same lists, of one length"
    )]
    fn claim_by_seat(&mut self, rank: usize, lot: u64, caps: &[Energy], weight: fn(&Member, u64) -> u64) {
        self.claims.clear();
        for member in &self.members[self.ranks[rank].members.clone()] {
            let cap = caps[member.seat].0;
            if cap > 0 {
                let (weight, tie) = (weight(member, cap), tie(lot, member.slot));
                self.claims.push(Claim::new(cap, weight, tie, member.seat));
            }
        }
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "places of claims made by `claim_by_seat` are seats"
    )]
    fn hand_out(&self, shares: &mut [Energy]) {
        for claim in &self.claims {
            shares[claim.place] = Energy(claim.share);
        }
    }

    /// Evenly among households first, then each household's share evenly among its meters.
    #[allow(
        clippy::indexing_slicing,
        reason = "ranges and seats were made from the same lists, of one length"
    )]
    fn divide_by_household(
        &mut self,
        rank: usize,
        lot: u64,
        total: u64,
        caps: &[Energy],
        shares: &mut [Energy],
    ) {
        self.claims.clear();
        for place in self.ranks[rank].households.clone() {
            let household = &self.households[place];
            let members = &self.members[household.members.clone()];
            let cap = members
                .iter()
                .fold(0_u64, |sum, member| sum.saturating_add(caps[member.seat].0));
            if cap > 0 {
                let (weight, tie) = (household.weight, tie(lot, household.id));
                self.claims.push(Claim::new(cap, weight, tie, place));
            }
        }
        fill_evenly(&mut self.claims, total);
        for claim in &self.claims {
            let members = &self.members[self.households[claim.place].members.clone()];
            if let [only] = members {
                shares[only.seat] = Energy(claim.share);
                continue;
            }
            self.inner.clear();
            self.inner.extend(
                members
                    .iter()
                    .map(|member| Claim::new(caps[member.seat].0, 1, tie(lot, member.slot), member.seat)),
            );
            fill_evenly(&mut self.inner, claim.share);
            for claim in &self.inner {
                shares[claim.place] = Energy(claim.share);
            }
        }
    }
}

/// The largest weight of each household's members, in the order of household ids.
fn household_weights(members: &mut [Member]) -> Vec<(u32, u64)> {
    members.sort_unstable_by_key(|member| member.household);
    members
        .chunk_by(|a, b| a.household == b.household)
        .filter_map(|same| {
            Some((
                same.first()?.household,
                same.iter().map(|member| member.weight).max()?,
            ))
        })
        .collect()
}

/// Runs of members of one rank and household, and runs of these of one rank.
fn group(members: &[Member], weights: &[(u32, u64)]) -> (Vec<Household>, Vec<Rank>) {
    let mut households = Vec::new();
    let mut ranks = Vec::new();
    let mut member = 0_usize;
    for rank in members.chunk_by(|a, b| a.rank == b.rank) {
        let (first_member, first_household) = (member, households.len());
        for same in rank.chunk_by(|a, b| a.household == b.household) {
            let start = member;
            member = member.saturating_add(same.len());
            let id = same.first().map(|member| member.household).unwrap_or_default();
            let found = weights.binary_search_by_key(&id, |(household, _)| *household);
            let weight = found
                .ok()
                .and_then(|at| weights.get(at))
                .map_or(1, |(_, weight)| *weight);
            households.push(Household {
                id,
                weight,
                members: start..member,
            });
        }
        ranks.push(Rank {
            households: first_household..households.len(),
            members: first_member..member,
        });
    }
    (households, ranks)
}
