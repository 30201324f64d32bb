use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::amounts::{add, sub};
use crate::case::Case;
use crate::error::ContractError;
use crate::state::{pledges, returns};

/// Pays a pledger everything it can take back now, displaced pledges included.
pub(crate) fn claim_refund(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
) -> Result<Response, ContractError> {
    let displaced = pledges::displaced(storage, case.id, &sender)?;
    let mut refund = Amount::ZERO;
    if let Some(mut claimant) = pledges::claimant(storage, case.id, &sender)? {
        let (divisions, noted) = returns::divisions(storage, &case)?;
        returns::note(storage, &case, &divisions, noted)?;
        refund = case.refundable(&claimant, case.returned_to(&claimant, &divisions));
        claimant.pledge.refunded = add(claimant.pledge.refunded, refund)?;
        pledges::save_pledge(storage, case.id, &sender, &claimant.pledge)?;
    } else {
        pledges::unindex(storage, case.id, &sender);
    }
    let amount = add(refund, displaced)?;
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: "refund" });
    }
    let totals = &mut case.project.totals;
    totals.refunded = add(totals.refunded, refund)?;
    totals.displaced = sub(totals.displaced, displaced)?;
    totals.displaced_refunded = add(totals.displaced_refunded, displaced)?;
    pledges::save_displaced(storage, case.id, &sender, Amount::ZERO)?;
    case.save(storage)?;
    case.book_out(storage, amount, |books| &mut books.refunded)?;
    let payout = case.terms.asset.pay(sender.as_str(), amount)?;
    let event = EscrowEvent::Refunded {
        project: case.id,
        pledger: sender,
        amount,
    };
    Ok(Response::new().add_event(event).add_message(payout))
}

/// Pays a pledger its part of the revenue so far.
pub(crate) fn claim_revenue(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
) -> Result<Response, ContractError> {
    let claimant = pledges::claimant(storage, case.id, &sender)?;
    let mut claimant = claimant.ok_or_else(|| case.unknown_pledge(&sender))?;
    let amount = case.revenue(&claimant);
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: "revenue" });
    }
    claimant.pledge.revenue_claimed = add(claimant.pledge.revenue_claimed, amount)?;
    pledges::save_pledge(storage, case.id, &sender, &claimant.pledge)?;
    case.project.totals.revenue_claimed = add(case.project.totals.revenue_claimed, amount)?;
    case.save(storage)?;
    case.book_out(storage, amount, |books| &mut books.paid)?;
    let payout = case.terms.asset.pay(sender.as_str(), amount)?;
    let event = EscrowEvent::RevenueClaimed {
        project: case.id,
        pledger: sender,
        amount,
    };
    Ok(Response::new().add_event(event).add_message(payout))
}
