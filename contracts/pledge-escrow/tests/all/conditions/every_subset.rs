//! The greatest set as the definition has it: by every subset there is.

use pledge_escrow::conditions::{PartyAsk, PledgersAsk};

use super::Pledged;

/// Straight from the definition: whether every member's condition is met within the set.
pub fn is_consistent(pledges: &[Pledged], inside: &[bool]) -> bool {
    let set: Vec<_> = pledges
        .iter()
        .zip(inside)
        .filter(|(_, inside)| **inside)
        .map(|(pledge, _)| pledge)
        .collect();
    set.iter().all(|(_, _, condition)| {
        let party = |asked: &PartyAsk| {
            set.iter()
                .any(|(name, amount, _)| *name == asked.party.as_str() && *amount >= asked.at_least.0)
        };
        let count = |asked: &PledgersAsk| {
            set.iter()
                .filter(|(_, amount, _)| *amount >= asked.at_least.0)
                .count()
        };
        condition.parties.iter().all(party)
            && condition
                .pledgers
                .as_ref()
                .is_none_or(|asked| count(asked) >= asked.count as usize)
            && condition
                .total
                .is_none_or(|asked| set.iter().map(|(_, amount, _)| amount).sum::<u128>() >= asked.0)
    })
}

/// The union of all consistent subsets, by trying each.
pub fn by_brute_force(pledges: &[Pledged]) -> Vec<bool> {
    let mut greatest = vec![false; pledges.len()];
    for subset in 0_u32..1 << pledges.len() {
        let inside: Vec<bool> = (0..pledges.len())
            .map(|position| subset >> position & 1 == 1)
            .collect();
        if is_consistent(pledges, &inside) {
            greatest
                .iter_mut()
                .zip(inside)
                .for_each(|(greatest, inside)| *greatest |= inside);
        }
    }
    greatest
}
