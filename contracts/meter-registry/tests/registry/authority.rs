//! The table of the README: every message by every role.

use cw_ownable::Action;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::queries::QueryMsg;
use meter_registry::error::ContractError;

use crate::suite::*;

const ROLES: [&str; 6] = [
    "operator",
    "next operator",
    "ann",
    "oracle 0",
    "settlement",
    "stranger",
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

/// The messages, by name, in the order of the table. Exhaustive: a new message does not compile without a row.
fn row(msg: &ExecuteMsg) -> (&'static str, [bool; 6]) {
    const ANYBODY: [bool; 6] = [true; 6];
    const OPERATOR: [bool; 6] = [true, false, false, false, false, false];
    match msg {
        ExecuteMsg::ProposeMeter { .. } => ("propose_meter", ANYBODY),
        ExecuteMsg::DropProposal { .. } => ("drop_proposal", [true, false, true, false, false, false]),
        ExecuteMsg::AdmitMeters { .. } => ("admit_meters", OPERATOR),
        ExecuteMsg::Report { .. } => ("report", ANYBODY),
        ExecuteMsg::CloseGap {} => ("close_gap", ANYBODY),
        ExecuteMsg::UpdateOwnership(Action::TransferOwnership { .. }) => {
            ("update_ownership: transfer", OPERATOR)
        }
        ExecuteMsg::UpdateOwnership(Action::AcceptOwnership) => (
            "update_ownership: accept",
            [false, true, false, false, false, false],
        ),
        ExecuteMsg::UpdateOwnership(Action::RenounceOwnership) => ("update_ownership: renounce", [false; 6]),
    }
}

fn messages(grid: &Grid) -> Vec<ExecuteMsg> {
    let bytes = grid.draft(1).bytes();
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
        ExecuteMsg::UpdateOwnership(Action::TransferOwnership {
            new_owner: address("third operator").to_string(),
            expiry: None,
        }),
        ExecuteMsg::UpdateOwnership(Action::AcceptOwnership),
        ExecuteMsg::UpdateOwnership(Action::RenounceOwnership),
        ExecuteMsg::CloseGap {},
    ]
}

#[test]
fn every_message_by_every_role() {
    let count = messages(&grid()).len();
    for index in 0..count {
        for (role, position) in ROLES.iter().zip(0..) {
            let mut grid = grid();
            let msg = messages(&grid).swap_remove(index);
            let (name, allowed) = row(&msg);
            if matches!(msg, ExecuteMsg::CloseGap {}) {
                grid.passes(HOUR + 1);
            }
            let outcome = grid.send(role, msg);
            let allowed: bool = allowed[position];
            assert_eq!(outcome.is_ok(), allowed, "{name} by {role}: {outcome:?}");
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
                    "{name} by {role} is refused for another cause: {error}"
                );
            }
        }
    }
}

#[test]
fn the_readme_shows_this_table() {
    let readme = include_str!("../../README.md");
    for msg in messages(&grid()) {
        let (name, allowed) = row(&msg);
        let marks = allowed.map(|allowed| if allowed { "yes" } else { "no" });
        let line = format!("| `{name}` | {} |", marks.join(" | "));
        assert!(readme.contains(&line), "the README lacks: {line}");
    }
}

#[test]
fn queries_change_nothing_and_ask_for_no_role() {
    let grid = grid();
    let stored = grid.stored();
    let _: gridpact_types::registry::answers::ConfigResponse = grid.ask(QueryMsg::Config {}).unwrap();
    let _: gridpact_types::registry::answers::NextReportResponse = grid.ask(QueryMsg::NextReport {}).unwrap();
    assert_eq!(grid.stored(), stored);
}
