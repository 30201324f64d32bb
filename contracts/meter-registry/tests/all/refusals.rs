//! What every message refuses: money, and code that cannot read the state.

use cosmwasm_std::{coin, coins, Empty, Storage};
use cw_ownable::Action;
use gridpact_storage::{MigrationError, Unreadable};
use gridpact_types::asset::PaymentError;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::strict::Strict;
use meter_registry::contract;
use meter_registry::error::ContractError;

use crate::harness::*;

#[test]
fn no_message_takes_money() {
    let mut grid = Grid::with_meters(1);
    let messages = [
        ExecuteMsg::ProposeMeter { meter: meter(77) },
        ExecuteMsg::DropProposal { proposal: 1 },
        ExecuteMsg::AdmitMeters {
            admissions: vec![],
            from: None,
        },
        ExecuteMsg::Report {
            report: vec![].into(),
            signatures: vec![],
        },
        ExecuteMsg::CloseGap {},
        ExecuteMsg::UpdateOwnership(Action::AcceptOwnership),
    ];
    let funds = [coin(3, "uatom"), coin(5, "ujuno")];
    for msg in messages {
        let refused = grid.send_with(&address("operator"), &funds, msg).unwrap_err();
        assert_eq!(
            refused,
            ContractError::Payment(PaymentError::NoneExpected {
                got: "3uatom, 5ujuno".to_owned()
            })
        );
    }
    let mut deps = cosmwasm_std::testing::mock_dependencies();
    let info = cosmwasm_std::testing::message_info(&address("stranger"), &coins(1, "uatom"));
    let refused = contract::instantiate(deps.as_mut(), grid.env, info, Strict(grid_msg())).unwrap_err();
    assert_eq!(
        refused,
        ContractError::Payment(PaymentError::NoneExpected {
            got: "1uatom".to_owned()
        })
    );
}

#[test]
fn a_migration_checks_name_and_version_and_changes_nothing() {
    let mut grid = Grid::with_meters(2);
    let stored = grid.stored();
    grid.migrate().unwrap();
    assert_eq!(grid.stored(), stored);

    let name = cw2::get_contract_version(&grid.deps.storage).unwrap().contract;
    for got in ["0.0.9", "0.2.0", "1"] {
        cw2::set_contract_version(&mut grid.deps.storage, &name, got).unwrap();
        let (expected, got) = ("0.1.0".to_owned(), got.to_owned());
        assert_eq!(
            grid.migrate().unwrap_err(),
            ContractError::Migration(MigrationError::Version { expected, got })
        );
    }
    cw2::set_contract_version(&mut grid.deps.storage, "another", "0.1.0").unwrap();
    let refused = contract::migrate(grid.deps.as_mut(), grid.env.clone(), Strict(Empty {})).unwrap_err();
    let expected = "crates.io:gridpact-meter-registry";
    assert_eq!(
        refused,
        ContractError::Migration(MigrationError::Name {
            expected,
            got: "another".to_owned()
        })
    );
}

#[test]
fn state_in_another_format_is_refused_not_misread() {
    let mut grid = Grid::with_meters(1);
    let progress = grid.deps.storage.get(b"progress").unwrap();
    let mut newer = progress.clone();
    newer[0] += 1;
    let longer = [&progress[..], &[0]].concat();
    let shorter = progress[..progress.len() - 1].to_vec();
    for bytes in [vec![1], newer, longer, shorter] {
        grid.deps.storage.set(b"progress", &bytes);
        let refused = ContractError::Stored(Unreadable {
            what: "progress",
            newest: 1,
            got: bytes.len(),
        });
        assert_eq!(grid.close_gap().unwrap_err(), refused);
    }
    grid.deps.storage.set(b"progress", &progress);
    assert_eq!(grid.next().first_interval, Some(FIRST));
}
