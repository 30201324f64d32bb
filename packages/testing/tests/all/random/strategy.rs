//! Which lives are tried: mostly such in which something comes to pass.

use proptest::prelude::*;

use super::data::{Action, PEOPLE};
use super::founding::{founding, Founding};

const HOUR: u64 = 3_600;

/// A life: a project and a grid side by side, in turns of a few messages each.
pub fn life() -> impl Strategy<Value = (Founding, u64, Vec<Action>)> {
    let turns = prop_oneof![5 => steps(), 2 => alone(action()), 2 => chain()];
    let actions = prop::collection::vec(turns, 1..24).prop_map(|turns| turns.concat());
    (founding(), any::<u64>(), actions)
}

/// What the project's people do one after another.
fn steps() -> impl Strategy<Value = Vec<Action>> {
    let step = any::<u64>().prop_map(|seed| Action::Step { seed });
    prop::collection::vec(step, 1..24)
}

fn alone(action: impl Strategy<Value = Action>) -> impl Strategy<Value = Vec<Action>> {
    action.prop_map(|action| vec![action])
}

/// Messages that only mean something in a row: readings and their report; a window's end and what follows from it.
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
    prop_oneof![8 => reporting, 5 => ending]
}

fn person() -> impl Strategy<Value = usize> {
    0..PEOPLE.len()
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => time(),
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
