//! What is stored. Maps are private; each says its key, its value and who reads it.

pub(crate) mod defects;
pub(crate) mod payees;
pub(crate) mod pledges;
pub(crate) mod returns;
pub(crate) mod verdicts;
pub(crate) mod votes;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Order, StdResult, Storage};
use cw_storage_plus::{Item, Map};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use crate::asset_books::AssetBooks;
use crate::case::Case;
use crate::error::ContractError;
use crate::project::{Evidence, Project};
use crate::working_terms::WorkingTerms;

/// The deployment; written once.
const CONFIG: Item<Config> = Item::new("config");
/// How many projects there are.
const COUNT: Item<u64> = Item::new("count");
/// Project -> the very bytes of the terms that were hashed, as they are. Written once; read by queries alone, since parties and
/// texts may take 50 kB.
const TERMS: &str = "terms";
/// Project -> the part of the terms that handlers work with; written once.
const WORKING_TERMS: Map<u64, WorkingTerms> = Map::new("working_terms");
/// Project -> what happened to it; read and written with its every message.
const PROJECTS: Map<u64, Project> = Map::new("projects");
/// (Project, milestone) -> what shows that it is done. Written once; read by queries alone, since a URI may take 512 bytes.
const EVIDENCE: Map<(u64, u32), Evidence> = Map::new("evidence");
/// Asset as text -> running totals over all projects.
const BOOKS: Map<String, AssetBooks> = Map::new("books");

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
    terms: &[u8],
    working: &WorkingTerms,
    project: &Project,
) -> Result<ProjectId, ContractError> {
    let id = count(storage)?
        .checked_add(1)
        .ok_or(ContractError::Arithmetic { what: "projects" })?;
    COUNT.save(storage, &id)?;
    storage.set(&terms_key(id), terms);
    WORKING_TERMS.save(storage, id, working)?;
    PROJECTS.save(storage, id, project)?;
    Ok(id)
}

fn terms_key(project: ProjectId) -> Vec<u8> {
    namespace_with_key(&[TERMS.as_bytes()], &project.to_be_bytes())
}

/// The terms as they were hashed.
pub(crate) fn terms(storage: &dyn Storage, project: ProjectId) -> Result<Vec<u8>, ContractError> {
    known(storage, project, storage.get(&terms_key(project)))
}

pub(crate) fn working_terms(
    storage: &dyn Storage,
    project: ProjectId,
) -> Result<WorkingTerms, ContractError> {
    known(storage, project, WORKING_TERMS.may_load(storage, project)?)
}

/// What is stored of a project that should be there.
fn known<T>(storage: &dyn Storage, project: ProjectId, found: Option<T>) -> Result<T, ContractError> {
    match found {
        Some(found) => Ok(found),
        None => Err(ContractError::UnknownProject {
            project,
            count: count(storage)?,
        }),
    }
}

/// A project at a moment, what silence decided by then included.
pub(crate) fn case(storage: &dyn Storage, id: ProjectId, now: UnixSeconds) -> Result<Case, ContractError> {
    let mut case = Case {
        id,
        terms: working_terms(storage, id)?,
        project: PROJECTS.load(storage, id)?,
        now,
        lapsed: Vec::new(),
    };
    case.lapse();
    Ok(case)
}

pub(crate) fn save_project(storage: &mut dyn Storage, id: ProjectId, project: &Project) -> StdResult<()> {
    PROJECTS.save(storage, id, project)
}

/// What shows that the submitted milestones are done, in their order. A walk reads them for much less than one by one.
pub(crate) fn evidence(storage: &dyn Storage, project: ProjectId) -> StdResult<Vec<Evidence>> {
    let records = EVIDENCE.prefix(project);
    let records = records.range(storage, None, None, Order::Ascending);
    records
        .map(|record| record.map(|(_, evidence)| evidence))
        .collect()
}

pub(crate) fn save_evidence(
    storage: &mut dyn Storage,
    project: ProjectId,
    milestone: u32,
    evidence: &Evidence,
) -> StdResult<()> {
    EVIDENCE.save(storage, (project, milestone), evidence)
}

pub(crate) fn books(storage: &dyn Storage, asset: &Asset) -> StdResult<AssetBooks> {
    Ok(BOOKS.may_load(storage, asset.to_string())?.unwrap_or_default())
}

pub(crate) fn save_books(storage: &mut dyn Storage, asset: &Asset, books: &AssetBooks) -> StdResult<()> {
    BOOKS.save(storage, asset.to_string(), books)
}
