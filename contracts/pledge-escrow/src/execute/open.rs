use cosmwasm_std::{Api, Event, Response, Storage};
use gridpact_types::asset::Asset;
use gridpact_types::asset::MAX_DENOM;
use gridpact_types::escrow::bounds::MAX_ASSETS;
use gridpact_types::escrow::events;
use gridpact_types::escrow::terms::{Admission, Terms};
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::project::Project;
use crate::state::{self, Config};
use crate::terms;
use crate::version::{NAME, VERSION};

/// Makes the escrow, with its list of assets.
pub(crate) fn instantiate(
    storage: &mut dyn Storage,
    api: &dyn Api,
    assets: Vec<Asset>,
) -> Result<Response, ContractError> {
    if !(1..=MAX_ASSETS).contains(&assets.len()) {
        return Err(ContractError::Count {
            what: "assets",
            min: 1,
            max: MAX_ASSETS,
            got: assets.len(),
        });
    }
    for (position, asset) in assets.iter().enumerate() {
        match asset {
            Asset::Native { denom } => terms::check_length("denom", denom, 1, MAX_DENOM)?,
            Asset::Cw20 { address } => drop(api.addr_validate(address)?),
        }
        if assets.iter().take(position).any(|earlier| earlier == asset) {
            return Err(ContractError::AssetTwice { got: asset.clone() });
        }
    }
    cw2::set_contract_version(storage, NAME, VERSION)?;
    state::save_config(storage, &Config { assets })?;
    Ok(Response::new())
}

/// Opens a project; its terms never change.
pub(crate) fn open(
    storage: &mut dyn Storage,
    api: &dyn Api,
    now: UnixSeconds,
    terms: &Terms,
) -> Result<Response, ContractError> {
    let plan = terms::check(terms, &state::config(storage)?.assets, now, api)?;
    let hash = terms::hash(terms)?;
    let project = state::add_project(storage, terms, &plan, &Project::new(hash.clone()))?;
    if let Admission::Named { parties } = &terms.admission {
        for party in parties {
            state::name_party(
                storage,
                project,
                &api.addr_validate(&party.address)?,
                party.amount,
            )?;
        }
    }
    let event = Event::new(events::PROJECT_OPENED)
        .add_attribute("project", project.to_string())
        .add_attribute("terms_hash", hash.to_hex());
    Ok(Response::new().add_event(event))
}
