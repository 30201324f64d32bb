//! Terms as they may come.

use gridpact_chance::Chance;
use std::collections::BTreeMap;

use gridpact_types::escrow::terms::{Admission, DeciderTerms, MilestoneTerms, NamedParty, PayeePart, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

/// In seconds.
pub const DAY: u64 = 86_400;

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
    /// Basis points of what was paid.
    pub consent: u16,
    pub decider: Option<Decider>,
    pub bond: u128,
    /// How many are paid beside the contractor.
    pub payees: u32,
    /// Of each milestone: who has which part of it.
    pub parts: Vec<Vec<(u32, u16)>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Decider {
    pub limit: u64,
    pub objection: u16,
    pub silence: u16,
}

/// The name of a payee; 0 is the contractor.
pub fn payee_name(number: u32) -> String {
    if number == 0 {
        "contractor".to_owned()
    } else {
        format!("payee {number}")
    }
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
        let payees = match chance.below(6) {
            0 | 1 => 0,
            2 => 8,
            _ => u32::try_from(chance.below(3)).unwrap() + 1,
        };
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
            consent: u16::try_from(chance.within(5_001, 8_000)).unwrap(),
            decider: (!chance.one_in(5)).then(|| Decider::any(chance)),
            bond: if chance.one_in(3) {
                0
            } else {
                chance.within(1, target / 5)
            },
            payees,
            parts: (0..count).map(|_| parts(chance, payees)).collect(),
        }
    }

    /// Whether somebody is paid or decides.
    pub fn bars(&self, name: &str) -> bool {
        let decides = self.decider.is_some() && name == "decider";
        decides || (0..=self.payees).any(|number| payee_name(number) == name)
    }

    /// As the contract takes them; what these numbers do not say (texts, the asset, the contractor) as in other terms.
    pub fn terms(&self, otherwise: Terms, address: impl Fn(&str) -> String) -> Terms {
        let part = |(payee, part): &(u32, u16)| PayeePart {
            payee: *payee,
            part: BasisPoints(*part),
        };
        let milestone = |((share, due), parts): ((&u16, &u64), &Vec<(u32, u16)>)| MilestoneTerms {
            title: "work".to_owned(),
            share: BasisPoints(*share),
            due: UnixSeconds(*due),
            payees: parts.iter().map(part).collect(),
        };
        let decider = |decider: &Decider| DeciderTerms {
            address: address("decider"),
            time_limit: Seconds(decider.limit),
            objection: BasisPoints(decider.objection),
            silence: BasisPoints(decider.silence),
        };
        let payee = |number: u32| address(&payee_name(number));
        let work = self.shares.iter().zip(&self.due).zip(&self.parts);
        let party = |(name, amount): (&String, &u128)| NamedParty {
            address: address(name),
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
            milestones: work.map(milestone).collect(),
            grace: Seconds(self.grace),
            retention: BasisPoints(self.retention),
            review_period: Seconds(self.review),
            defects_period: Seconds(self.defects),
            consent: BasisPoints(self.consent),
            decider: self.decider.as_ref().map(decider),
            bond: Amount(self.bond),
            payees: (1..=self.payees).map(payee).collect(),
            ..otherwise
        }
    }
}

impl Decider {
    fn any(chance: &mut Chance) -> Self {
        let silence = match chance.below(5) {
            0 => 0,
            1 => 10_000,
            2 => chance.below(10_001),
            _ => 5_000,
        };
        Self {
            limit: chance.below(20 * DAY) + 1,
            objection: u16::try_from(if chance.one_in(8) {
                10_000
            } else {
                chance.within(1, 6_000)
            })
            .unwrap(),
            silence: u16::try_from(silence).unwrap(),
        }
    }
}

/// Parts of a milestone, at most the whole together.
fn parts(chance: &mut Chance, payees: u32) -> Vec<(u32, u16)> {
    let mut parts = Vec::new();
    let mut left = 10_000;
    for payee in 1..=payees {
        if left > 0 && !chance.one_in(3) {
            let part = if chance.one_in(8) {
                left
            } else {
                chance.below(left) + 1
            };
            left -= part;
            parts.push((payee, u16::try_from(part).unwrap()));
        }
    }
    parts
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
