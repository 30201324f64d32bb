//! What can be read.

mod hypothetical;
mod pledges;
mod pledges_of;
pub(crate) mod route;

use cosmwasm_std::{to_json_vec, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    AssetBooksResponse, BooksResponse, ConfigResponse, MilestoneResponse, ProjectResponse, ProjectsResponse,
    StandingResponse,
};
use gridpact_types::escrow::bounds::{MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE_BYTES};
use gridpact_types::escrow::terms::{MilestoneTerms, ProjectId, Terms};
use gridpact_units::{Amount, UnixSeconds};

use crate::case::Case;
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
    Ok(ProjectResponse {
        project: id,
        terms_hash: project.terms_hash.clone(),
        phase: case.phase(),
        pledged: project.pledged,
        pledges: project.pledges,
        consistent: project.consistent,
        consistent_pledges: project.consistent_pledges,
        funded: (case.funded() > 0).then_some(Amount(case.funded())),
        funded_at: project.funded.as_ref().map(|funded| funded.at),
        accepted_at: project.accepted_at,
        milestones: milestones(storage, &case, &Terms::from_bytes(&terms)?)?,
        drawable: case.drawable(),
        defects_end: case.retention_at(),
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

fn milestones(
    storage: &dyn Storage,
    case: &Case,
    terms: &Terms,
) -> Result<Vec<MilestoneResponse>, ContractError> {
    let mut evidence = state::evidence(storage, case.id)?.into_iter();
    let all = terms.milestones.iter().zip(case.milestone_amounts()).enumerate();
    let milestone = |(position, (terms, amount)): (usize, (&MilestoneTerms, u128))| {
        let (evidence_hash, evidence_uri) = evidence
            .next()
            .map(|evidence| (evidence.hash, evidence.uri))
            .unzip();
        MilestoneResponse {
            title: terms.title.clone(),
            status: case.milestone_status(position),
            amount: Amount(amount),
            retained: Amount(case.retained(amount)),
            due: terms.due,
            submitted_at: case.project.submitted_at.get(position).copied(),
            payable_at: case.payable_at(position),
            evidence_hash,
            evidence_uri,
        }
    };
    Ok(all.map(milestone).collect())
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
