//! What can be read.

use cosmwasm_std::{Addr, Storage};
use gridpact_types::escrow::{
    AssetBooksResponse, BooksResponse, ConfigResponse, MilestoneResponse, PledgeResponse, PledgesResponse,
    ProjectId, ProjectResponse, ProjectsResponse, Terms,
};
use gridpact_types::Asset;
use gridpact_units::{Amount, UnixSeconds};

use crate::error::ContractError;
use crate::project::{Pledge, Project, View};
use crate::state;

/// Entries of a page of pledges where the query does not say.
pub const DEFAULT_PAGE: u32 = 30;
/// Most entries of a page of pledges.
pub const MAX_PAGE: u32 = 100;
/// Most projects of a page: terms that name 512 parties take 50 kB each, and a query has little gas.
pub const MAX_PROJECTS_PAGE: u32 = 10;

pub(crate) fn config(storage: &dyn Storage) -> Result<ConfigResponse, ContractError> {
    Ok(ConfigResponse {
        assets: state::config(storage)?.assets,
        projects: state::count(storage)?,
    })
}

pub(crate) fn project(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
) -> Result<ProjectResponse, ContractError> {
    let terms = state::terms(storage, project)?;
    Ok(respond(project, terms, &state::project(storage, project)?, now))
}

fn respond(id: ProjectId, terms: Terms, project: &Project, now: UnixSeconds) -> ProjectResponse {
    let view = View {
        terms: &terms,
        project,
        now,
    };
    ProjectResponse {
        project: id,
        terms_hash: project.terms_hash.clone(),
        phase: view.phase(),
        pledged: project.pledged,
        pledges: project.pledges,
        consistent: project.consistent,
        consistent_pledges: project.consistent_pledges,
        funded: project.funded.as_ref().map(|funded| funded.amount),
        funded_at: project.funded.as_ref().map(|funded| funded.at),
        accepted_at: project.accepted_at,
        milestones: milestones(&view),
        drawable: view.drawable(),
        defects_end: view.retention_at(),
        terms,
    }
}

fn milestones(view: &View) -> Vec<MilestoneResponse> {
    let amounts = view.milestone_amounts();
    let all = view.terms.milestones.iter().zip(amounts).enumerate();
    all.map(|(position, (terms, amount))| {
        let submission = view.project.submissions.get(position);
        MilestoneResponse {
            title: terms.title.clone(),
            status: view.milestone_status(position),
            amount: Amount(amount),
            retained: Amount(view.retained(amount)),
            due: terms.due,
            submitted_at: submission.map(|submission| submission.at),
            payable_at: view.payable_at(position),
            evidence_hash: submission.map(|submission| submission.evidence_hash.clone()),
            evidence_uri: submission.map(|submission| submission.evidence_uri.clone()),
        }
    })
    .collect()
}

pub(crate) fn projects(
    storage: &dyn Storage,
    now: UnixSeconds,
    start_after: Option<ProjectId>,
    limit: Option<u32>,
) -> Result<ProjectsResponse, ContractError> {
    let limit = check_limit(limit.unwrap_or(MAX_PROJECTS_PAGE), MAX_PROJECTS_PAGE)?;
    let count = state::count(storage)?;
    let first = start_after.unwrap_or(0).saturating_add(1);
    let ids = (first..=count).take(limit);
    let projects = ids
        .map(|id| project(storage, now, id))
        .collect::<Result<Vec<_>, _>>()?;
    let last = projects.last().map_or(count, |project| project.project);
    Ok(ProjectsResponse {
        projects,
        more: last < count,
    })
}

pub(crate) fn pledge(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
    pledger: &Addr,
) -> Result<PledgeResponse, ContractError> {
    let terms = state::terms(storage, project)?;
    let record = state::project(storage, project)?;
    let view = View {
        terms: &terms,
        project: &record,
        now,
    };
    let displaced = state::displaced(storage, project, pledger)?;
    match state::pledge(storage, project, pledger)? {
        Some(pledge) => Ok(respond_pledge(
            storage, &view, project, pledger, pledge, displaced,
        )),
        None if displaced.is_zero() => Err(ContractError::NoPledge {
            project,
            pledger: pledger.to_string(),
        }),
        None => Ok(PledgeResponse {
            pledger: pledger.to_string(),
            amount: Amount::ZERO,
            condition: Default::default(),
            consistent: false,
            paid: Amount::ZERO,
            refundable: displaced,
            revenue: Amount::ZERO,
        }),
    }
}

fn respond_pledge(
    storage: &dyn Storage,
    view: &View,
    project: ProjectId,
    pledger: &Addr,
    pledge: Pledge,
    displaced: Amount,
) -> PledgeResponse {
    let consistent = state::is_member(storage, project, pledger);
    let refundable = view.refundable(&pledge, consistent);
    PledgeResponse {
        pledger: pledger.to_string(),
        amount: pledge.amount,
        consistent,
        paid: Amount(view.paid(&pledge, consistent)),
        refundable: Amount(refundable.0.saturating_add(displaced.0)),
        revenue: view.revenue(&pledge, consistent),
        condition: pledge.condition,
    }
}

pub(crate) fn pledges(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
    start_after: Option<&Addr>,
    limit: Option<u32>,
) -> Result<PledgesResponse, ContractError> {
    let limit = check_limit(limit.unwrap_or(DEFAULT_PAGE), MAX_PAGE)?;
    let terms = state::terms(storage, project)?;
    let record = state::project(storage, project)?;
    let view = View {
        terms: &terms,
        project: &record,
        now,
    };
    let mut entries = state::pledges(storage, project, start_after);
    let mut pledges = Vec::new();
    for entry in entries.by_ref().take(limit) {
        let (pledger, pledge) = entry?;
        let displaced = state::displaced(storage, project, &pledger)?;
        pledges.push(respond_pledge(
            storage, &view, project, &pledger, pledge, displaced,
        ));
    }
    Ok(PledgesResponse {
        pledges,
        more: entries.next().is_some(),
    })
}

pub(crate) fn books(storage: &dyn Storage, asset: &Asset) -> Result<AssetBooksResponse, ContractError> {
    Ok(state::books(storage, asset)?)
}

pub(crate) fn project_books(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
) -> Result<BooksResponse, ContractError> {
    let terms = state::terms(storage, project)?;
    let project = state::project(storage, project)?;
    Ok(View {
        terms: &terms,
        project: &project,
        now,
    }
    .books())
}

fn check_limit(got: u32, max: u32) -> Result<usize, ContractError> {
    let count = usize::try_from(got).ok().filter(|_| (1..=max).contains(&got));
    count.ok_or(ContractError::Limit { max, got })
}
