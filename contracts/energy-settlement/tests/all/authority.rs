//! Every message by every role. The table is that of the README.

use cosmwasm_std::{coins, to_json_binary, Uint128};
use cw20::Cw20ReceiveMsg;
use gridpact_types::asset::Asset;
use gridpact_types::settlement::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_units::Slot;

use crate::harness::*;

const ROLES: [&str; 5] = ["registry", "home 1", "home 0", "token", "stranger"];

/// A grid in which every message has something to do.
fn grid() -> Grid {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(1_000_000), import(1_000_000)]).unwrap();
    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    grid
}

/// Who may send it. Exhaustive: a new message does not compile without a row.
fn allowed(msg: &ExecuteMsg) -> [bool; 5] {
    match msg {
        ExecuteMsg::OpenAccounts { .. } | ExecuteMsg::Settle { .. } => [true, false, false, false, false],
        ExecuteMsg::Withdraw { .. } => [false, true, false, false, false],
        ExecuteMsg::Receive(_) => [false, false, false, true, false],
        ExecuteMsg::Deposit { .. } | ExecuteMsg::Finalise { .. } | ExecuteMsg::Sweep { .. } => [true; 5],
    }
}

#[test]
fn every_message_by_every_role() {
    let sample = grid();
    let messages = [
        sample.opening(1),
        sample.report(&[import(1), export(1)]),
        ExecuteMsg::Withdraw {
            slot: Slot(1),
            amount: None,
        },
        ExecuteMsg::Deposit { slot: Slot(1) },
        ExecuteMsg::Finalise { limit: None },
        ExecuteMsg::Sweep { account: fee(2) },
    ];
    for msg in messages {
        for (role, allowed) in ROLES.iter().zip(allowed(&msg)) {
            let mut grid = grid();
            let funds = if matches!(msg, ExecuteMsg::Deposit { .. }) {
                coins(3, DENOM)
            } else {
                vec![]
            };
            let outcome = grid.send(role, msg.clone(), &funds);
            assert_eq!(outcome.is_ok(), allowed, "{msg:?} by {role}: {outcome:?}");
        }
    }
}

#[test]
fn the_hook_by_every_role() {
    let msg = ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: Grid::new(0).addr("home 1").into_string(),
        amount: Uint128::new(3),
        msg: to_json_binary(&ReceiveMsg::Deposit { slot: Slot(1) }).unwrap(),
    });
    for (role, allowed) in ROLES.iter().zip(allowed(&msg)) {
        let mut grid = Grid::with_asset(2, |api| Asset::cw20(api.addr_make("token").as_str()));
        assert_eq!(grid.send(role, msg.clone(), &[]).is_ok(), allowed, "{role}");
    }
}
