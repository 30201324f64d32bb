//! Both sides of an interval: how much is traded, and who buys and sells it, nobody from themselves.

use gridpact_units::{Energy, IntervalIndex};

use crate::order::Direction;
use crate::own::{tradable, Households, TwoSided};
use crate::participant::Account;
use crate::policy::{OwnInjection, Policy};
use crate::side::{Division, Side};

/// What each seat needs and offers in an interval: lists of one value a seat, in mWh.
#[derive(Clone, Copy)]
pub(crate) struct Claims<'a> {
    /// Needs as metered.
    pub needs: &'a [Energy],
    /// Needs as far as they can be paid, cut to quotas.
    pub payable: &'a [Energy],
    /// Offers as metered, cut to quotas.
    pub offers: &'a [Energy],
}

/// Buyers and sellers. All space is used again in every interval.
#[derive(Debug)]
pub(crate) struct Trade {
    own_injection: OwnInjection,
    pub buyers: Side,
    pub sellers: Side,
    households: Households,
    two_sided: Vec<TwoSided>,
    /// Bought by each seat in the last interval.
    pub bought: Vec<Energy>,
    /// Sold by each seat in the last interval.
    pub sold: Vec<Energy>,
}

impl Trade {
    pub fn new(policy: &Policy, accounts: &[Account]) -> Self {
        let nothing = vec![Energy::ZERO; accounts.len()];
        Self {
            own_injection: policy.own_injection,
            buyers: Side::new(policy.buyers, Direction::Buy, accounts),
            sellers: Side::new(policy.sellers, Direction::Sell, accounts),
            households: Households::new(accounts),
            two_sided: Vec::new(),
            bought: nothing.clone(),
            sold: nothing,
        }
    }

    /// Divides what can be traded among what can be paid for and among what is offered; returns how much that is.
    pub fn divide(&mut self, interval: IntervalIndex, claims: Claims<'_>) -> u64 {
        let Claims {
            needs,
            payable,
            offers,
        } = claims;
        match self.own_injection {
            OwnInjection::Excluded => {
                self.households.two_sided(payable, offers, &mut self.two_sided);
            }
            OwnInjection::Counts => {}
        }
        let (needed, offered) = (sum(payable), sum(offers));
        let total = tradable(needed, offered, &self.two_sided);
        let mut buying = Division {
            interval,
            total,
            capped: needed,
            metered: needs,
            caps: payable,
            shares: &mut self.bought,
        };
        self.buyers.divide(&mut buying);
        let room = |one: &TwoSided| offered.saturating_sub(one.offer);
        if let Some(one) = above(&self.two_sided, room, buying.shares) {
            self.buyers.hold(&one.seats, room(one), one.need, &mut buying);
        }
        let mut selling = Division {
            interval,
            total,
            capped: offered,
            metered: offers,
            caps: offers,
            shares: &mut self.sold,
        };
        self.sellers.divide(&mut selling);
        let room = |one: &TwoSided| needed.saturating_sub(one.need);
        if let Some(one) = above(&self.two_sided, room, selling.shares) {
            self.sellers.hold(&one.seats, room(one), one.offer, &mut selling);
        }
        total
    }
}

/// The one household that got more than all others give, or take; there is at most one (see [`crate::own`]).
fn above<'a>(
    two_sided: &'a [TwoSided],
    room: impl Fn(&TwoSided) -> u64,
    shares: &[Energy],
) -> Option<&'a TwoSided> {
    two_sided.iter().find(|one| one.of(shares) > room(one))
}

fn sum(energies: &[Energy]) -> u64 {
    energies
        .iter()
        .fold(0, |sum, energy| sum.saturating_add(energy.0))
}
