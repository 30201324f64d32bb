//! Terms and conditions of the tests.

use cosmwasm_std::HexBinary;
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_types::escrow::terms::{
    Admission, Condition, DeciderTerms, MilestoneTerms, NamedParty, PartyCondition, PledgersCondition, Terms,
    TERMS_VERSION,
};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use super::{Escrow, DAY, START};

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
