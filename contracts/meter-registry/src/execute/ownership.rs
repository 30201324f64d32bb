use cosmwasm_std::{Addr, Api, BlockInfo, DepsMut, Event, Response, Storage};
use cw_ownable::{Action, Ownership, OwnershipError};
use gridpact_types::registry::events;

use crate::error::ContractError;

/// The grid's operator; there always is one.
pub(crate) fn operator(storage: &dyn Storage) -> Result<Addr, ContractError> {
    let ownership: Ownership<Addr> = cw_ownable::get_ownership(storage)?;
    ownership
        .owner
        .ok_or(ContractError::Ownership(OwnershipError::NoOwner))
}

/// Hands the grid to another operator in two steps: named by the old one, accepted by the new one, so that it never
/// goes to an address that nobody can sign for.
pub(crate) fn update_ownership(
    deps: DepsMut,
    block: &BlockInfo,
    sender: &Addr,
    action: Action,
) -> Result<Response, ContractError> {
    match &action {
        Action::TransferOwnership { .. } => check_operator(deps.storage, sender)?,
        Action::AcceptOwnership => check_pending(deps.storage, sender)?,
        // Without an operator no meter could ever be admitted, and nobody could name a new one.
        Action::RenounceOwnership => return Err(ContractError::Renounced),
    }
    let ownership = cw_ownable::update_ownership(deps, block, sender, action)?;
    let event = Event::new(events::OWNERSHIP_UPDATED).add_attributes(ownership.into_attributes());
    Ok(Response::new().add_event(event))
}

/// Names the first operator.
pub(crate) fn initialise(
    storage: &mut dyn Storage,
    api: &dyn Api,
    operator: &str,
) -> Result<(), ContractError> {
    cw_ownable::initialize_owner(storage, api, Some(operator))?;
    Ok(())
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
fn check_pending(storage: &dyn Storage, sender: &Addr) -> Result<(), ContractError> {
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
