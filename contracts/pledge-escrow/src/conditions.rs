//! The greatest self-consistent set of pledges. Pure.
//!
//! Drop every pledge whose condition the others do not meet, until none drops. Conditions only ask for more, so what
//! remains is the one greatest set, whatever the order, and another or a larger pledge can only make it grow. So a member
//! stays one, its condition is never looked at again, and at each pledge only those still waiting are.

use std::collections::BTreeMap;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;
use gridpact_units::Amount;

/// What a pledge asks of the others, checked. All parts given must hold.
#[cw_serde]
#[derive(Default)]
pub struct Ask {
    /// Each of these pledges at least this much.
    pub parties: Vec<PartyAsk>,
    /// At least so many pledge at least this much each.
    pub pledgers: Option<PledgersAsk>,
    /// At least this much is pledged in all.
    pub total: Option<Amount>,
}

/// One party that is asked for.
#[cw_serde]
pub struct PartyAsk {
    /// Who.
    pub party: Addr,
    /// The least it pledges.
    pub at_least: Amount,
}

/// A number of pledgers that is asked for.
#[cw_serde]
pub struct PledgersAsk {
    /// How many.
    pub count: u32,
    /// Only pledges of at least this much count.
    pub at_least: Amount,
}

impl Ask {
    /// True where nothing is asked: such a pledge is in every set.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.pledgers.is_none() && self.total.is_none()
    }

    /// True where each part is absent, or asks no more than it does in another. Whatever meets the other meets this.
    pub fn asks_no_more_than(&self, other: &Self) -> bool {
        let of_party = |asked: &PartyAsk| {
            let same = |other: &&PartyAsk| other.party == asked.party;
            let most = other
                .parties
                .iter()
                .filter(same)
                .map(|other| other.at_least)
                .max();
            most.is_some_and(|most| asked.at_least <= most)
        };
        let pledgers = self.pledgers.as_ref().is_none_or(|asked| {
            let other = other.pledgers.as_ref();
            other.is_some_and(|other| asked.count <= other.count && asked.at_least <= other.at_least)
        });
        let total = self
            .total
            .is_none_or(|asked| other.total.is_some_and(|other| asked <= other));
        self.parties.iter().all(of_party) && pledgers && total
    }

    /// The first party that this asks for and that is not there with enough.
    pub fn missing(&self, there: &BTreeMap<&Addr, u128>) -> Option<&PartyAsk> {
        let is_missing =
            |asked: &&PartyAsk| there.get(&asked.party).is_none_or(|got| *got < asked.at_least.0);
        self.parties.iter().find(is_missing)
    }
}

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
    /// What it asks of the others, or a part of that.
    pub ask: Ask,
}

/// For each waiting pledge, whether it is in the greatest self-consistent set of all, given the members so far (none, to
/// find it from scratch). Totals and counts include the pledge itself.
///
/// Where only a part is known of what a pledge asks, more may seem to join than do, and never fewer.
///
/// Each round but the last drops a pledge, and looks at each waiting one: at most n + 1 rounds of n looks.
pub fn joining(members: &[Member], waiting: &[Waiting]) -> Vec<bool> {
    let relied_on: Vec<_> = relied_on(members, waiting);
    let mut inside: Vec<bool> = relied_on.iter().map(Option::is_some).collect();
    let counts = Counts::of(members, waiting);
    loop {
        let set = counts.of_set(&inside);
        let stays = |position: usize, inside: &[bool]| {
            let stands = |other: &usize| inside.get(*other) == Some(&true);
            let parties = relied_on.get(position).and_then(Option::as_ref);
            let ask = waiting.get(position).map(|waiting| &waiting.ask);
            parties.is_some_and(|others| others.iter().all(stands)) && ask.is_some_and(|ask| set.meets(ask))
        };
        let mut dropped = false;
        for position in 0..inside.len() {
            if inside.get(position) == Some(&true) && !stays(position, &inside) {
                inside
                    .iter_mut()
                    .skip(position)
                    .take(1)
                    .for_each(|inside| *inside = false);
                dropped = true;
            }
        }
        if !dropped {
            return inside;
        }
    }
}

/// The same, where only a part is known of what the waiting pledges ask. `whole` gives all that one asks; it is called for those
/// that seem to join by what is known, and only for them. Says for each whether it seemed to, and whether it does.
///
/// Another round is not needed: more is known in the second, so nobody joins in it who did not seem to.
pub fn joining_by_need<E>(
    members: &[Member],
    waiting: &mut [Waiting],
    mut whole: impl FnMut(&Addr) -> Result<Ask, E>,
) -> Result<(Vec<bool>, Vec<bool>), E> {
    let seems = joining(members, waiting);
    for (waiting, _) in waiting.iter_mut().zip(&seems).filter(|(_, seems)| **seems) {
        waiting.ask = whole(&waiting.pledger)?;
    }
    let joins = joining(members, waiting);
    Ok((seems, joins))
}

/// For each waiting pledge, the positions of the waiting ones it asks for by name; `None` where a party it asks for has
/// pledged too little, or nothing, so that it cannot join.
fn relied_on(members: &[Member], waiting: &[Waiting]) -> Vec<Option<Vec<usize>>> {
    let of_members = members
        .iter()
        .map(|member| (&member.pledger, (member.amount, None)));
    let of_waiting = waiting
        .iter()
        .enumerate()
        .map(|(position, waiting)| (&waiting.pledger, (waiting.amount, Some(position))));
    let by_address: BTreeMap<&Addr, (u128, Option<usize>)> = of_members.chain(of_waiting).collect();
    let position = |asked: &PartyAsk| {
        let (amount, position) = by_address.get(&asked.party)?;
        (*amount >= asked.at_least.0).then_some(*position)
    };
    let positions = |waiting: &Waiting| {
        let asked = waiting.ask.parties.iter().map(position);
        let asked: Option<Vec<Option<usize>>> = asked.collect();
        asked.map(|positions| positions.into_iter().flatten().collect())
    };
    waiting.iter().map(positions).collect()
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

    /// The members and those of the waiting that are inside.
    fn of_set(&self, inside: &[bool]) -> Set<'_> {
        let waiting = self.waiting.iter();
        let joining: Vec<u128> = waiting
            .filter(|(_, position)| inside.get(*position) == Some(&true))
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
    fn meets(&self, ask: &Ask) -> bool {
        let pledgers = ask.pledgers.as_ref().is_none_or(|asked| {
            let count = |amounts: &[u128]| {
                let below = amounts.partition_point(|amount| *amount < asked.at_least.0);
                amounts.len().saturating_sub(below)
            };
            let count = count(self.members).saturating_add(count(&self.joining));
            u32::try_from(count).unwrap_or(u32::MAX) >= asked.count
        });
        pledgers && ask.total.is_none_or(|asked| self.total >= asked.0)
    }
}

fn sum(amounts: &[u128]) -> u128 {
    amounts
        .iter()
        .fold(0, |sum: u128, amount| sum.saturating_add(*amount))
}
