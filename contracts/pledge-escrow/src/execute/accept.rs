use cosmwasm_std::{Addr, HexBinary, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;

use crate::case::Case;
use crate::error::ContractError;

/// The contractor takes the work on.
pub(crate) fn accept(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    terms_hash: &HexBinary,
) -> Result<Response, ContractError> {
    case.check_contractor(&sender)?;
    case.check_phase(&[Phase::Funded], "funded")?;
    case.check_hash(terms_hash)?;
    case.project.accepted_at = Some(case.now);
    case.save(storage)?;
    Ok(Response::new().add_event(EscrowEvent::Accepted {
        project: case.id,
        contractor: sender,
    }))
}
