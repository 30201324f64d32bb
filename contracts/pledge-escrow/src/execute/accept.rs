use cosmwasm_std::{Addr, HexBinary, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::case::Case;
use crate::error::ContractError;

/// The contractor takes the work on, with the bond that the terms ask for.
pub(crate) fn accept(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    terms_hash: &HexBinary,
    bond: Amount,
) -> Result<Response, ContractError> {
    case.check_contractor(&sender)?;
    case.check_phase(&[Phase::Funded], "funded")?;
    case.check_hash(terms_hash)?;
    let expected = case.terms.bond;
    if bond != expected {
        return Err(ContractError::Bond { expected, got: bond });
    }
    if !bond.is_zero() {
        case.book_in(storage, bond, |books| &mut books.bonds)?;
    }
    case.project.bond = bond;
    case.project.accepted_at = Some(case.now);
    case.save(storage)?;
    Ok(Response::new().add_event(EscrowEvent::Accepted {
        project: case.id,
        contractor: sender,
        bond,
    }))
}
