//! The deployment: which assets projects may use.

use cosmwasm_std::{Api, Response, Storage};
use gridpact_types::asset::{Asset, MAX_DENOM};
use gridpact_types::escrow::bounds::MAX_ASSETS;

use crate::checks::{check_count, check_length};
use crate::error::ContractError;
use crate::state::{self, Config};
use crate::version::{NAME, VERSION};

/// Makes the escrow, with its list of assets.
pub(crate) fn instantiate(
    storage: &mut dyn Storage,
    api: &dyn Api,
    assets: Vec<Asset>,
) -> Result<Response, ContractError> {
    check_count("assets", assets.len(), 1, MAX_ASSETS)?;
    for (position, asset) in assets.iter().enumerate() {
        match asset {
            Asset::Native { denom } => check_length("denom", denom, 1, MAX_DENOM)?,
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
