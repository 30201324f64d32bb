use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, UnixSeconds};

use super::{add, book_in, Case};
use crate::error::ContractError;
use crate::state;

/// Takes revenue of a built project; it belongs to the pledgers by what they paid.
pub(crate) fn pay_revenue(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    payer: &Addr,
    project: ProjectId,
    amount: Amount,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, project, now)?;
    case.check_phase(
        &[Phase::Defects, Phase::Closed],
        "built: in its defects period or closed",
    )?;
    case.project.totals.revenue = add(case.project.totals.revenue, amount)?;
    state::save_project(storage, project, &case.project)?;
    book_in(storage, &case.plan.asset, amount, |books| &mut books.revenue)?;
    let event = Event::new(events::REVENUE_PAID)
        .add_attribute("project", project.to_string())
        .add_attribute("payer", payer)
        .add_attribute("amount", amount.to_string());
    Ok(Response::new().add_event(event))
}
