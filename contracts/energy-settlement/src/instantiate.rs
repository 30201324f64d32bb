//! The grid's books, checked as a whole before anything is stored.

use cosmwasm_std::{Api, Response, Storage};
use gridpact_market::Fee;
use gridpact_types::asset::Asset;
use gridpact_types::asset::MAX_DENOM;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_types::settlement::bounds::MAX_LABEL;
use gridpact_types::settlement::messages::InstantiateMsg;

use crate::books::Books;
use crate::counters::Counters;
use crate::error::ContractError;
use crate::fees::Fees;
use crate::state::{self, Config};
use crate::version::{NAME, VERSION};

pub(crate) fn instantiate(
    storage: &mut dyn Storage,
    api: &dyn Api,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    msg.policy.validate()?;
    check_fees(api, &msg.policy.fees, &msg.fees)?;
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
        fees: Fees::empty(config.policy.fees.iter().map(|fee| fee.id)),
        ..Books::default()
    };
    cw2::set_contract_version(storage, NAME, VERSION)?;
    state::save_config(storage, &config)?;
    state::save_books(storage, &books);
    state::save_counters(storage, &Counters::default());
    Ok(Response::new())
}

/// One account for each fee of the policy, and none for another.
fn check_fees(api: &dyn Api, fees: &[Fee], accounts: &[FeeAccount]) -> Result<(), ContractError> {
    for fee in fees {
        let got = accounts.iter().filter(|account| account.id == fee.id).count();
        if got != 1 {
            return Err(ContractError::FeeAccounts { id: fee.id, got });
        }
    }
    for account in accounts {
        if !fees.iter().any(|fee| fee.id == account.id) {
            return Err(ContractError::UnknownFee {
                known: fees.iter().map(|fee| fee.id).collect(),
                got: account.id,
            });
        }
        check_length(&account.label, MAX_LABEL, |max, got| ContractError::FeeLabel {
            max,
            got,
        })?;
        check_destination(api, &account.destination)?;
    }
    Ok(())
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
