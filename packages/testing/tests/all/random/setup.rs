//! The model's numbers as the contracts take them.

use cosmwasm_std::Addr;
use gridpact_testing::fixtures::open_call;
use gridpact_testing::World;
use gridpact_types::escrow::terms::{Condition, MilestoneTerms, PartyCondition, PledgersCondition, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds};

use super::project_model as project;

/// What a pledge asks, as the model numbers it.
pub fn condition(people: &[Addr], who: usize, asks: usize) -> Condition {
    let total = |amount| Condition {
        total: Some(Amount(amount)),
        ..Condition::default()
    };
    match asks {
        0 => Condition::default(),
        1 => Condition {
            parties: vec![PartyCondition {
                address: people[(who + 1) % 4].to_string(),
                at_least: Amount(500),
            }],
            ..Condition::default()
        },
        2 => Condition {
            pledgers: Some(PledgersCondition {
                count: 3,
                at_least: Amount(100),
            }),
            ..Condition::default()
        },
        3 => total(3_500),
        _ => total(1_000_000),
    }
}

/// The model's terms.
pub fn terms(world: &World) -> Terms {
    let deadline = world.now().plus(Seconds(project::OPEN_FOR));
    let milestone = |(share, due): (u128, u64)| MilestoneTerms {
        title: "A stage".to_owned(),
        share: BasisPoints(u16::try_from(share).unwrap()),
        due: deadline.plus(Seconds(due)),
        payees: vec![],
    };
    Terms {
        deadline,
        accept_within: Seconds(project::ACCEPT_WITHIN),
        milestones: project::SHARES
            .into_iter()
            .zip(project::DUE)
            .map(milestone)
            .collect(),
        grace: Seconds(project::GRACE),
        retention: BasisPoints(u16::try_from(project::RETENTION).unwrap()),
        review_period: Seconds(project::REVIEW),
        defects_period: Seconds(project::DEFECTS),
        ..open_call(
            world,
            Amount(project::TARGET),
            Amount(project::CAP),
            Amount(project::MINIMUM),
        )
    }
}
