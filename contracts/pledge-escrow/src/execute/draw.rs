use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::events;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use super::{add, book_out, Case};
use crate::error::ContractError;
use crate::state;

/// Pays the contractor everything that is payable now.
pub(crate) fn draw(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    project: ProjectId,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, project, now)?;
    case.check_contractor(sender)?;
    let amount = case.view().drawable();
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: "draw" });
    }
    case.project.totals.drawn = add(case.project.totals.drawn, amount)?;
    state::save_project(storage, project, &case.project)?;
    book_out(storage, &case.plan.asset, amount, |books| &mut books.paid)?;
    let event = Event::new(events::DRAWN)
        .add_attribute("project", project.to_string())
        .add_attribute("contractor", sender)
        .add_attribute("amount", amount.to_string());
    let payout = case.plan.asset.pay(sender.as_str(), amount)?;
    Ok(Response::new().add_event(event).add_message(payout))
}
