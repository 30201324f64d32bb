//! The grid is handed over in two steps, and never to nobody.

use cosmwasm_std::{Addr, Timestamp};
use cw_ownable::{Action, Expiration, Ownership, OwnershipError};
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::queries::QueryMsg;
use meter_registry::error::ContractError;

use crate::harness::*;

fn hand(grid: &mut Grid, sender: &str, action: Action) -> Outcome {
    grid.send(sender, ExecuteMsg::UpdateOwnership(action))
}

fn to(new: &str, expiry: Option<Expiration>) -> Action {
    Action::TransferOwnership {
        new_owner: address(new).to_string(),
        expiry,
    }
}

#[test]
fn the_old_operator_rules_until_the_new_one_accepts() {
    let mut grid = Grid::new();
    hand(&mut grid, "operator", to("coop", None)).unwrap();
    let proposals = [grid.propose("ann"), grid.propose("bob")];
    let refused = ContractError::NotOperator {
        expected: address("operator"),
        got: address("coop"),
    };
    let msg = |proposal| ExecuteMsg::AdmitMeters {
        admissions: vec![admission(proposal)],
        from: None,
    };
    assert_eq!(grid.send("coop", msg(proposals[0])).unwrap_err(), refused);
    grid.send("operator", msg(proposals[0])).unwrap();
    hand(&mut grid, "coop", Action::AcceptOwnership).unwrap();
    let refused = ContractError::NotOperator {
        expected: address("coop"),
        got: address("operator"),
    };
    assert_eq!(grid.send("operator", msg(proposals[1])).unwrap_err(), refused);
    grid.send("coop", msg(proposals[1])).unwrap();
    let ownership: Ownership<Addr> = grid.ask(QueryMsg::Ownership {}).unwrap();
    assert_eq!(ownership.owner, Some(address("coop")));
    assert_eq!(ownership.pending_owner, None);
}

#[test]
fn only_the_one_named_accepts_and_only_in_time() {
    let mut grid = Grid::new();
    let refused = ContractError::Ownership(OwnershipError::TransferNotFound);
    assert_eq!(
        hand(&mut grid, "coop", Action::AcceptOwnership).unwrap_err(),
        refused
    );
    let expiry = Expiration::AtTime(Timestamp::from_seconds(START + 10));
    hand(&mut grid, "operator", to("coop", Some(expiry))).unwrap();
    let refused = ContractError::NotNextOperator {
        expected: address("coop"),
        got: address("bob"),
    };
    assert_eq!(
        hand(&mut grid, "bob", Action::AcceptOwnership).unwrap_err(),
        refused
    );
    grid.passes(10);
    let refused = ContractError::Ownership(OwnershipError::TransferExpired);
    assert_eq!(
        hand(&mut grid, "coop", Action::AcceptOwnership).unwrap_err(),
        refused
    );
    grid.set_time(START + 9);
    hand(&mut grid, "coop", Action::AcceptOwnership).unwrap();
}

#[test]
fn nobody_renounces_a_grid() {
    let mut grid = Grid::new();
    for sender in ["operator", "bob"] {
        let refused = hand(&mut grid, sender, Action::RenounceOwnership).unwrap_err();
        assert_eq!(refused, ContractError::Renounced);
    }
}
