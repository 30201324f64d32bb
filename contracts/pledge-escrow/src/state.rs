//! What is stored. Maps are private; each says its key, its value and who reads it.

use std::collections::BTreeMap;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Item, Map};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::{ProjectId, Terms};
use gridpact_units::Amount;

use crate::conditions::{Ask, Member, Waiting};
use crate::error::ContractError;
use crate::plan::Plan;
use crate::project::{Pledge, Project};

/// The deployment; written once.
const CONFIG: Item<Config> = Item::new("config");
/// How many projects there are.
const COUNT: Item<u64> = Item::new("count");
/// Project -> terms as sent: the very bytes that were hashed. Written once; read by queries alone, since parties and texts
/// may take 50 kB.
const TERMS: Map<u64, Terms> = Map::new("terms");
/// Project -> what handlers need of the terms; written once.
const PLANS: Map<u64, Plan> = Map::new("plans");
/// (Project, party) -> what the terms expect of a named party; written once.
const PARTIES: Map<(u64, &Addr), Amount> = Map::new("parties");
/// Project -> what happened to it; read and written with its every message.
const PROJECTS: Map<u64, Project> = Map::new("projects");
/// (Project, pledger) -> standing pledge. Small: the set is found by reading all of a project.
const PLEDGES: Map<(u64, &Addr), Pledge> = Map::new("pledges");
/// (Project, pledger) -> what a pledge asks; only where it asks something. Read to restate it, and by queries.
const ASKS: Map<(u64, &Addr), Ask> = Map::new("asks");
/// (Project, pledger) -> what a pledge outside the set asks: the same again, so that finding the set reads no member's.
const WAITING: Map<(u64, &Addr), Ask> = Map::new("waiting");
/// (Project, pledger) -> money of displaced pledges, not taken back yet.
const DISPLACED: Map<(u64, &Addr), Amount> = Map::new("displaced");
/// Asset as text -> running totals over all projects.
const BOOKS: Map<String, AssetBooks> = Map::new("books");

/// What never changes.
#[cw_serde]
pub(crate) struct Config {
    /// Assets a project may use.
    pub assets: Vec<Asset>,
}

/// Running totals of one asset; they only grow, except `held`.
#[cw_serde]
#[derive(Default)]
pub(crate) struct AssetBooks {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to contractors or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers.
    pub refunded: Amount,
    /// Is here.
    pub held: Amount,
}

pub(crate) fn config(storage: &dyn Storage) -> StdResult<Config> {
    CONFIG.load(storage)
}

pub(crate) fn save_config(storage: &mut dyn Storage, config: &Config) -> StdResult<()> {
    CONFIG.save(storage, config)?;
    COUNT.save(storage, &0)
}

pub(crate) fn count(storage: &dyn Storage) -> StdResult<u64> {
    COUNT.load(storage)
}

/// Stores a new project and gives it its number.
pub(crate) fn add_project(
    storage: &mut dyn Storage,
    terms: &Terms,
    plan: &Plan,
    project: &Project,
) -> Result<ProjectId, ContractError> {
    let id = count(storage)?
        .checked_add(1)
        .ok_or(ContractError::Arithmetic { what: "projects" })?;
    COUNT.save(storage, &id)?;
    TERMS.save(storage, id, terms)?;
    PLANS.save(storage, id, plan)?;
    PROJECTS.save(storage, id, project)?;
    Ok(id)
}

pub(crate) fn terms(storage: &dyn Storage, project: ProjectId) -> Result<Terms, ContractError> {
    let terms = TERMS.may_load(storage, project)?;
    terms.ok_or(ContractError::UnknownProject {
        project,
        count: count(storage)?,
    })
}

pub(crate) fn plan(storage: &dyn Storage, project: ProjectId) -> Result<Plan, ContractError> {
    let plan = PLANS.may_load(storage, project)?;
    plan.ok_or(ContractError::UnknownProject {
        project,
        count: count(storage)?,
    })
}

pub(crate) fn name_party(
    storage: &mut dyn Storage,
    project: ProjectId,
    party: &Addr,
    amount: Amount,
) -> StdResult<()> {
    PARTIES.save(storage, (project, party), &amount)
}

