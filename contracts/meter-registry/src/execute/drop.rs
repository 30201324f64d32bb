use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::registry::events::RegistryEvent;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::operator::operator;
use crate::state;

/// The proposer changes their mind, or the operator sweeps out what will not be admitted, or somebody what expired, so that
/// its serial hash is free again.
pub(crate) fn drop_proposal(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    number: u64,
) -> Result<Response, ContractError> {
    let proposal = state::proposal(storage, number)?;
    let operator = operator(storage)?;
    if proposal.is_open(now) && *sender != proposal.owner && *sender != operator {
        return Err(ContractError::NotProposer {
            owner: proposal.owner,
            operator,
            expires_at: proposal.expires_at,
            got: sender.clone(),
        });
    }
    state::remove_proposal(storage, number, &proposal);
    Ok(Response::new().add_event(RegistryEvent::ProposalDropped {
        proposal: number,
        by: sender.clone(),
    }))
}
