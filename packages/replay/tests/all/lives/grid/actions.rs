//! What can happen to a grid.

use gridpact_units::Reading;
use proptest::prelude::*;

use super::super::reading;
use super::MOST_HOMES;

/// What is wrong with a report, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    None,
    Signatures,
    Long,
    Start,
    Roster,
    Epoch,
    Resolution,
    Forged,
}

#[derive(Clone, Debug)]
pub enum Action {
    /// A home joins, in an older home's household or its own, some intervals ahead.
    Join(Option<u32>, u32, u64),
    Deposit(u32, u128),
    Withdraw(u32, Option<u128>),
    Report(Vec<Reading>, Flaw),
    ReportAgain,
    CloseGap,
    Finalise(u32),
    Sweep(u8),
    Pass(u64),
}

pub fn action() -> impl Strategy<Value = Action> {
    let slot = || 0_u32..5;
    let join = (prop::option::of(0_u32..3), 1_u32..4, 0_u64..4);
    let readings = prop::collection::vec(reading(), MOST_HOMES as usize * 2);
    let flaw = prop_oneof![
        8 => Just(Flaw::None),
        1 => Just(Flaw::Signatures),
        1 => Just(Flaw::Long),
        1 => Just(Flaw::Start),
        1 => Just(Flaw::Roster),
        1 => Just(Flaw::Epoch),
        1 => Just(Flaw::Resolution),
        1 => Just(Flaw::Forged),
    ];
    let time = prop_oneof![4 => Just(900_u64), 4 => Just(3_600_u64), 2 => 1_u64..7_200, 1 => 6 * 3_600..9 * 3_600_u64];
    prop_oneof![
        2 => join.prop_map(|(household, weight, ahead)| Action::Join(household, weight, ahead)),
        5 => (slot(), 1_u128..2_000).prop_map(|(slot, amount)| Action::Deposit(slot, amount)),
        3 => (slot(), prop::option::of(1_u128..2_000)).prop_map(|(slot, amount)| Action::Withdraw(slot, amount)),
        12 => (readings, flaw).prop_map(|(readings, flaw)| Action::Report(readings, flaw)),
        1 => Just(Action::ReportAgain),
        2 => Just(Action::CloseGap),
        2 => (1_u32..17).prop_map(Action::Finalise),
        2 => (0_u8..3).prop_map(Action::Sweep),
        10 => time.prop_map(Action::Pass),
    ]
}
