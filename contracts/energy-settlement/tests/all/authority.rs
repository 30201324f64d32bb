//! Every message by every role, as `gridpact_types::settlement::rights` and the README say.

use cosmwasm_schema::schema_for;
use cosmwasm_std::{coins, to_json_binary, Uint128};
use cw20::Cw20ReceiveMsg;
use energy_settlement::error::ContractError;
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::settlement::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::settlement::rights::{roles, Role};
use gridpact_units::Slot;

use crate::harness::*;

/// Who sends, and the role it has for a message about slot 1. The columns of the README.
const SENDERS: [(&str, Role); 4] = [
    ("registry", Role::Registry),
    ("home 1", Role::Owner),
    ("token", Role::Token),
    ("home 0", Role::Anybody),
];

/// A grid in which every message has something to do.
fn grid() -> Grid {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(1_000_000), import(1_000_000)]).unwrap();
    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    grid
}

/// A grid whose asset is the token "token".
fn grid_of_tokens() -> Grid {
    Grid::with_asset(2, |api| Asset::cw20(api.addr_make("token").as_str()))
}

/// The first message, or the one behind another, in the order of the table. Exhaustive: a new message does not compile before
/// it has a place here.
fn next(message: Option<&ExecuteMsg>) -> Option<ExecuteMsg> {
    let slot = Slot(1);
    let sample = grid();
    Some(match message {
        None => sample.opening(1),
        Some(ExecuteMsg::OpenAccounts { .. }) => sample.report(&[import(1), export(1)]),
        Some(ExecuteMsg::Settle { .. }) => ExecuteMsg::Deposit { slot },
        Some(ExecuteMsg::Deposit { .. }) => ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: sample.addr("home 1").into_string(),
            amount: Uint128::new(3),
            msg: to_json_binary(&ReceiveMsg::Deposit { slot }).unwrap(),
        }),
        Some(ExecuteMsg::Receive(_)) => ExecuteMsg::Withdraw { slot, amount: None },
        Some(ExecuteMsg::Withdraw { .. }) => ExecuteMsg::Finalise { limit: None },
        Some(ExecuteMsg::Finalise { .. }) => ExecuteMsg::Sweep { account: fee(1) },
        Some(ExecuteMsg::Sweep { .. }) => return None,
    })
}

fn messages() -> Vec<ExecuteMsg> {
    let mut messages: Vec<ExecuteMsg> = Vec::new();
    while let Some(message) = next(messages.last()) {
        messages.push(message);
    }
    messages
}

/// As in JSON.
fn name(message: &ExecuteMsg) -> String {
    let json = String::from_utf8(to_json_binary(message).unwrap().into()).unwrap();
    json.split('"').nth(1).unwrap().to_owned()
}

fn may_send(role: Role, message: &ExecuteMsg) -> bool {
    let allowed = roles(message);
    allowed.contains(&Role::Anybody) || allowed.contains(&role)
}

#[test]
fn no_message_is_forgotten() {
    let schema = schema_for!(ExecuteMsg).schema;
    let variants = schema.subschemas.unwrap().one_of.unwrap();
    let mut known: Vec<String> = variants
        .into_iter()
        .map(|variant| {
            variant
                .into_object()
                .object
                .unwrap()
                .required
                .into_iter()
                .collect()
        })
        .collect();
    let mut walked: Vec<String> = messages().iter().map(name).collect();
    known.sort();
    walked.sort();
    assert_eq!(walked, known);
}

#[test]
fn every_message_by_every_role() {
    for message in messages() {
        for (sender, role) in SENDERS {
            let (mut grid, funds) = match message {
                ExecuteMsg::Receive(_) => (grid_of_tokens(), vec![]),
                ExecuteMsg::Deposit { .. } => (grid(), coins(3, DENOM)),
                _ => (grid(), vec![]),
            };
            let outcome = grid.send(sender, message.clone(), &funds);
            let name = name(&message);
            assert_eq!(
                outcome.is_ok(),
                may_send(role, &message),
                "{name} by {sender}: {outcome:?}"
            );
            let for_its_sender = |error: &ContractError| {
                matches!(
                    error,
                    ContractError::NotRegistry { .. }
                        | ContractError::NotOwner { .. }
                        | ContractError::Payment(PaymentError::Token { .. })
                )
            };
            assert!(outcome.err().iter().all(for_its_sender), "{name} by {sender}");
        }
    }
}

#[test]
fn the_readme_shows_this_table() {
    let readme = include_str!("../../README.md");
    for message in messages() {
        let mark = |(_, role)| if may_send(role, &message) { "yes" } else { "no" };
        let row = format!("| `{}` | {} |", name(&message), SENDERS.map(mark).join(" | "));
        assert!(readme.contains(&row), "the README lacks: {row}");
    }
}