/// What the terms expect of a party; `None` for a stranger.
pub(crate) fn party(storage: &dyn Storage, project: ProjectId, party: &Addr) -> StdResult<Option<Amount>> {
    PARTIES.may_load(storage, (project, party))
}

pub(crate) fn project(storage: &dyn Storage, project: ProjectId) -> StdResult<Project> {
    PROJECTS.load(storage, project)
}

pub(crate) fn save_project(storage: &mut dyn Storage, id: ProjectId, project: &Project) -> StdResult<()> {
    PROJECTS.save(storage, id, project)
}

pub(crate) fn pledge(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Option<Pledge>> {
    PLEDGES.may_load(storage, (project, pledger))
}

pub(crate) fn save_pledge(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    pledge: &Pledge,
) -> StdResult<()> {
    PLEDGES.save(storage, (project, pledger), pledge)
}

pub(crate) fn remove_pledge(storage: &mut dyn Storage, project: ProjectId, pledger: &Addr) {
    PLEDGES.remove(storage, (project, pledger));
    ASKS.remove(storage, (project, pledger));
    WAITING.remove(storage, (project, pledger));
}

/// The pledges of a project, by address.
pub(crate) fn pledges<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    start_after: Option<&Addr>,
) -> impl Iterator<Item = StdResult<(Addr, Pledge)>> + 'a {
    let start = start_after.map(Bound::exclusive);
    PLEDGES
        .prefix(project)
        .range(storage, start, None, Order::Ascending)
}

/// Whether a pledge is in the set.
pub(crate) fn is_member(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> bool {
    !WAITING.has(storage, (project, pledger))
}

/// What a pledge asks of the others.
pub(crate) fn ask(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Ask> {
    Ok(ASKS.may_load(storage, (project, pledger))?.unwrap_or_default())
}

/// Notes what a pledge asks; it waits until that is met.
pub(crate) fn wait(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    ask: &Ask,
) -> StdResult<()> {
    ASKS.save(storage, (project, pledger), ask)?;
    WAITING.save(storage, (project, pledger), ask)
}

/// Whether any pledge waits.
pub(crate) fn any_waits(storage: &dyn Storage, project: ProjectId) -> bool {
    let mut waiting = WAITING
        .prefix(project)
        .keys(storage, None, None, Order::Ascending);
    waiting.next().is_some()
}

/// All standing pledges of a project, each list by address.
pub(crate) fn roll(storage: &dyn Storage, project: ProjectId) -> StdResult<(Vec<Member>, Vec<Waiting>)> {
    let asks = WAITING
        .prefix(project)
        .range(storage, None, None, Order::Ascending);
    let mut asks = asks.collect::<StdResult<BTreeMap<Addr, Ask>>>()?;
    let (mut members, mut waiting) = (Vec::new(), Vec::new());
    for entry in pledges(storage, project, None) {
        let (pledger, Pledge { amount, .. }) = entry?;
        let amount = amount.0;
        match asks.remove(&pledger) {
            None => members.push(Member { pledger, amount }),
            Some(ask) => waiting.push(Waiting { pledger, amount, ask }),
        }
    }
    Ok((members, waiting))
}

pub(crate) fn join(storage: &mut dyn Storage, project: ProjectId, pledger: &Addr) {
    WAITING.remove(storage, (project, pledger));
}

pub(crate) fn displaced(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Amount> {
    Ok(DISPLACED
        .may_load(storage, (project, pledger))?
        .unwrap_or_default())
}

pub(crate) fn save_displaced(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    owed: Amount,
) -> StdResult<()> {
    if owed.is_zero() {
        DISPLACED.remove(storage, (project, pledger));
        return Ok(());
    }
    DISPLACED.save(storage, (project, pledger), &owed)
}

pub(crate) fn books(storage: &dyn Storage, asset: &Asset) -> StdResult<AssetBooks> {
    Ok(BOOKS.may_load(storage, asset.to_string())?.unwrap_or_default())
}

pub(crate) fn save_books(storage: &mut dyn Storage, asset: &Asset, books: &AssetBooks) -> StdResult<()> {
    BOOKS.save(storage, asset.to_string(), books)
}
