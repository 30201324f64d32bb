//! What can be read.

use cosmwasm_std::{Addr, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    AssetBooksResponse, BooksResponse, ConfigResponse, MilestoneResponse, PledgeResponse, PledgesResponse,
    ProjectResponse, ProjectsResponse,
};
use gridpact_types::escrow::bounds::{DEFAULT_PAGE, MAX_PAGE, MAX_PROJECTS_PAGE};
use gridpact_types::escrow::terms::{MilestoneTerms, ProjectId, Terms};
use gridpact_units::{Amount, UnixSeconds};

use crate::ask;
use crate::case::Case;
use crate::claims::Claimant;
use crate::error::ContractError;
use crate::project::Pledge;
use crate::state::{self, pledges};

pub(crate) fn config(storage: &dyn Storage) -> Result<ConfigResponse, ContractError> {
    Ok(ConfigResponse {
        assets: state::config(storage)?.assets,
        projects: state::count(storage)?,
    })
}

pub(crate) fn project(
    storage: &dyn Storage,
    now: UnixSeconds,
    id: ProjectId,
) -> Result<ProjectResponse, ContractError> {
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
        funded: project.funded.as_ref().map(|funded| funded.taken.total),
        funded_at: project.funded.as_ref().map(|funded| funded.at),
        accepted_at: project.accepted_at,
        milestones: milestones(storage, &case, &Terms::from_bytes(&terms)?)?,
        drawable: case.drawable(),
        defects_end: case.retention_at(),
        terms: terms.into(),
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

pub(crate) fn projects(
    storage: &dyn Storage,
    now: UnixSeconds,
    start_after: Option<ProjectId>,
    limit: Option<u32>,
) -> Result<ProjectsResponse, ContractError> {
    let limit = page_limit(limit, MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE)?;
    let first = start_after.unwrap_or(0).saturating_add(1);
    let numbers = first..=state::count(storage)?;
    // Numbers are paged, not projects: whether more follow is known without reading the next.
    let (numbers, more) = page(numbers.map(Ok::<_, ContractError>), limit)?;
    let projects = numbers.into_iter().map(|id| project(storage, now, id));
    Ok(ProjectsResponse {
        projects: projects.collect::<Result<_, _>>()?,
        more,
    })
}

pub(crate) fn pledge(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
    pledger: &Addr,
) -> Result<PledgeResponse, ContractError> {
    let case = state::case(storage, project, now)?;
    if let Some(claimant) = pledges::claimant(storage, project, pledger)? {
        return respond(storage, &case, claimant);
    }
    if pledges::displaced(storage, project, pledger)?.is_zero() {
        return Err(ContractError::UnknownPledge {
            project,
            pledger: pledger.to_string(),
        });
    }
    // A displaced pledge without a place of its own shows as one of nothing, outside the set, with what it can take back.
    let displaced = Claimant {
        pledger: pledger.clone(),
        pledge: Pledge::default(),
        member: false,
    };
    respond(storage, &case, displaced)
}

fn respond(storage: &dyn Storage, case: &Case, claimant: Claimant) -> Result<PledgeResponse, ContractError> {
    let displaced = pledges::displaced(storage, case.id, &claimant.pledger)?;
    let refundable = case.refundable(&claimant);
    Ok(PledgeResponse {
        amount: claimant.pledge.amount,
        condition: ask::condition(pledges::ask(storage, case.id, &claimant.pledger)?),
        consistent: claimant.member,
        paid: Amount(case.paid(&claimant)),
        refundable: Amount(refundable.0.saturating_add(displaced.0)),
        revenue: case.revenue(&claimant),
        pledger: claimant.pledger.into_string(),
    })
}

pub(crate) fn pledges(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
    start_after: Option<&Addr>,
    limit: Option<u32>,
) -> Result<PledgesResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let case = state::case(storage, project, now)?;
    let entries = pledges::pledges(storage, project, start_after);
    let (entries, more) = page(entries.map(|entry| entry.map_err(ContractError::from)), limit)?;
    let respond = |(pledger, pledge)| {
        let member = pledges::is_member(storage, project, &pledger);
        let claimant = Claimant {
            pledger,
            pledge,
            member,
        };
        respond(storage, &case, claimant)
    };
    Ok(PledgesResponse {
        pledges: entries.into_iter().map(respond).collect::<Result<_, _>>()?,
        more,
    })
}

pub(crate) fn books(storage: &dyn Storage, asset: &Asset) -> Result<AssetBooksResponse, ContractError> {
    let books = state::books(storage, asset)?;
    Ok(AssetBooksResponse {
        pledged: books.pledged,
        revenue: books.revenue,
        paid: books.paid,
        refunded: books.refunded,
        held: books.held,
    })
}

pub(crate) fn project_books(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
) -> Result<BooksResponse, ContractError> {
    Ok(state::case(storage, project, now)?.books())
}
