//! The greatest self-consistent set of pledges. Pure.
//!
//! Drop every pledge whose condition the others do not meet, until none drops. Conditions only ask for more, so what
//! remains is the one greatest set, whatever the order, and another or a larger pledge can only make it grow. So a member
//! stays one, its condition is never looked at again, and at each pledge only those still waiting are.

use std::collections::BTreeMap;

use cosmwasm_std::Addr;

use crate::needs::{Needs, PartyId, PartyNeed};

/// A pledge in the set.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who pledges.
    pub pledger: Addr,
    /// How much, in base units.
    pub amount: u128,
}

/// A pledge that stands but is not in the set.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Who pledges.
    pub pledger: Addr,
    /// How much, in base units.
    pub amount: u128,
    /// Its place in the order of pledging.
    pub number: u64,
    /// What it asks of the others.
    pub needs: Needs,
}

/// For each waiting pledge, whether it is in the greatest self-consistent set of all, given the members so far (none, to
/// find it from scratch). Totals and counts include the pledge itself.
///
/// Each round but the last drops a pledge, and looks at each waiting one: at most n + 1 rounds of n looks.
pub fn joining(members: &[Member], waiting: &[Waiting]) -> Vec<bool> {
    let relied_on = relied_on(members, waiting);
    let mut joins: Vec<bool> = relied_on.iter().map(Option::is_some).collect();
    let counts = Counts::of(members, waiting);
    loop {
        let set = counts.of_set(&joins);
        let mut dropped = false;
        for (position, (waiting, relied)) in waiting.iter().zip(&relied_on).enumerate() {
            if !stands(&joins, position) {
                continue;
            }
            let mut relied = relied.iter().flatten();
            if relied.any(|other| !stands(&joins, *other)) || !set.meets(&waiting.needs) {
                if let Some(joins) = joins.get_mut(position) {
                    *joins = false;
                }
                dropped = true;
            }
        }
        if !dropped {
            return joins;
        }
    }
}

fn stands(joins: &[bool], position: usize) -> bool {
    joins.get(position).is_some_and(|joins| *joins)
}

/// The positions of the waiting pledges that each asks for by name; `None` where a party has pledged too little, or nothing, so
/// that it cannot join.
fn relied_on(members: &[Member], waiting: &[Waiting]) -> Vec<Option<Vec<usize>>> {
    let of_members = members
        .iter()
        .map(|member| (PartyId::of(&member.pledger), (member.amount, None)));
    let of_waiting = waiting
        .iter()
        .enumerate()
        .map(|(position, waiting)| (PartyId::of(&waiting.pledger), (waiting.amount, Some(position))));
    let by_party: BTreeMap<PartyId, (u128, Option<usize>)> = of_members.chain(of_waiting).collect();
    let position = |asked: &PartyNeed| match by_party.get(&asked.party) {
        Some((amount, position)) if *amount >= asked.at_least => Some(*position),
        _ => None,
    };
    let of_one = |waiting: &Waiting| {
        let asked = waiting.needs.parties.iter().map(position);
        let there: Vec<Option<usize>> = asked.collect::<Option<_>>()?;
        Some(there.into_iter().flatten().collect())
    };
    waiting.iter().map(of_one).collect()
}

/// Amounts in ascending order, sorted once: of the members, and of the waiting with their positions.
struct Counts {
    members: Vec<u128>,
    waiting: Vec<(u128, usize)>,
    members_total: u128,
}

impl Counts {
    fn of(members: &[Member], waiting: &[Waiting]) -> Self {
        let mut amounts: Vec<u128> = members.iter().map(|member| member.amount).collect();
        amounts.sort_unstable();
        let positions = waiting.iter().enumerate();
        let mut of_waiting: Vec<_> = positions
            .map(|(position, waiting)| (waiting.amount, position))
            .collect();
        of_waiting.sort_unstable();
        Self {
            members_total: sum(&amounts),
            members: amounts,
            waiting: of_waiting,
        }
    }

    /// The members and those of the waiting that have not dropped.
    fn of_set(&self, joins: &[bool]) -> Set<'_> {
        let waiting = self.waiting.iter();
        let joining: Vec<u128> = waiting
            .filter(|(_, position)| stands(joins, *position))
            .map(|(amount, _)| *amount)
            .collect();
        Set {
            members: &self.members,
            total: self.members_total.saturating_add(sum(&joining)),
            joining,
        }
    }
}

/// What conditions ask about a set, parties aside.
struct Set<'a> {
    members: &'a [u128],
    joining: Vec<u128>,
    total: u128,
}

impl Set<'_> {
    fn meets(&self, needs: &Needs) -> bool {
        let pledgers = needs.pledgers.as_ref().is_none_or(|asked| {
            let count = |amounts: &[u128]| {
                let below = amounts.partition_point(|amount| *amount < asked.at_least.0);
                amounts.len().saturating_sub(below)
            };
            let count = count(self.members).saturating_add(count(&self.joining));
            u32::try_from(count).unwrap_or(u32::MAX) >= asked.count
        });
        pledgers && needs.total.is_none_or(|asked| self.total >= asked.0)
    }
}

fn sum(amounts: &[u128]) -> u128 {
    amounts
        .iter()
        .fold(0, |sum: u128, amount| sum.saturating_add(*amount))
}
