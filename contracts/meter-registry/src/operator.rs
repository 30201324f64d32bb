//! Who operates the grid.

use cosmwasm_std::{Addr, Api, Storage};
use cw_ownable::{Ownership, OwnershipError};

use crate::error::ContractError;

/// The grid's operator; there always is one.
pub(crate) fn operator(storage: &dyn Storage) -> Result<Addr, ContractError> {
    owner(cw_ownable::get_ownership(storage)?)
}

/// Names the first operator.
pub(crate) fn initialise(
    storage: &mut dyn Storage,
    api: &dyn Api,
    operator: &str,
) -> Result<Addr, ContractError> {
    owner(cw_ownable::initialize_owner(storage, api, Some(operator))?)
}

fn owner(ownership: Ownership<Addr>) -> Result<Addr, ContractError> {
    ownership
        .owner
        .ok_or(ContractError::Ownership(OwnershipError::NoOwner))
}

/// Only the operator goes on.
pub(crate) fn check_operator(storage: &dyn Storage, sender: &Addr) -> Result<(), ContractError> {
    let expected = operator(storage)?;
    if *sender == expected {
        return Ok(());
    }
    Err(ContractError::NotOperator {
        expected,
        got: sender.clone(),
    })
}

/// Only the one named as the next operator goes on.
pub(crate) fn check_next_operator(storage: &dyn Storage, sender: &Addr) -> Result<(), ContractError> {
    let ownership: Ownership<Addr> = cw_ownable::get_ownership(storage)?;
    match ownership.pending_owner {
        Some(expected) if *sender != expected => Err(ContractError::NotNextOperator {
            expected,
            got: sender.clone(),
        }),
        // The one, or nobody was named, which cw-ownable says itself.
        _ => Ok(()),
    }
}
