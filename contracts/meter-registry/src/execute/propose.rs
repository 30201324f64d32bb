use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::registry::bounds::{MAX_PROPOSALS_OF_OWNER, PROPOSAL_OPEN};
use gridpact_types::registry::events::RegistryEvent;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::meter::{Facts, Proposal};
use crate::state;

/// The owner is the sender: nobody can open an account in another's name, or bind another's meter.
pub(crate) fn propose_meter(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    owner: Addr,
    facts: Facts,
) -> Result<Response, ContractError> {
    facts.check()?;
    if let Some(holder) = state::serial_holder(storage, &facts.serial_hash)? {
        return Err(ContractError::SerialTaken { holder });
    }
    check_open(storage, now, &owner)?;
    let mut counters = state::counters(storage)?;
    // 2^64 proposals are never reached.
    counters.proposals = counters.proposals.saturating_add(1);
    state::save_counters(storage, &counters)?;

    let number = counters.proposals;
    let expires_at = now.plus(PROPOSAL_OPEN);
    let event = RegistryEvent::MeterProposed {
        proposal: number,
        owner: owner.clone(),
        expires_at,
    };
    let proposal = Proposal {
        owner,
        facts,
        expires_at,
    };
    state::add_proposal(storage, number, &proposal)?;
    Ok(Response::new().add_event(event))
}

/// Refuses more open proposals than one address may have. Later ones expire later, so no more need be looked at than may be
/// open, whatever lies expired behind them.
fn check_open(storage: &dyn Storage, now: UnixSeconds, owner: &Addr) -> Result<(), ContractError> {
    let mut open = 0_u32;
    for entry in state::proposals_of(storage, owner, None) {
        if !entry?.1.is_open(now) {
            break;
        }
        open = open.saturating_add(1);
        if open >= MAX_PROPOSALS_OF_OWNER {
            let owner = owner.clone();
            return Err(ContractError::ProposalsOfOwner { owner, got: open });
        }
    }
    Ok(())
}
