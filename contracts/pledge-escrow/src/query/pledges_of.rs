//! The projects that an address has pledged to.

use cosmwasm_std::{Addr, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::escrow::answers::{PledgesOfResponse, ProjectPledge};
use gridpact_types::escrow::bounds::{MAX_PLEDGES_OF_LOOKS, MAX_PROJECTS_PAGE};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use super::pledges::pledge_in;
use crate::case::Case;
use crate::error::ContractError;
use crate::state::{self, pledges, returns};

/// What an address has pledged, and what it is owed, by project. As many a page as of projects: of each one, the terms that
/// handlers work with are read, and what happened to it. No further one where that is much already.
pub(crate) fn pledges_of(
    storage: &dyn Storage,
    now: UnixSeconds,
    pledger: &Addr,
    start_after: Option<ProjectId>,
    limit: Option<u32>,
) -> Result<PledgesOfResponse, ContractError> {
    let limit = page_limit(limit, MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE)?;
    let projects = pledges::projects_of(storage, pledger, start_after);
    let (projects, more) = page(
        projects.map(|project| project.map_err(ContractError::from)),
        limit,
    )?;
    let (mut pledges, mut looked) = (Vec::new(), 0_usize);
    for project in projects {
        if looked >= MAX_PLEDGES_OF_LOOKS {
            let more = true;
            return Ok(PledgesOfResponse { pledges, more });
        }
        let case = state::case(storage, project, now)?;
        looked = looked.saturating_add(looks(storage, &case));
        pledges.push(ProjectPledge {
            project,
            phase: case.phase(),
            pledge: pledge_in(storage, &case, pledger)?,
        });
    }
    Ok(PledgesOfResponse { pledges, more })
}

/// At how much of a project a pledge's answer looks: at each part of its milestones, and at each return. Where these are not
/// divided yet, at everybody who pledged: as much as a page may.
fn looks(storage: &dyn Storage, case: &Case) -> usize {
    if !returns::are_divided(storage, case) {
        return MAX_PLEDGES_OF_LOOKS;
    }
    let milestones = case.terms.milestones.iter();
    let parts = milestones.map(|milestone| milestone.payees.len().saturating_add(1));
    parts.fold(case.project.returns.len(), usize::saturating_add)
}
