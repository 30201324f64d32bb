use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::events;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, UnixSeconds};

use super::{add, book_out, sub, Case};
use crate::books::Standing;
use crate::error::ContractError;
use crate::state;

/// Pays a pledger everything it can take back now, displaced pledges included.
pub(crate) fn claim_refund(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    project: ProjectId,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, project, now)?;
    let displaced = state::displaced(storage, project, sender)?;
    let mut refund = Amount::ZERO;
    if let Some(mut pledge) = state::pledge(storage, project, sender)? {
        refund = case.view().refundable(&Standing {
            pledger: sender,
            pledge: &pledge,
            member: state::is_member(storage, project, sender),
        });
        pledge.refunded = add(pledge.refunded, refund)?;
        state::save_pledge(storage, project, sender, &pledge)?;
    }
    let amount = add(refund, displaced)?;
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: "refund" });
    }
    let totals = &mut case.project.totals;
    totals.refunded = add(totals.refunded, refund)?;
    totals.displaced = sub(totals.displaced, displaced)?;
    totals.displaced_refunded = add(totals.displaced_refunded, displaced)?;
    state::save_displaced(storage, project, sender, Amount::ZERO)?;
    state::save_project(storage, project, &case.project)?;
    book_out(storage, &case.plan.asset, amount, |books| &mut books.refunded)?;
    pay(&case, events::REFUNDED, sender, amount)
}

/// Pays a pledger its part of the revenue so far.
pub(crate) fn claim_revenue(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    project: ProjectId,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, project, now)?;
    let none = || ContractError::NoPledge {
        project,
        pledger: sender.to_string(),
    };
    let mut pledge = state::pledge(storage, project, sender)?.ok_or_else(none)?;
    let amount = case.view().revenue(&Standing {
        pledger: sender,
        pledge: &pledge,
        member: state::is_member(storage, project, sender),
    });
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: "revenue" });
    }
    pledge.revenue_claimed = add(pledge.revenue_claimed, amount)?;
    state::save_pledge(storage, project, sender, &pledge)?;
    case.project.totals.revenue_claimed = add(case.project.totals.revenue_claimed, amount)?;
    state::save_project(storage, project, &case.project)?;
    book_out(storage, &case.plan.asset, amount, |books| &mut books.paid)?;
    pay(&case, events::REVENUE_CLAIMED, sender, amount)
}

fn pay(case: &Case, event: &str, pledger: &Addr, amount: Amount) -> Result<Response, ContractError> {
    let event = Event::new(event)
        .add_attribute("project", case.id.to_string())
        .add_attribute("pledger", pledger)
        .add_attribute("amount", amount.to_string());
    let payout = case.plan.asset.pay(pledger.as_str(), amount)?;
    Ok(Response::new().add_event(event).add_message(payout))
}
