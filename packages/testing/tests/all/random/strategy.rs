//! Which lives are tried: mostly such in which something comes to pass.

use proptest::prelude::*;

use super::data::{Action, CONTRACTOR, PEOPLE};
use super::founding::{founding, Founding};

const HOUR: u64 = 3_600;

/// A life: a project that is usually pledged for, then usually built; in between and afterwards anything.
pub fn life() -> impl Strategy<Value = (Founding, Vec<Action>)> {
    let pledging = prop::collection::vec(prop_oneof![4 => alone(pledge()), 1 => alone(action())], 2..7);
    let accepting = prop_oneof![4 => alone(Just(Action::Accept { who: CONTRACTOR })), 1 => Just(vec![])];
    let building = prop_oneof![3 => alone(work()), 2 => alone(action()), 2 => chain()];
    let building = prop::collection::vec(building, 0..25);
    let after = prop::collection::vec(prop_oneof![2 => alone(action()), 1 => chain()], 0..15);
    let actions = (pledging, accepting, building, after)
        .prop_map(|(a, b, c, d)| [a.concat(), b, c.concat(), d.concat()].concat());
    (founding(), actions)
}

fn alone(action: impl Strategy<Value = Action>) -> impl Strategy<Value = Vec<Action>> {
    action.prop_map(|action| vec![action])
}

/// Messages that only mean something in a row: readings and their report; a window's end and what follows from it; revenue
/// and its claim.
fn chain() -> impl Strategy<Value = Vec<Action>> {
    let reporting =
        (1_u16..6, any::<u64>(), 0_u32..4, 1_u128..3_000).prop_map(|(intervals, seed, slot, amount)| {
            let seconds = u64::from(intervals) * 900;
            let report = Action::Report {
                intervals,
                seed,
                signers: 3,
            };
            vec![
                Action::CloseGap,
                Action::Deposit { slot, amount },
                Action::Pass { seconds },
                report,
            ]
        });
    let ending = prop_oneof![2 => Just(Action::SweepFee), 1 => Just(Action::SweepRounding)];
    let ending = ending.prop_map(|sweep| {
        // One second too early first.
        vec![
            Action::Pass {
                seconds: 3 * HOUR - 1,
            },
            Action::Finalise { limit: 16 },
            Action::Pass { seconds: 1 },
            Action::Finalise { limit: 16 },
            sweep,
        ]
    });
    let building = Just(vec![
        Action::Submit { who: CONTRACTOR },
        Action::Pass {
            seconds: 12 * HOUR - 1,
        },
        Action::Draw { who: CONTRACTOR },
        Action::Pass { seconds: 1 },
        Action::Draw { who: CONTRACTOR },
    ]);
    let revenue = (1_u128..500, home());
    let revenue =
        revenue.prop_map(|(amount, who)| vec![Action::PayRevenue { amount }, Action::ClaimRevenue { who }]);
    let idle = (60 * HOUR..120 * HOUR, home());
    let idle = idle.prop_map(|(seconds, who)| {
        vec![
            Action::Pass { seconds },
            Action::Terminate,
            Action::ClaimRefund { who },
        ]
    });
    prop_oneof![8 => reporting, 5 => ending, 4 => revenue, 4 => building, 2 => idle]
}

fn person() -> impl Strategy<Value = usize> {
    0..PEOPLE.len()
}

fn home() -> impl Strategy<Value = usize> {
    0_usize..4
}

fn pledge() -> impl Strategy<Value = Action> {
    let amount = prop_oneof![4 => 500_u128..2_500, 1 => 1_u128..200, 1 => Just(20_000_u128)];
    let who = prop_oneof![8 => home(), 1 => person()];
    let asks = prop_oneof![5 => Just(0_usize), 4 => 1_usize..4, 1 => Just(4_usize)];
    (who, amount, asks).prop_map(|(who, amount, asks)| Action::Pledge { who, amount, asks })
}

fn work() -> impl Strategy<Value = Action> {
    let who = || prop_oneof![9 => Just(CONTRACTOR), 1 => person()];
    prop_oneof![
        1 => who().prop_map(|who| Action::Accept { who }),
        4 => who().prop_map(|who| Action::Submit { who }),
        2 => who().prop_map(|who| Action::Draw { who }),
        3 => (8 * HOUR..14 * HOUR).prop_map(|seconds| Action::Pass { seconds }),
        1 => (24 * HOUR..60 * HOUR).prop_map(|seconds| Action::Pass { seconds }),
        1 => Just(Action::Terminate),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => time(),
        1 => pledge(),
        2 => work(),
        3 => person().prop_map(|who| Action::ClaimRefund { who }),
        2 => (1_u128..500).prop_map(|amount| Action::PayRevenue { amount }),
        3 => person().prop_map(|who| Action::ClaimRevenue { who }),
        8 => money(),
        14 => reports(),
        2 => (1_u32..17).prop_map(|limit| Action::Finalise { limit }),
        1 => Just(Action::SweepRounding),
        2 => Just(Action::SweepFee),
        3 => Just(Action::Join),
        1 => (any::<bool>(), 1_u128..50).prop_map(|(to_escrow, amount)| Action::Gift { to_escrow, amount }),
        1 => person().prop_map(|who| Action::Block { who }),
        2 => person().prop_map(|who| Action::Unblock { who }),
    ]
}

fn time() -> impl Strategy<Value = Action> {
    let seconds = prop_oneof![
        2 => 1_u64..900,
        4 => Just(900_u64),
        4 => Just(HOUR),
        2 => HOUR..6 * HOUR,
        1 => Just(6 * HOUR),
        1 => Just(24 * HOUR),
    ];
    seconds.prop_map(|seconds| Action::Pass { seconds })
}

fn money() -> impl Strategy<Value = Action> {
    let deposit = (0_u32..4, 1_u128..3_000).prop_map(|(slot, amount)| Action::Deposit { slot, amount });
    let amount = prop_oneof![Just(None), (1_u128..2_000).prop_map(Some)];
    let withdraw = (0_u32..4, amount).prop_map(|(slot, amount)| Action::Withdraw {
        slot,
        who: slot as usize,
        amount,
    });
    let steal = (0_u32..4, person()).prop_map(|(slot, who)| Action::Withdraw {
        slot,
        who,
        amount: None,
    });
    prop_oneof![5 => deposit, 3 => withdraw, 1 => steal]
}

fn reports() -> impl Strategy<Value = Action> {
    let signers = prop_oneof![8 => 3_u8..=4, 1 => 0_u8..3];
    let report = (1_u16..6, any::<u64>(), signers);
    let report = report.prop_map(|(intervals, seed, signers)| Action::Report {
        intervals,
        seed,
        signers,
    });
    prop_oneof![10 => report, 1 => Just(Action::ReportAgain), 2 => Just(Action::CloseGap)]
}
