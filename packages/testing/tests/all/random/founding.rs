//! Which grid a life is of. What it shares by whatever rule, the ledger recomputes; the model knows what follows.

use gridpact_market::{AllocationRule, OwnInjection, Policy};
use gridpact_testing::fixtures::{fixed_price_policy, prosumer};
use gridpact_types::registry::meters::{Admission, MeterProposal};
use gridpact_units::{Ppm, Price};
use proptest::prelude::*;

use super::grid_model::PRICE;

/// What the grid agrees on with A, B and C, and with D, who joins later.
#[derive(Clone, Debug)]
pub struct Founding {
    buyers: AllocationRule,
    sellers: AllocationRule,
    own_injection: OwnInjection,
    pub homes: Vec<Home>,
}

#[derive(Clone, Debug)]
pub struct Home {
    pub meter: MeterProposal,
    /// Whatever proposal it names.
    pub terms: Admission,
}

impl Founding {
    pub fn policy(&self) -> Policy {
        Policy {
            buyers: self.buyers,
            sellers: self.sellers,
            own_injection: self.own_injection,
            ..fixed_price_policy(Price(PRICE))
        }
    }
}

fn rule() -> impl Strategy<Value = AllocationRule> {
    use AllocationRule::{Even, Priority, ProRata, Static};
    let fixed = |reoffer| Static { reoffer };
    prop::sample::select(vec![Even, Even, ProRata, fixed(true), fixed(false), Priority])
}

/// Half of the homes are as usual.
fn home(name: &'static str) -> impl Strategy<Value = Home> {
    let tier = || prop::sample::select(vec![0_u8, 0, 1, 255]);
    let part = prop::sample::select(vec![1_000_000, 500_000, 333_333]);
    // Only A, the first slot, is there for sure when another home joins its household.
    let household = prop::sample::select(vec![None, None, Some(0_u32).filter(|_| name == "D")]);
    let unusual = (part, household, 1_u32..4, 0_u16..3, tier(), tier());
    let unusual = unusual.prop_map(
        move |(part, household, weight, priority, buy_tier, sell_tier)| Home {
            meter: MeterProposal {
                part: Ppm(part),
                ..prosumer(name)
            },
            terms: Admission {
                household,
                weight,
                priority,
                buy_tier,
                sell_tier,
                ..Admission::of(0)
            },
        },
    );
    let usual = Home {
        meter: prosumer(name),
        terms: Admission::of(0),
    };
    prop_oneof![Just(usual), unusual]
}

pub fn founding() -> impl Strategy<Value = Founding> {
    let own_injection = prop::sample::select(vec![OwnInjection::Excluded, OwnInjection::Counts]);
    let homes = (home("A"), home("B"), home("C"), home("D"));
    (rule(), rule(), own_injection, homes).prop_map(|(buyers, sellers, own_injection, (a, b, c, d))| {
        Founding {
            buyers,
            sellers,
            own_injection,
            homes: vec![a, b, c, d],
        }
    })
}
