use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::registry::events::RegistryEvent;

use crate::error::ContractError;
use crate::operator::operator;
use crate::state;

/// The proposer changes their mind, or the operator sweeps out what will not be admitted.
pub(crate) fn drop_proposal(
    storage: &mut dyn Storage,
    sender: &Addr,
    number: u64,
) -> Result<Response, ContractError> {
    let proposal = state::proposal(storage, number)?;
    let operator = operator(storage)?;
    if *sender != proposal.owner && *sender != operator {
        let (owner, got) = (proposal.owner, sender.clone());
        return Err(ContractError::NotProposer { owner, operator, got });
    }
    state::close_proposal(storage, number, &proposal)?;
    let mut counters = state::counters(storage)?;
    counters.open_proposals = counters.open_proposals.saturating_sub(1);
    state::save_counters(storage, &counters)?;
    Ok(Response::new().add_event(RegistryEvent::ProposalDropped {
        proposal: number,
        by: sender.clone(),
    }))
}
