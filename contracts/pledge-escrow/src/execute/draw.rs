use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::amounts::add;
use crate::case::Case;
use crate::error::ContractError;
use crate::state::payees;

/// Pays a payee everything that is payable to it now. One that cannot be paid holds up no other.
pub(crate) fn draw(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    number: u32,
) -> Result<Response, ContractError> {
    let mut payee = case.payee_of(storage, number, &sender)?;
    let amount = Amount(case.due_to(number).saturating_sub(payee.drawn.0));
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: "draw" });
    }
    payee.drawn = add(payee.drawn, amount)?;
    payee.drew_of = case.settled_bits();
    payee.drew_retention = case.is_released();
    payees::save_payee(storage, &case, number, &payee)?;
    case.project.totals.drawn = add(case.project.totals.drawn, amount)?;
    case.save(storage)?;
    case.book_out(storage, amount, |books| &mut books.paid)?;
    let payout = case.terms.asset.pay(sender.as_str(), amount)?;
    let event = EscrowEvent::Drawn {
        project: case.id,
        payee: number,
        to: sender,
        amount,
    };
    Ok(Response::new().add_event(event).add_message(payout))
}
