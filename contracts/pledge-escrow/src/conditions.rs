//! The greatest self-consistent set of pledges. Pure.
//!
//! Drop every pledge whose condition the others do not meet, until none drops. Conditions only ask for more, so what
//! remains is the one greatest set, whatever the order, and another or a larger pledge can only make it grow.

use std::collections::BTreeMap;

use gridpact_types::escrow::Condition;

/// A pledge as the others see it.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Who pledges.
    pub pledger: &'a str,
    /// How much, in base units.
    pub amount: u128,
    /// What it asks of the others.
    pub condition: &'a Condition,
    /// Known to be in the set: since the set only grows, its condition need not be looked at again.
    pub member: bool,
}

/// For each pledge, whether it is in the greatest self-consistent set. Totals and counts include the pledge itself.
pub fn greatest_set(pledges: &[Standing]) -> Vec<bool> {
    let mut inside = vec![true; pledges.len()];
    loop {
        let set = Set::of(pledges, &inside);
        let mut dropped = false;
        for (pledge, inside) in pledges.iter().zip(&mut inside) {
            if *inside && !pledge.member && !set.meets(pledge.condition) {
                *inside = false;
                dropped = true;
            }
        }
        if !dropped {
            return inside;
        }
    }
}

/// What conditions ask about a set.
struct Set<'a> {
    amounts: BTreeMap<&'a str, u128>,
    /// Ascending, to count those of at least some amount.
    sorted: Vec<u128>,
    total: u128,
}

impl<'a> Set<'a> {
    fn of(pledges: &[Standing<'a>], inside: &[bool]) -> Self {
        let members = || {
            pledges
                .iter()
                .zip(inside)
                .filter(|(_, inside)| **inside)
                .map(|(pledge, _)| pledge)
        };
        let mut sorted: Vec<u128> = members().map(|pledge| pledge.amount).collect();
        sorted.sort_unstable();
        Self {
            amounts: members().map(|pledge| (pledge.pledger, pledge.amount)).collect(),
            total: sorted
                .iter()
                .fold(0, |sum: u128, amount| sum.saturating_add(*amount)),
            sorted,
        }
    }

    fn meets(&self, condition: &Condition) -> bool {
        let party = |address: &str| self.amounts.get(address).copied().unwrap_or(0);
        let parties = condition
            .parties
            .iter()
            .all(|asked| party(&asked.address) >= asked.at_least.0);
        let pledgers = condition.pledgers.as_ref().is_none_or(|asked| {
            let below = self.sorted.partition_point(|amount| *amount < asked.at_least.0);
            let count = self.sorted.len().saturating_sub(below);
            u32::try_from(count).unwrap_or(u32::MAX) >= asked.count
        });
        parties && pledgers && condition.total.is_none_or(|asked| self.total >= asked.0)
    }
}
