//! Small things that many tests need.

use cosmwasm_std::HexBinary;
use gridpact_chance::Chance;
use gridpact_market::{AllocationRule, OwnInjection, Policy, PriceRule, RoundingRule, Tariff};
use gridpact_types::escrow::terms::{
    Admission, Condition, DeciderTerms, MilestoneTerms, NamedParty, PartyCondition, Terms, TERMS_VERSION,
};
use gridpact_types::registry::meters::{MeterKind, MeterProposal, Provenance};
use gridpact_units::{Amount, BasisPoints, Energy, IntervalLength, Power, Ppm, Price, Reading, Seconds};
use sha2::{Digest, Sha256};

use crate::world::World;

/// `even` on both sides, at one price.
pub fn fixed_price_policy(price: Price) -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::Even,
        price: PriceRule::Fixed { price },
        tariff: Tariff::NONE,
        fees: Vec::new(),
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    }
}

/// SHA-256 of a text: the serial of a made-up meter, the description of a made-up project.
pub fn hash_of(text: &str) -> HexBinary {
    HexBinary::from(Sha256::digest(text.as_bytes()).to_vec())
}

/// A connection point that takes and gives up to 30 kW.
pub fn prosumer(serial: &str) -> MeterProposal {
    MeterProposal {
        serial_hash: hash_of(serial),
        kind: MeterKind::Prosumer,
        import_limit: Power(30_000),
        export_limit: Power(30_000),
        provenance: Provenance::Sealed,
        part: Ppm::WHOLE,
    }
}

/// A home that took this much, in mWh.
pub fn import(milliwatt_hours: u64) -> Reading {
    Reading::measured(Energy(milliwatt_hours), Energy::ZERO)
}

/// A home that gave this much, in mWh.
pub fn export(milliwatt_hours: u64) -> Reading {
    Reading::measured(Energy::ZERO, Energy(milliwatt_hours))
}

/// A home that took and gave nothing.
pub fn nothing() -> Reading {
    Reading::measured(Energy::ZERO, Energy::ZERO)
}

/// Names and usual meters.
pub fn homes(names: &[&str]) -> Vec<(String, MeterProposal)> {
    let home = |name: &&str| ((*name).to_owned(), prosumer(name));
    names.iter().map(home).collect()
}

/// "If each of these pledges this much too."
pub fn if_all(world: &World, names: &[&str], at_least: Amount) -> Condition {
    let party = |name: &&str| PartyCondition {
        address: world.addr(name).into_string(),
        at_least,
    };
    Condition {
        parties: names.iter().map(party).collect(),
        ..Condition::default()
    }
}

/// A line for A, B and C, 10,000 base units each, in two milestones of 40 and 60 percent, a tenth retained. Pledges for ten
/// days, a week each to accept and to review, 30 days for defects.
pub fn founding_terms(world: &World) -> Terms {
    let now = world.now();
    let deadline = now.plus(Seconds::days(10));
    let party = |name: &str| NamedParty {
        address: world.addr(name).into_string(),
        amount: Amount(10_000),
    };
    let milestone = |title: &str, share: u16, days: u64| MilestoneTerms {
        title: title.to_owned(),
        share: BasisPoints(share),
        due: deadline.plus(Seconds::days(days)),
        payees: vec![],
    };
    Terms {
        version: TERMS_VERSION,
        title: "The founding line".to_owned(),
        description_uri: "https://grid.example/founding-line".to_owned(),
        description_hash: hash_of("a line between three houses"),
        asset: world.money().asset(),
        target: Amount(30_000),
        cap: Amount(30_000),
        admission: Admission::Named {
            parties: ["A", "B", "C"].map(party).to_vec(),
        },
        deadline,
        contractor: world.addr("contractor").into_string(),
        accept_within: Seconds::days(7),
        milestones: vec![
            milestone("Cable in the ground", 4_000, 30),
            milestone("Switched on", 6_000, 60),
        ],
        grace: Seconds::days(14),
        retention: BasisPoints(1_000),
        review_period: Seconds::days(7),
        defects_period: Seconds::days(30),
        consent: BasisPoints(6_000),
        decider: Some(DeciderTerms {
            address: world.addr("decider").into_string(),
            time_limit: Seconds::days(10),
            objection: BasisPoints(3_000),
            silence: BasisPoints(5_000),
        }),
        bond: Amount::ZERO,
        payees: vec![],
    }
}

/// An open call with the terms of [`founding_terms`] otherwise.
pub fn open_call(world: &World, target: Amount, cap: Amount, minimum: Amount) -> Terms {
    Terms {
        target,
        cap,
        admission: Admission::Open { minimum },
        ..founding_terms(world)
    }
}

/// Readings that look random and are always the same.
pub struct Sequence(Chance);

impl Sequence {
    /// The sequence of this seed.
    pub const fn new(seed: u64) -> Self {
        Self(Chance::new(seed))
    }

    /// Readings of one interval: about half the homes take, a third give, some are missing. Each is a whole number of Wh.
    pub fn readings(&mut self, homes: usize, most: u64) -> Vec<Reading> {
        let wattage = most / 1_000 + 1;
        let one = |sequence: &mut Self| {
            let energy = sequence.0.below(wattage) * 1_000;
            match sequence.0.below(20) {
                0..=9 => import(energy),
                10..=16 => export(energy),
                17 => Reading::MISSING,
                18 => Reading::measured(Energy(energy), Energy(energy / 2_000 * 1_000)),
                _ => nothing(),
            }
        };
        (0..homes).map(|_| one(self)).collect()
    }
}
