//! Terms and conditions of the tests.

use cosmwasm_std::HexBinary;
use gridpact_types::escrow::bounds::{
    MAX_MILESTONES, MAX_NAMED, MAX_PAYEES, MAX_PLEDGES, MAX_TITLE, MAX_URI,
};
use gridpact_types::escrow::terms::{
    Admission, Condition, DeciderTerms, MilestoneTerms, NamedParty, PartyCondition, PayeePart,
    PledgersCondition, Terms, TERMS_VERSION,
};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use super::{Escrow, DAY, START};

/// An amount of many digits: 512 of it are below the largest cap.
pub const MANY_DIGITS: u128 = 1_900_000_000_000_000_000_000_000_000_000;

/// A URI as long as one may be.
pub fn long_uri() -> String {
    format!("ipfs://{}", "u".repeat(MAX_URI - 7))
}

pub fn none() -> Condition {
    Condition::default()
}

/// If this much is pledged in all.
pub fn total(amount: u128) -> Condition {
    Condition {
        total: Some(Amount(amount)),
        ..none()
    }
}

/// If so many pledge this much each.
pub fn pledgers(count: u32, at_least: u128) -> Condition {
    let at_least = Amount(at_least);
    Condition {
        pledgers: Some(PledgersCondition { count, at_least }),
        ..none()
    }
}

impl Escrow {
    /// A, B and C with 10,000 each; milestones of 40 and 60 percent, due after 26 and 56 days, with 14
    /// of grace; a tenth retained. Three tenths can object, six tenths agree; the decider has ten days, and silence halves.
    pub fn founding(&self) -> Terms {
        let party = |name: &str| NamedParty {
            address: self.addr(name).into_string(),
            amount: Amount(10_000),
        };
        let milestone = |title: &str, share: u16, days: u64| MilestoneTerms {
            title: title.to_owned(),
            share: BasisPoints(share),
            due: UnixSeconds(START + (10 + days) * DAY),
            payees: vec![],
        };
        Terms {
            version: TERMS_VERSION,
            title: "The line".to_owned(),
            description_uri: "ipfs://line".to_owned(),
            description_hash: HexBinary::from([1; 32]),
            asset: self.asset.clone(),
            target: Amount(30_000),
            cap: Amount(30_000),
            admission: Admission::Named {
                parties: ["A", "B", "C"].map(party).to_vec(),
            },
            deadline: UnixSeconds(START + 10 * DAY),
            contractor: self.addr("contractor").into_string(),
            accept_within: Seconds::days(5),
            milestones: vec![milestone("cable", 4_000, 16), milestone("switch", 6_000, 46)],
            grace: Seconds::days(14),
            retention: BasisPoints(1_000),
            review_period: Seconds::days(7),
            defects_period: Seconds::days(90),
            consent: BasisPoints(6_000),
            decider: Some(DeciderTerms {
                address: self.addr("decider").into_string(),
                time_limit: Seconds::days(10),
                objection: BasisPoints(3_000),
                silence: BasisPoints(5_000),
            }),
            bond: Amount::ZERO,
            payees: vec![],
        }
    }

    /// Every list full and every text as long as it may be, in letters that JSON escapes: 128 parties, `p0` to `p127`, 32
    /// milestones, 8 payees in each.
    pub fn longest(&self) -> Terms {
        let mut terms = self.largest_call();
        let party = |number: usize| NamedParty {
            address: self.addr(&format!("p{number}")).into_string(),
            amount: Amount(MANY_DIGITS),
        };
        terms.admission = Admission::Named {
            parties: (0..MAX_NAMED).map(party).collect(),
        };
        terms.target = Amount(MANY_DIGITS * MAX_NAMED as u128);
        terms.cap = terms.target;
        terms
    }

    /// The same as an open call, which takes 512 pledges. Two of these can object, 308 must agree.
    pub fn largest_call(&self) -> Terms {
        let target = MANY_DIGITS * u128::from(MAX_PLEDGES);
        let mut terms = self.open_call(target, target);
        terms.title = "\"".repeat(MAX_TITLE / 2);
        terms.description_uri = long_uri();
        let payee = |number: usize| self.addr(&format!("payee {number}")).into_string();
        terms.payees = (1..=MAX_PAYEES).map(payee).collect();
        let part = |payee: usize| PayeePart {
            payee: u32::try_from(payee).unwrap(),
            part: BasisPoints(1_111),
        };
        let mut stage = terms.milestones[1].clone();
        stage.payees = (1..=MAX_PAYEES).map(part).collect();
        stage.title = "\\".repeat(MAX_TITLE / 2);
        stage.share = BasisPoints(300);
        terms.milestones = vec![stage; MAX_MILESTONES];
        terms.milestones[0].share = BasisPoints(10_000 - 300 * 31);
        terms.decider.as_mut().unwrap().objection = BasisPoints(30);
        terms.bond = Amount(MANY_DIGITS);
        terms
    }

    pub fn open_call(&self, target: u128, cap: u128) -> Terms {
        let minimum = Amount(target.div_ceil(u128::from(MAX_PLEDGES)).max(10));
        let (target, cap) = (Amount(target), Amount(cap));
        Terms {
            target,
            cap,
            admission: Admission::Open { minimum },
            ..self.founding()
        }
    }

    pub fn if_pledged(&self, names: &[&str], at_least: u128) -> Condition {
        let party = |name: &&str| PartyCondition {
            address: self.addr(name).into_string(),
            at_least: Amount(at_least),
        };
        Condition {
            parties: names.iter().map(party).collect(),
            ..Condition::default()
        }
    }
}
