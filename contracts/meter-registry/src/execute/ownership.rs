use cosmwasm_std::{Addr, BlockInfo, DepsMut, Response};
use cw_ownable::Action;
use gridpact_types::registry::events::RegistryEvent;

use crate::error::ContractError;
use crate::operator::{check_next_operator, check_operator};

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
        Action::AcceptOwnership => check_next_operator(deps.storage, sender)?,
        // Without an operator no meter could ever be admitted, and nobody could name a new one.
        Action::RenounceOwnership => return Err(ContractError::Renounced),
    }
    let ownership = cw_ownable::update_ownership(deps, block, sender, action)?;
    Ok(Response::new().add_event(RegistryEvent::OwnershipUpdated(ownership)))
}
