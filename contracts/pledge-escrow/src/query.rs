//! What can be read.

use cosmwasm_std::{Addr, Storage};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    AssetBooksResponse, BooksResponse, ConfigResponse, MilestoneResponse, PledgeResponse, PledgesResponse,
    ProjectResponse, ProjectsResponse,
};
use gridpact_types::escrow::bounds::{DEFAULT_PAGE, MAX_PAGE, MAX_PROJECTS_PAGE};
use gridpact_types::escrow::terms::{Condition, PartyCondition, PledgersCondition, ProjectId, Terms};
use gridpact_units::{Amount, UnixSeconds};

use crate::books::Standing;
use crate::conditions::{Ask, PartyAsk, PledgersAsk};
use crate::error::ContractError;
use crate::plan::Plan;
use crate::project::{Pledge, Project, View};
use crate::state;

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
    let (terms, (plan, project)) = (state::terms(storage, id)?, load(storage, id)?);
    let view = View {
        plan: &plan,
        project: &project,
        now,
    };
    Ok(ProjectResponse {
        project: id,
        terms_hash: project.terms_hash.clone(),
        phase: view.phase(),
        pledged: project.pledged,
        pledges: project.pledges,
        consistent: project.consistent,
        consistent_pledges: project.consistent_pledges,
        funded: project.funded.as_ref().map(|funded| funded.taken.total),
        funded_at: project.funded.as_ref().map(|funded| funded.at),
        accepted_at: project.accepted_at,
        milestones: milestones(&view, &terms),
        drawable: view.drawable(),
        defects_end: view.retention_at(),
        terms,
    })
}

fn load(storage: &dyn Storage, id: ProjectId) -> Result<(Plan, Project), ContractError> {
    Ok((state::plan(storage, id)?, state::project(storage, id)?))
}

fn milestones(view: &View, terms: &Terms) -> Vec<MilestoneResponse> {
    let amounts = view.milestone_amounts();
    let all = terms.milestones.iter().zip(amounts).enumerate();
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
    let (plan, record) = load(storage, project)?;
    let view = View {
        plan: &plan,
        project: &record,
        now,
    };
    let displaced = state::displaced(storage, project, pledger)?;
    let pledge = match state::pledge(storage, project, pledger)? {
        Some(pledge) => pledge,
        None if !displaced.is_zero() => Pledge::default(),
        None => {
            let pledger = pledger.to_string();
            return Err(ContractError::NoPledge { project, pledger });
        }
    };
    respond(storage, &view, project, pledger, &pledge)
}

/// A displaced pledge without a place of its own shows as one of nothing, outside the set, with what it can take back.
fn respond(
    storage: &dyn Storage,
    view: &View,
    project: ProjectId,
    pledger: &Addr,
    pledge: &Pledge,
) -> Result<PledgeResponse, ContractError> {
    let displaced = state::displaced(storage, project, pledger)?;
    let standing = Standing {
        pledger,
        pledge,
        member: !pledge.amount.is_zero() && state::is_member(storage, project, pledger),
    };
    let refundable = view.refundable(&standing);
    Ok(PledgeResponse {
        pledger: pledger.to_string(),
        amount: pledge.amount,
        condition: condition(state::ask(storage, project, pledger)?),
        consistent: standing.member,
        paid: Amount(view.paid(&standing)),
        refundable: Amount(refundable.0.saturating_add(displaced.0)),
        revenue: view.revenue(&standing),
    })
}

fn condition(ask: Ask) -> Condition {
    let party = |asked: PartyAsk| PartyCondition {
        address: asked.party.into_string(),
        at_least: asked.at_least,
    };
    let pledgers = |asked: PledgersAsk| PledgersCondition {
        count: asked.count,
        at_least: asked.at_least,
    };
    Condition {
        parties: ask.parties.into_iter().map(party).collect(),
        pledgers: ask.pledgers.map(pledgers),
        total: ask.total,
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
    let (plan, record) = load(storage, project)?;
    let view = View {
        plan: &plan,
        project: &record,
        now,
    };
    let mut entries = state::pledges(storage, project, start_after);
    let mut pledges = Vec::new();
    for entry in entries.by_ref().take(limit) {
        let (pledger, pledge) = entry?;
        pledges.push(respond(storage, &view, project, &pledger, &pledge)?);
    }
    Ok(PledgesResponse {
        pledges,
        more: entries.next().is_some(),
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
    let (plan, project) = load(storage, project)?;
    let view = View {
        plan: &plan,
        project: &project,
        now,
    };
    Ok(view.books())
}

fn check_limit(got: u32, max: u32) -> Result<usize, ContractError> {
    let count = usize::try_from(got).ok().filter(|_| (1..=max).contains(&got));
    count.ok_or(ContractError::Limit { max, got })
}
