use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::registry::bounds::{MAX_PROPOSALS, MAX_PROPOSALS_OF_OWNER};
use gridpact_types::registry::events::RegistryEvent;

use crate::error::ContractError;
use crate::meter::{Facts, Proposal};
use crate::state;

/// The owner is the sender: nobody can open an account in another's name, or bind another's meter.
pub(crate) fn propose_meter(
    storage: &mut dyn Storage,
    owner: Addr,
    facts: Facts,
) -> Result<Response, ContractError> {
    facts.check()?;
    if let Some(holder) = state::serial_holder(storage, &facts.serial_hash)? {
        return Err(ContractError::SerialTaken { holder });
    }
    let open = state::proposals_of(storage, &owner)?;
    if open >= MAX_PROPOSALS_OF_OWNER {
        return Err(ContractError::ProposalsOfOwner { owner, got: open });
    }
    let mut counters = state::counters(storage)?;
    if counters.open_proposals >= MAX_PROPOSALS {
        return Err(ContractError::Proposals {
            got: counters.open_proposals,
        });
    }
    // 2^64 proposals and 1,024 open ones are never reached.
    counters.proposals = counters.proposals.saturating_add(1);
    counters.open_proposals = counters.open_proposals.saturating_add(1);
    state::save_counters(storage, &counters)?;

    let number = counters.proposals;
    let event = RegistryEvent::MeterProposed {
        proposal: number,
        owner: owner.clone(),
    };
    state::open_proposal(storage, number, &Proposal { owner, facts })?;
    Ok(Response::new().add_event(event))
}
