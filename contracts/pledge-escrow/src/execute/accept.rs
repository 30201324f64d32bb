use cosmwasm_std::{Addr, Event, HexBinary, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use super::Case;
use crate::error::ContractError;
use crate::state;

/// The contractor takes the work on.
pub(crate) fn accept(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    project: ProjectId,
    terms_hash: &HexBinary,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, project, now)?;
    case.check_contractor(sender)?;
    case.check_phase(&[Phase::Funded], "funded")?;
    case.check_hash(terms_hash)?;
    case.project.accepted_at = Some(now);
    state::save_project(storage, project, &case.project)?;
    let event = Event::new(events::ACCEPTED)
        .add_attribute("project", project.to_string())
        .add_attribute("contractor", sender);
    Ok(Response::new().add_event(event))
}
