//! The grid's books, checked as a whole before anything is stored.

use cosmwasm_std::{Api, Response, Storage};
use gridpact_types::asset::Asset;
use gridpact_types::asset::MAX_DENOM;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_types::settlement::bounds::MAX_LABEL;
use gridpact_types::settlement::messages::InstantiateMsg;
use gridpact_units::Amount;

use crate::books::Books;
use crate::error::ContractError;
use crate::state::{self, Config, Counters};
use crate::version::{NAME, VERSION};

pub(crate) fn instantiate(
    storage: &mut dyn Storage,
    api: &dyn Api,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    msg.policy.validate()?;
    if msg.fees.len() != msg.policy.fees.len() {
        return Err(ContractError::FeeCount {
            expected: msg.policy.fees.len(),
            got: msg.fees.len(),
        });
    }
    for FeeAccount { label, destination } in &msg.fees {
        check_length(label, MAX_LABEL, |max, got| ContractError::FeeLabel { max, got })?;
        check_destination(api, destination)?;
    }
    check_destination(api, &msg.rounding)?;
    match &msg.asset {
        Asset::Native { denom } => {
            check_length(denom, MAX_DENOM, |max, got| ContractError::Denom { max, got })?
        }
        Asset::Cw20 { address } => drop(api.addr_validate(address)?),
    }
    let config = Config {
        registry: api.addr_validate(&msg.registry)?,
        asset: msg.asset,
        policy: msg.policy,
        fees: msg.fees,
        rounding: msg.rounding,
    };
    let books = Books {
        fees: vec![Amount::ZERO; config.fees.len()],
        ..Books::default()
    };
    cw2::set_contract_version(storage, NAME, VERSION)?;
    state::save_config(storage, &config)?;
    state::save_books(storage, &books);
    state::save_counters(storage, Counters::default())?;
    Ok(Response::new())
}

fn check_length(
    text: &str,
    max: usize,
    error: fn(usize, usize) -> ContractError,
) -> Result<(), ContractError> {
    if (1..=max).contains(&text.len()) {
        Ok(())
    } else {
        Err(error(max, text.len()))
    }
}

fn check_destination(api: &dyn Api, destination: &Destination) -> Result<(), ContractError> {
    let (Destination::Account { address } | Destination::Project { escrow: address, .. }) = destination;
    api.addr_validate(address)?;
    Ok(())
}
