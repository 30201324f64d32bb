//! What can be read.

mod disputes;
mod hypothetical;
mod milestones;
mod payees;
mod pledges;
mod pledges_of;
pub(crate) mod route;

use cosmwasm_std::{to_json_vec, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    AssetBooksResponse, BooksResponse, ConfigResponse, OfferResponse, ProjectResponse, ProjectsResponse,
    StandingResponse,
};
use gridpact_types::escrow::bounds::{MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE_BYTES};
use gridpact_types::escrow::terms::{ProjectId, Terms};
use gridpact_units::{Amount, UnixSeconds};

use crate::error::ContractError;
use crate::state;

fn config(storage: &dyn Storage) -> Result<ConfigResponse, ContractError> {
    Ok(ConfigResponse {
        assets: state::config(storage)?.assets,
        projects: state::count(storage)?,
    })
}

fn project(storage: &dyn Storage, now: UnixSeconds, id: ProjectId) -> Result<ProjectResponse, ContractError> {
    let (terms, case) = (state::terms(storage, id)?, state::case(storage, id, now)?);
    let project = &case.project;
    let funded = case.funded();
    let offer = project.offer.as_ref().map(|offer| OfferResponse {
        number: offer.number,
        proposal: offer.proposal,
        consented: offer.consented,
    });
    let is_funded = funded > 0;
    let whole = |needed: u128| Amount(if is_funded { needed } else { 0 });
    Ok(ProjectResponse {
        project: id,
        terms_hash: project.terms_hash.clone(),
        phase: case.phase(),
        pledged: project.pledged,
        pledges: project.pledges,
        consistent: project.consistent,
        consistent_pledges: project.consistent_pledges,
        funded: is_funded.then_some(Amount(funded)),
        funded_at: project.funded.as_ref().map(|funded| funded.at),
        accepted_at: project.accepted_at,
        milestones: milestones::milestones(storage, &case, &Terms::from_bytes(&terms)?)?,
        drawable: case.drawable(),
        defects_end: case.defects_end(),
        bond: project.bond,
        returned: Amount(case.returned()),
        ended: project.ended,
        offer,
        consent_needed: whole(case.consent_needed()),
        end_consented: project.end_ballot.consented,
        next_due: case.next_due(),
        objection_needed: case.objection_needed().map(whole),
        retention_left: Amount(case.retention_left()),
        open_claims: project.claims.open.iter().map(|open| open.claim).collect(),
        terms: terms.into(),
    })
}

/// What another contract needs to know of a project, without its texts and parties.
fn standing(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
) -> Result<StandingResponse, ContractError> {
    let case = state::case(storage, project, now)?;
    Ok(StandingResponse {
        phase: case.phase(),
        asset: case.terms.asset,
        terms_hash: case.project.terms_hash,
    })
}

/// A page of projects, by number: as many as are asked for, as there are, and as fit into a page's bytes; but one at least.
fn projects(
    storage: &dyn Storage,
    now: UnixSeconds,
    start_after: Option<ProjectId>,
    limit: Option<u32>,
) -> Result<ProjectsResponse, ContractError> {
    let limit = page_limit(limit, MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE)?;
    let first = start_after.unwrap_or(0).saturating_add(1);
    // Numbers are paged, not projects: whether more follow is known without reading the next.
    let numbers = (first..=state::count(storage)?).map(Ok::<_, ContractError>);
    let (numbers, more) = page(numbers, limit)?;
    let (mut projects, mut bytes) = (Vec::new(), 0_usize);
    for id in numbers {
        let project = project(storage, now, id)?;
        bytes = bytes.saturating_add(to_json_vec(&project)?.len());
        if bytes > MAX_PROJECTS_PAGE_BYTES && !projects.is_empty() {
            let more = true;
            return Ok(ProjectsResponse { projects, more });
        }
        projects.push(project);
    }
    Ok(ProjectsResponse { projects, more })
}

fn books(storage: &dyn Storage, asset: &Asset) -> Result<AssetBooksResponse, ContractError> {
    let books = state::books(storage, asset)?;
    Ok(AssetBooksResponse {
        pledged: books.pledged,
        bonds: books.bonds,
        revenue: books.revenue,
        paid: books.paid,
        refunded: books.refunded,
        held: books.held,
    })
}

fn project_books(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
) -> Result<BooksResponse, ContractError> {
    Ok(state::case(storage, project, now)?.books())
}
