//! The table of the README: every message by every role.

use std::collections::BTreeSet;

use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::schema::Schema;
use cw_ownable::Action;
use gridpact_types::registry::answers::{ConfigResponse, NextReportResponse};
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::registry::rights::{roles, Role};
use meter_registry::error::ContractError;

use crate::harness::*;

/// The columns of the table: who sends, and what they are.
const SENDERS: [(&str, &[Role]); 6] = [
    ("operator", &[Role::Anybody, Role::Operator]),
    ("next operator", &[Role::Anybody, Role::NextOperator]),
    ("ann", &[Role::Anybody, Role::Proposer]),
    ("oracle 0", &[Role::Anybody]),
    ("settlement", &[Role::Anybody]),
    ("stranger", &[Role::Anybody]),
];

/// A grid in which every message has something to do: "ann" has a meter in slot 0 and open proposals 2 and 3; "next
/// operator" was named; FIRST is too old, and the interval after it can be reported.
fn grid() -> Grid {
    let mut grid = Grid::new();
    grid.propose("ann");
    grid.admit(vec![admission(1)], None).unwrap();
    grid.propose("ann");
    grid.propose("ann");
    let new_owner = address("next operator").to_string();
    let action = Action::TransferOwnership {
        new_owner,
        expiry: None,
    };
    grid.send("operator", ExecuteMsg::UpdateOwnership(action))
        .unwrap();
    grid.until_ended(FIRST);
    grid
}

/// The row of a message. Exhaustive: a new message does not compile without one.
fn name(msg: &ExecuteMsg) -> &'static str {
    match msg {
        ExecuteMsg::ProposeMeter { .. } => "propose_meter",
        ExecuteMsg::DropProposal { .. } => "drop_proposal",
        ExecuteMsg::AdmitMeters { .. } => "admit_meters",
        ExecuteMsg::Report { .. } => "report",
        ExecuteMsg::CloseGap {} => "close_gap",
        ExecuteMsg::UpdateOwnership(Action::TransferOwnership { .. }) => {
            "update_ownership: transfer_ownership"
        }
        ExecuteMsg::UpdateOwnership(Action::AcceptOwnership) => "update_ownership: accept_ownership",
        ExecuteMsg::UpdateOwnership(Action::RenounceOwnership) => "update_ownership: renounce_ownership",
    }
}

fn messages(grid: &Grid) -> Vec<ExecuteMsg> {
    let bytes = grid.unsigned(1).bytes();
    let signatures = grid.signatures(&grid.digest(&bytes), &[0, 1, 2]);
    vec![
        ExecuteMsg::ProposeMeter { meter: meter(77) },
        ExecuteMsg::DropProposal { proposal: 2 },
        ExecuteMsg::AdmitMeters {
            admissions: vec![admission(2)],
            from: None,
        },
        ExecuteMsg::Report {
            report: bytes.into(),
            signatures,
        },
        ExecuteMsg::CloseGap {},
        ExecuteMsg::UpdateOwnership(Action::TransferOwnership {
            new_owner: address("third operator").to_string(),
            expiry: None,
        }),
        ExecuteMsg::UpdateOwnership(Action::AcceptOwnership),
        ExecuteMsg::UpdateOwnership(Action::RenounceOwnership),
    ]
}

/// By the rights declared beside the message, for each of the senders.
fn allowed(msg: &ExecuteMsg) -> [bool; 6] {
    SENDERS.map(|(_, held)| roles(msg).iter().any(|role| held.contains(role)))
}

/// The names of an enum's variants, as its schema has them.
fn variants(one_of: &[Schema]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for variant in one_of {
        let Schema::Object(variant) = variant else {
            panic!("a variant without a schema")
        };
        if let Some(object) = &variant.object {
            names.extend(object.required.iter().cloned());
        }
        let texts = variant.enum_values.iter().flatten();
        names.extend(texts.map(|text| text.as_str().unwrap().to_owned()));
    }
    names
}

#[test]
fn no_message_is_forgotten() {
    let schema = schema_for!(ExecuteMsg);
    let mut expected = variants(&schema.schema.subschemas.unwrap().one_of.unwrap());
    assert!(expected.remove("update_ownership"));
    let Schema::Object(action) = &schema.definitions["Action"] else {
        panic!("an action without a schema")
    };
    let actions = action.subschemas.as_ref().unwrap().one_of.as_ref().unwrap();
    expected.extend(
        variants(actions)
            .iter()
            .map(|action| format!("update_ownership: {action}")),
    );
    let listed: BTreeSet<String> = messages(&grid()).iter().map(|msg| name(msg).to_owned()).collect();
    assert_eq!(listed, expected);
}

#[test]
fn every_message_by_every_role() {
    for index in 0..messages(&grid()).len() {
        for (sender, position) in SENDERS.iter().map(|(sender, _)| sender).zip(0..) {
            let mut grid = grid();
            let msg = messages(&grid).swap_remove(index);
            let (name, allowed): (_, bool) = (name(&msg), allowed(&msg)[position]);
            if matches!(msg, ExecuteMsg::CloseGap {}) {
                grid.passes(HOUR + 1);
            }
            let outcome = grid.send(sender, msg);
            assert_eq!(outcome.is_ok(), allowed, "{name} by {sender}: {outcome:?}");
            if let Err(error) = outcome {
                let authority = matches!(
                    error,
                    ContractError::NotOperator { .. }
                        | ContractError::NotNextOperator { .. }
                        | ContractError::NotProposer { .. }
                        | ContractError::Renounced
                );
                assert!(
                    authority,
                    "{name} by {sender} is refused for another cause: {error}"
                );
            }
        }
    }
}

#[test]
fn the_readme_shows_this_table() {
    let readme = include_str!("../../README.md");
    let rows = messages(&grid()).len();
    for msg in messages(&grid()) {
        let marks = allowed(&msg).map(|allowed| if allowed { "yes" } else { "no" });
        let line = format!("| `{}` | {} |", name(&msg), marks.join(" | "));
        assert!(readme.contains(&line), "the README lacks: {line}");
    }
    let shown = readme
        .lines()
        .filter(|line| line.ends_with("| yes |") || line.ends_with("| no |"));
    assert_eq!(shown.count(), rows);
}

#[test]
fn queries_change_nothing_and_ask_for_no_role() {
    let grid = grid();
    let stored = grid.stored();
    let _: ConfigResponse = grid.ask(QueryMsg::Config {}).unwrap();
    let _: NextReportResponse = grid.ask(QueryMsg::NextReport {}).unwrap();
    assert_eq!(grid.stored(), stored);
}
