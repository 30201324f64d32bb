//! Conditions from the definition: who is in the greatest set, what can be, what asks for less.

use gridpact_chance::Chance;
use std::collections::{BTreeMap, BTreeSet};

use gridpact_types::escrow::terms::{Condition, PartyCondition, PledgersCondition};
use gridpact_units::Amount;

use crate::deal::{Deal, Who};

/// What a pledge asks. Parties by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asks {
    pub parties: Vec<(String, u128)>,
    pub pledgers: Option<(u32, u128)>,
    pub total: Option<u128>,
}

impl Asks {
    pub fn as_sent(&self, address: impl Fn(&str) -> String) -> Condition {
        let party = |(name, least): &(String, u128)| PartyCondition {
            address: address(name),
            at_least: Amount(*least),
        };
        Condition {
            parties: self.parties.iter().map(party).collect(),
            pledgers: self.pledgers.map(|(count, least)| PledgersCondition {
                count,
                at_least: Amount(least),
            }),
            total: self.total.map(Amount),
        }
    }

    /// Whether it can be read as a condition at all, and come to be met under the deal.
    pub fn can_be(&self, deal: &Deal) -> bool {
        let readable = self.parties.len() <= 16
            && self.parties.iter().all(|(_, least)| *least > 0)
            && self.pledgers.is_none_or(|(count, _)| count > 0);
        let most_of = |name: &str| match &deal.who {
            _ if deal.bars(name) => 0,
            Who::Anybody { .. } => deal.cap,
            Who::Named(parties) => parties.get(name).copied().unwrap_or(0),
        };
        let parties = self.parties.iter().all(|(name, least)| *least <= most_of(name));
        let pledgers = self.pledgers.is_none_or(|(count, least)| match &deal.who {
            Who::Anybody { .. } => count <= 513 && least <= deal.cap,
            Who::Named(parties) => {
                parties.values().filter(|amount| **amount >= least).count() >= count as usize
            }
        });
        let total = self.total.is_none_or(|total| match &deal.who {
            Who::Anybody { .. } => total <= deal.cap * 513,
            Who::Named(parties) => total <= parties.values().sum(),
        });
        readable && parties && pledgers && total
    }

    /// Each part absent, or no more than it was.
    pub fn is_no_more_than(&self, earlier: &Self) -> bool {
        let was = |name: &str| {
            let same = earlier.parties.iter().filter(|(other, _)| other == name);
            same.map(|(_, least)| *least).max()
        };
        let parties = self
            .parties
            .iter()
            .all(|(name, least)| was(name).is_some_and(|was| *least <= was));
        let pledgers = match (self.pledgers, earlier.pledgers) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(now), Some(was)) => now.0 <= was.0 && now.1 <= was.1,
        };
        let total = match (self.total, earlier.total) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(now), Some(was)) => now <= was,
        };
        parties && pledgers && total
    }

    /// Any condition, mostly one that may come to be met.
    pub fn any(chance: &mut Chance, deal: &Deal, names: &[String]) -> Self {
        let mut asks = Self::default();
        if chance.one_in(2) {
            return asks;
        }
        let usual = deal.target / 3 + 1;
        for _ in 0..chance.below(3) {
            let name = match chance.below(25) {
                0 => "contractor".to_owned(),
                1 => "nobody".to_owned(),
                _ => chance.of(names).clone(),
            };
            let least = match (&deal.who, chance.below(8)) {
                (Who::Named(parties), _) if parties.contains_key(&name) => {
                    parties[&name] + u128::from(chance.one_in(10))
                }
                (_, 0) => chance.within(0, deal.cap + 1),
                _ => chance.within(1, usual),
            };
            asks.parties.push((name, least));
        }
        if chance.one_in(3) {
            let count = match chance.below(12) {
                0 => 0,
                1 => 513,
                2 => 514,
                _ => u32::try_from(chance.below(5)).unwrap() + 1,
            };
            asks.pledgers = Some((count, chance.within(0, usual)));
        }
        if chance.one_in(3) {
            let most = if chance.one_in(10) {
                deal.cap * 520
            } else {
                deal.cap * 3 / 2
            };
            asks.total = Some(chance.within(0, most));
        }
        asks
    }

    /// A part less of it, or a part more.
    pub fn changed(&self, chance: &mut Chance) -> Self {
        let mut asks = self.clone();
        match chance.below(8) {
            0 => drop(asks.parties.pop()),
            1 => asks.pledgers = None,
            2 => asks.total = None,
            3 => asks.total = asks.total.map(|total| total - total / 3),
            4 => asks
                .parties
                .iter_mut()
                .for_each(|(_, least)| *least -= *least / 2),
            5 => asks.pledgers = asks.pledgers.map(|(count, least)| (count - count / 2, least)),
            6 => asks.total = asks.total.map(|total| total + 1),
            _ => asks = Self::default(),
        }
        asks
    }
}

/// Drop whose condition the others do not meet, until none drops.
pub fn greatest_set<'a>(pledges: impl Iterator<Item = (&'a String, u128, &'a Asks)>) -> BTreeSet<String> {
    let mut set: BTreeMap<&String, (u128, &Asks)> = pledges
        .map(|(name, amount, asks)| (name, (amount, asks)))
        .collect();
    loop {
        let total: u128 = set.values().map(|(amount, _)| amount).sum();
        let is_met = |asks: &Asks| {
            let there =
                |(name, least): &(String, u128)| set.get(name).is_some_and(|(amount, _)| amount >= least);
            let enough = |(count, least): (u32, u128)| {
                set.values().filter(|(amount, _)| *amount >= least).count() >= count as usize
            };
            asks.parties.iter().all(there)
                && asks.pledgers.is_none_or(enough)
                && asks.total.is_none_or(|asked| total >= asked)
        };
        let stays: BTreeMap<_, _> = set
            .iter()
            .filter(|(_, (_, asks))| is_met(asks))
            .map(|(name, pledge)| (*name, *pledge))
            .collect();
        if stays.len() == set.len() {
            return stays.into_keys().cloned().collect();
        }
        set = stays;
    }
}
