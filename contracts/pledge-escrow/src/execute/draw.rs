use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::events::EscrowEvent;

use crate::amounts::add;
use crate::case::Case;
use crate::error::ContractError;

/// Pays the contractor everything that is payable now.
pub(crate) fn draw(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
) -> Result<Response, ContractError> {
    case.check_contractor(&sender)?;
    let amount = case.drawable();
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: "draw" });
    }
    case.project.totals.drawn = add(case.project.totals.drawn, amount)?;
    case.save(storage)?;
    case.book_out(storage, amount, |books| &mut books.paid)?;
    let payout = case.terms.asset.pay(sender.as_str(), amount)?;
    let event = EscrowEvent::Drawn {
        project: case.id,
        contractor: sender,
        amount,
    };
    Ok(Response::new().add_event(event).add_message(payout))
}
