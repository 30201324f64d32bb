//! Who trades on a side and in which order: ranks, in them households, in them meters. Made once a window.

use core::ops::Range;

use gridpact_units::Energy;

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

    /// Makes the lots of the two sides of an interval differ.
    pub fn salt(self) -> u64 {
        match self {
            Self::Buy => 1,
            Self::Sell => 2,
        }
    }
}

/// A seat that trades in this direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub seat: usize,
    pub slot: u32,
    pub weight: u64,
    household: u32,
    /// Tier, then place in the stated order; a lower rank is served fully before the next.
    rank: (u8, u16),
}

impl Member {
    fn new(rule: AllocationRule, direction: Direction, (seat, account): (usize, &Account)) -> Option<Self> {
        let terms = account.terms?;
        let tier = direction.tier(&terms);
        let place = if rule == AllocationRule::Priority {
            terms.priority
        } else {
            0
        };
        (tier != Terms::NO_TIER).then(|| Self {
            seat,
            slot: account.slot.0,
            weight: u64::from(terms.weight),
            household: terms.household,
            rank: (tier, place),
        })
    }

    /// The member's value in a list of one a seat.
    #[allow(
        clippy::indexing_slicing,
        reason = "seats are positions in the accounts, of which there is one value each"
    )]
    pub fn of(&self, seats: &[Energy]) -> u64 {
        seats[self.seat].0
    }
}

/// The members of one household in one rank, neighbours in the list of members.
#[derive(Clone, Debug)]
pub(crate) struct Household {
    pub id: u32,
    pub weight: u64,
    members: Range<usize>,
}

/// The households of one rank, neighbours in the list of households.
#[derive(Clone, Debug)]
struct Rank {
    households: Range<usize>,
    members: Range<usize>,
}

/// One side's members by rank, household and slot: an order that does not depend on that of the seats.
#[derive(Debug)]
pub(crate) struct Order {
    members: Vec<Member>,
    households: Vec<Household>,
    ranks: Vec<Rank>,
    weight: u64,
}

impl Order {
    pub fn new(rule: AllocationRule, direction: Direction, accounts: &[Account]) -> Self {
        let seats = accounts.iter().enumerate();
        let mut members: Vec<Member> = seats
            .filter_map(|seat| Member::new(rule, direction, seat))
            .collect();
        let weights = household_weights(accounts);
        members.sort_unstable_by_key(|member| (member.rank, member.household, member.slot));
        let (households, ranks) = group(&members, &weights);
        let weight = members
            .iter()
            .fold(0_u64, |sum, member| sum.saturating_add(member.weight));
        Self {
            members,
            households,
            ranks,
            weight,
        }
    }

    /// Everybody on this side.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The weights of everybody on this side, summed.
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// Number of ranks.
    pub fn ranks(&self) -> usize {
        self.ranks.len()
    }

    /// Everybody in one rank.
    #[allow(
        clippy::indexing_slicing,
        reason = "ranges of ranks were made from this list of members"
    )]
    pub fn members_of_rank(&self, rank: usize) -> &[Member] {
        &self.members[self.ranks[rank].members.clone()]
    }

    /// The households of one rank, each with its position for [`Self::household`].
    #[allow(
        clippy::indexing_slicing,
        reason = "ranges of ranks were made from this list of households"
    )]
    pub fn households_of_rank(&self, rank: usize) -> impl Iterator<Item = (usize, &Household)> {
        let places = self.ranks[rank].households.clone();
        places.clone().zip(&self.households[places])
    }

    /// The household at a position.
    #[allow(
        clippy::indexing_slicing,
        reason = "positions are those that `households_of_rank` gave"
    )]
    pub fn household(&self, place: usize) -> &Household {
        &self.households[place]
    }

    /// The meters of one household in its rank.
    #[allow(
        clippy::indexing_slicing,
        reason = "ranges of households were made from this list of members"
    )]
    pub fn meters_of(&self, household: &Household) -> &[Member] {
        &self.members[household.members.clone()]
    }
}

/// The largest weight of each household's slots, whichever side they act on, in the order of household ids.
fn household_weights(accounts: &[Account]) -> Vec<(u32, u32)> {
    let terms = accounts.iter().filter_map(|account| account.terms);
    let mut weights: Vec<(u32, u32)> = terms.map(|terms| (terms.household, terms.weight)).collect();
    weights.sort_unstable();
    // The last of each household is the largest.
    weights.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = next.1;
        }
        same
    });
    weights
}

/// Runs of members of one rank and household, and runs of these of one rank.
fn group(members: &[Member], weights: &[(u32, u32)]) -> (Vec<Household>, Vec<Rank>) {
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
                .map_or(1, |(_, weight)| u64::from(*weight));
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
