//! What is stored. Maps are private; each says its key, its value and who reads it.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Empty, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Item, Map};
use gridpact_types::escrow::{AssetBooksResponse, ProjectId, Terms};
use gridpact_types::Asset;
use gridpact_units::Amount;

use crate::error::ContractError;
use crate::project::{Pledge, Project};

/// Most standing pledges of a project: the set is found anew at every pledge, over all of them.
pub const MAX_PLEDGES: u32 = 512;

/// The deployment; written once.
const CONFIG: Item<Config> = Item::new("config");
/// How many projects there are.
const COUNT: Item<u64> = Item::new("count");
/// Project -> terms; written once.
const TERMS: Map<u64, Terms> = Map::new("terms");
/// Project -> what happened to it; read and written with its every message.
const PROJECTS: Map<u64, Project> = Map::new("projects");
/// (Project, pledger) -> standing pledge.
const PLEDGES: Map<(u64, &Addr), Pledge> = Map::new("pledges");
/// (Project, pledger) of the pledges outside the set. They leave it when they join, one key each; the many members need none.
const WAITING: Map<(u64, &Addr), Empty> = Map::new("waiting");
/// (Project, pledger) -> money of displaced pledges, not taken back yet.
const DISPLACED: Map<(u64, &Addr), Amount> = Map::new("displaced");
/// Asset as text -> running totals over all projects.
const BOOKS: Map<String, AssetBooksResponse> = Map::new("books");

/// What never changes.
#[cw_serde]
pub(crate) struct Config {
    /// Assets a project may use.
    pub assets: Vec<Asset>,
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
    project: &Project,
) -> Result<ProjectId, ContractError> {
    let id = count(storage)?
        .checked_add(1)
        .ok_or(ContractError::Arithmetic { what: "projects" })?;
    COUNT.save(storage, &id)?;
    TERMS.save(storage, id, terms)?;
    PROJECTS.save(storage, id, project)?;
    Ok(id)
}

pub(crate) fn terms(storage: &dyn Storage, project: ProjectId) -> Result<Terms, ContractError> {
    let count = count(storage)?;
    TERMS
        .may_load(storage, project)?
        .ok_or(ContractError::UnknownProject { project, count })
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

pub(crate) fn wait(storage: &mut dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<()> {
    WAITING.save(storage, (project, pledger), &Empty {})
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

pub(crate) fn books(storage: &dyn Storage, asset: &Asset) -> StdResult<AssetBooksResponse> {
    Ok(BOOKS.may_load(storage, asset.to_string())?.unwrap_or_default())
}

pub(crate) fn save_books(
    storage: &mut dyn Storage,
    asset: &Asset,
    books: &AssetBooksResponse,
) -> StdResult<()> {
    BOOKS.save(storage, asset.to_string(), books)
}
