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

/// What becomes of a waiting pledge.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It is in the set.
    Joins,
    /// It dropped.
    Drops {
        /// A party it asks for that was not there with enough, or had dropped before it; `None` where a count or a total alone
        /// was missing.
        missing: Option<PartyAsk>,
    },
}

impl Fate {
    /// Whether it is in the set.
    pub fn joins(&self) -> bool {
        matches!(self, Self::Joins)
    }

    fn without(missing: Option<&PartyAsk>) -> Self {
        Self::Drops {
            missing: missing.cloned(),
        }
    }
}

/// For each waiting pledge, whether it is in the greatest self-consistent set of all, given the members so far (none, to
/// find it from scratch). Totals and counts include the pledge itself.
///
/// Where only a part is known of what a pledge asks, more may seem to join than do, and never fewer.
///
/// Let each that drops ask for the party alone that it missed, besides its count and total: still none of them joins. For take
/// the first to drop of those that would. All that dropped before it are outside, so the set is no more than it was when that
/// one dropped; and what it missed then, it misses. So to keep that one party of each keeps them out, until another pledge comes.
///
/// Each round but the last drops a pledge, and looks at each waiting one: at most n + 1 rounds of n looks.
pub fn joining(members: &[Member], waiting: &[Waiting]) -> Vec<Fate> {
    let relied_on = relied_on(members, waiting);
    let first = |relied: &Relied| match relied {
        Ok(_) => Fate::Joins,
        Err(absent) => Fate::without(Some(absent)),
    };
    let mut fates: Vec<Fate> = relied_on.iter().map(first).collect();
    let counts = Counts::of(members, waiting);
    loop {
        let set = counts.of_set(&fates);
        let mut dropped = false;
        for (position, (waiting, relied)) in waiting.iter().zip(&relied_on).enumerate() {
            let (Ok(relied), true) = (relied, stands(&fates, position)) else {
                continue;
            };
            let missing = relied.iter().find(|(_, other)| !stands(&fates, *other));
            if missing.is_some() || !set.meets(&waiting.ask) {
                let missing = missing.map(|(asked, _)| *asked);
                if let Some(fate) = fates.get_mut(position) {
                    *fate = Fate::without(missing);
                }
                dropped = true;
            }
        }
        if !dropped {
            return fates;
        }
    }
}

fn stands(fates: &[Fate], position: usize) -> bool {
    fates.get(position).is_some_and(Fate::joins)
}

/// The same, where only a part is known of what the waiting pledges ask. `whole` gives all that one asks; it is called for those
/// that seem to join by what is known, and only for them. Gives for each what was known, where it seemed to, and its fate.
///
/// Another round is not needed: more is known in the second, so nobody joins in it who did not seem to.
pub fn joining_by_need<E>(
    members: &[Member],
    waiting: &mut [Waiting],
    mut whole: impl FnMut(&Addr) -> Result<Ask, E>,
) -> Result<(Vec<Option<Ask>>, Vec<Fate>), E> {
    let mut hopeful = Vec::with_capacity(waiting.len());
    let seems = joining(members, waiting);
    for (waiting, seems) in waiting.iter_mut().zip(seems) {
        let known = if seems.joins() {
            let whole = whole(&waiting.pledger)?;
            Some(std::mem::replace(&mut waiting.ask, whole))
        } else {
            None
        };
        hopeful.push(known);
    }
    Ok((hopeful, joining(members, waiting)))
}

/// The waiting pledges that one asks for by name, with their positions; or the first party that has pledged too little, or
/// nothing, so that it cannot join.
type Relied<'a> = Result<Vec<(&'a PartyAsk, usize)>, &'a PartyAsk>;

fn relied_on<'a>(members: &'a [Member], waiting: &'a [Waiting]) -> Vec<Relied<'a>> {
    let of_members = members
        .iter()
        .map(|member| (&member.pledger, (member.amount, None)));
    let of_waiting = waiting
        .iter()
        .enumerate()
        .map(|(position, waiting)| (&waiting.pledger, (waiting.amount, Some(position))));
    let by_address: BTreeMap<&Addr, (u128, Option<usize>)> = of_members.chain(of_waiting).collect();
    let position = |asked: &'a PartyAsk| match by_address.get(&asked.party) {
        Some((amount, position)) if *amount >= asked.at_least.0 => Ok((asked, *position)),
        _ => Err(asked),
    };
    let of_one = |waiting: &'a Waiting| {
        let asked = waiting.ask.parties.iter().map(position);
        let there: Vec<_> = asked.collect::<Result<_, _>>()?;
        let waits = there
            .into_iter()
            .filter_map(|(asked, position)| Some((asked, position?)));
        Ok(waits.collect())
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
    fn of_set(&self, fates: &[Fate]) -> Set<'_> {
        let waiting = self.waiting.iter();
        let joining: Vec<u128> = waiting
            .filter(|(_, position)| stands(fates, *position))
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
