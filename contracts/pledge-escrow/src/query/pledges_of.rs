//! The projects that an address has pledged to.

use cosmwasm_std::{Addr, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::escrow::answers::{PledgesOfResponse, ProjectPledge};
use gridpact_types::escrow::bounds::MAX_PROJECTS_PAGE;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use super::pledges::pledge_in;
use crate::error::ContractError;
use crate::state::{self, pledges};

/// What an address has pledged, and what it is owed, by project. As many a page as of projects: of each one, the terms that
/// handlers work with are read, and what happened to it.
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
    let entry = |project: ProjectId| {
        let case = state::case(storage, project, now)?;
        Ok(ProjectPledge {
            project,
            phase: case.phase(),
            pledge: pledge_in(storage, &case, pledger)?,
        })
    };
    let pledges = projects.into_iter().map(entry);
    Ok(PledgesOfResponse {
        pledges: pledges.collect::<Result<_, ContractError>>()?,
        more,
    })
}
