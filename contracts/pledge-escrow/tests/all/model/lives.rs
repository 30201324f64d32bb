//! Terms and messages as they may come.

use gridpact_types::escrow::terms::{MilestoneTerms, Terms};
use gridpact_units::{BasisPoints, Seconds, UnixSeconds};
use proptest::prelude::*;

use super::{DEADLINE, TARGET};
use crate::harness::{Escrow, DAY};

/// What varies of the terms.
#[derive(Clone, Debug)]
pub struct Deal {
    pub tokens: bool,
    pub cap: u128,
    pub shares: Vec<u16>,
    pub retention: u16,
    pub review: u64,
    pub defects: u64,
}

impl Deal {
    pub fn due(milestone: usize) -> u64 {
        DEADLINE + 20 * DAY * (milestone as u64 + 1)
    }

    pub fn terms(&self, escrow: &Escrow) -> Terms {
        let milestone = |(position, share): (usize, &u16)| MilestoneTerms {
            title: "work".to_owned(),
            share: BasisPoints(*share),
            due: UnixSeconds(Self::due(position)),
        };
        Terms {
            milestones: self.shares.iter().enumerate().map(milestone).collect(),
            retention: BasisPoints(self.retention),
            review_period: Seconds(self.review),
            defects_period: Seconds(self.defects),
            ..escrow.open_call(TARGET, self.cap)
        }
    }
}

pub fn any_deal() -> impl Strategy<Value = Deal> {
    let shares = prop_oneof![
        Just(vec![10_000]),
        (1..10_000_u16).prop_map(|first| vec![first, 10_000 - first]),
        (1..5_000_u16, 1..5_000_u16).prop_map(|(a, b)| vec![a, b, 10_000 - a - b]),
    ];
    let retention = prop_oneof![Just(0), Just(10_000), 0..10_000_u16];
    (
        any::<bool>(),
        TARGET..TARGET + 60,
        shares,
        retention,
        prop_oneof![Just(0), Just(7 * DAY)],
        prop_oneof![Just(0), Just(90 * DAY)],
    )
        .prop_map(|(tokens, cap, shares, retention, review, defects)| Deal {
            tokens,
            cap,
            shares,
            retention,
            review,
            defects,
        })
}

#[derive(Clone, Debug)]
pub enum Action {
    Pledge {
        who: usize,
        amount: u128,
        condition: usize,
    },
    Refund(usize),
    Accept,
    Submit(u32),
    Draw,
    Terminate,
    Revenue(u128),
    Claim(usize),
    Wait(u64),
    /// To a second before, at, or after the next moment at which something may change.
    Edge(u64),
}

pub fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (0..5_usize, 5_u128..120, 0..4_usize).prop_map(|(who, amount, condition)| Action::Pledge { who, amount, condition }),
        3 => (0..5_usize).prop_map(Action::Refund),
        3 => Just(Action::Accept),
        4 => (0..3_u32).prop_map(Action::Submit),
        2 => Just(Action::Draw),
        1 => Just(Action::Terminate),
        2 => (1_u128..50).prop_map(Action::Revenue),
        2 => (0..5_usize).prop_map(Action::Claim),
        2 => prop_oneof![Just(0), Just(1), Just(DAY), Just(40 * DAY)].prop_map(Action::Wait),
        2 => (0..3_u64).prop_map(Action::Edge),
    ]
}

/// Pledges that fund, acceptance and work in time, so that lives reach their later states.
pub fn prelude() -> impl Strategy<Value = Vec<Action>> {
    let pledge = |who, amount| Action::Pledge {
        who,
        amount,
        condition: 0,
    };
    let work = (0..4_u32).prop_map(|count| (0..count.min(3)).map(Action::Submit).collect::<Vec<_>>());
    let funded = (60_u128..120, 100_u128..120, 50_u128..120, work).prop_map(move |(a, b, c, work)| {
        let start = vec![pledge(0, a), pledge(1, b), pledge(2, c), Action::Accept];
        [start, work].concat()
    });
    prop_oneof![Just(vec![]), funded]
}
