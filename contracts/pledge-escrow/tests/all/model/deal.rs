//! Terms as they may come.

use std::collections::BTreeMap;

use gridpact_types::escrow::terms::{Admission, MilestoneTerms, NamedParty, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use super::chance::Chance;
use crate::harness::{Escrow, DAY};

/// Who may pledge.
#[derive(Clone, Debug)]
pub enum Who {
    Anybody { minimum: u128 },
    Named(BTreeMap<String, u128>),
}

/// The terms, in numbers.
#[derive(Clone, Debug)]
pub struct Deal {
    pub who: Who,
    pub target: u128,
    pub cap: u128,
    pub deadline: u64,
    pub accept_within: u64,
    pub shares: Vec<u16>,
    pub due: Vec<u64>,
    pub grace: u64,
    pub retention: u16,
    pub review: u64,
    pub defects: u64,
}

/// Units to 10^30: the amounts are up to some hundreds of them.
const UNITS: [u128; 4] = [
    1,
    1_000,
    1_000_000_000_000_000_000,
    1_000_000_000_000_000_000_000_000_000_000,
];

impl Deal {
    pub fn any(chance: &mut Chance, now: u64, names: &[String], crowded: bool) -> Self {
        let unit = *chance.of(&UNITS);
        let target = chance.within(150 * unit, 250 * unit);
        let cap = target + chance.within(0, 60 * unit);
        let who = if crowded || chance.one_in(2) {
            let least = target.div_ceil(512);
            Who::Anybody {
                minimum: chance.within(least, least + if crowded { 0 } else { 10 * unit }),
            }
        } else {
            named(chance, target, cap, names)
        };
        let count = usize::try_from(chance.below(4) + 1).unwrap();
        let deadline = now + chance.below(20 * DAY) + 1;
        let accept_within = chance.below(10 * DAY) + 1;
        let mut due = Vec::new();
        let mut earliest = deadline + accept_within + 1;
        for _ in 0..count {
            earliest += if chance.one_in(4) {
                0
            } else {
                chance.below(30 * DAY)
            };
            due.push(earliest);
        }
        let period = |chance: &mut Chance| {
            if chance.one_in(4) {
                0
            } else {
                chance.below(60 * DAY)
            }
        };
        Self {
            who,
            target,
            cap,
            deadline,
            accept_within,
            shares: shares(chance, count),
            due,
            grace: chance.below(20 * DAY) + 1,
            retention: match chance.below(5) {
                0 => 0,
                1 => 10_000,
                _ => u16::try_from(chance.below(10_001)).unwrap(),
            },
            review: period(chance),
            defects: period(chance),
        }
    }

    pub fn terms(&self, escrow: &Escrow) -> Terms {
        let milestone = |(share, due): (&u16, &u64)| MilestoneTerms {
            title: "work".to_owned(),
            share: BasisPoints(*share),
            due: UnixSeconds(*due),
        };
        let party = |(name, amount): (&String, &u128)| NamedParty {
            address: escrow.addr(name).into_string(),
            amount: Amount(*amount),
        };
        Terms {
            target: Amount(self.target),
            cap: Amount(self.cap),
            admission: match &self.who {
                Who::Anybody { minimum } => Admission::Open {
                    minimum: Amount(*minimum),
                },
                Who::Named(parties) => Admission::Named {
                    parties: parties.iter().map(party).collect(),
                },
            },
            deadline: UnixSeconds(self.deadline),
            accept_within: Seconds(self.accept_within),
            milestones: self.shares.iter().zip(&self.due).map(milestone).collect(),
            grace: Seconds(self.grace),
            retention: BasisPoints(self.retention),
            review_period: Seconds(self.review),
            defects_period: Seconds(self.defects),
            ..escrow.founding()
        }
    }
}

/// Some of the names, who reach the target together, and mostly not much more.
fn named(chance: &mut Chance, target: u128, cap: u128, names: &[String]) -> Who {
    let count = usize::try_from(chance.below(4) + 2).unwrap();
    let chosen = &names[..count];
    let each = target.div_ceil(count as u128);
    let amount = |name: &String| (name.clone(), chance.within(each, cap.min(each + each / 2)));
    Who::Named(chosen.iter().map(amount).collect())
}

/// As many, all above nothing, the whole together.
fn shares(chance: &mut Chance, count: usize) -> Vec<u16> {
    let mut shares = Vec::new();
    let mut left = 10_000;
    for others in (1..count).rev() {
        let most = left - u64::try_from(others).unwrap();
        let share = if chance.one_in(4) {
            1
        } else {
            chance.below(most) + 1
        };
        shares.push(u16::try_from(share).unwrap());
        left -= share;
    }
    shares.push(u16::try_from(left).unwrap());
    shares
}
