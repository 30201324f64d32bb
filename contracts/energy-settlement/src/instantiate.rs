//! The grid's books, checked as a whole before anything is stored.

use cosmwasm_std::{Addr, Deps, Response, Storage};
use gridpact_market::{Fee, Policy};
use gridpact_types::asset::Asset;
use gridpact_types::asset::MAX_DENOM;
use gridpact_types::settlement::accounts::{CommunityAccount, FeeAccount};
use gridpact_types::settlement::bounds::MAX_LABEL;
use gridpact_types::settlement::messages::InstantiateMsg;
use gridpact_types::text::control;

use crate::books::Books;
use crate::counters::Counters;
use crate::destination::{escrow_of, Surroundings};
use crate::error::ContractError;
use crate::fees::Fees;
use crate::state::{self, Config, Destinations};
use crate::version::{NAME, VERSION};

/// What a grid's books are made with.
pub(crate) struct Grid {
    config: Config,
    policy: Policy,
    destinations: Destinations,
}

/// What the message asks for, checked; `address` is that of the books.
pub(crate) fn check(deps: Deps, address: &Addr, msg: InstantiateMsg) -> Result<Grid, ContractError> {
    msg.policy.validate()?;
    let registry = deps.api.addr_validate(&msg.registry)?;
    let mut own = vec![address.to_string(), registry.to_string()];
    match &msg.asset {
        Asset::Native { denom } => {
            check_length(denom, MAX_DENOM, |max, got| ContractError::Denom { max, got })?
        }
        Asset::Cw20 { address } => own.push(deps.api.addr_validate(address)?.into_string()),
    }
    let fees = || msg.fees.iter().map(|fee| &fee.destination);
    let destinations = || fees().chain([&msg.rounding]);
    let surroundings = Surroundings {
        api: deps.api,
        querier: deps.querier,
        asset: &msg.asset,
        own,
        escrows: destinations().filter_map(escrow_of).collect(),
    };
    check_fees(&msg.policy.fees, &msg.fees)?;
    destinations().try_for_each(|destination| surroundings.check(destination))?;
    Ok(Grid {
        config: Config {
            registry,
            asset: msg.asset,
        },
        policy: msg.policy,
        destinations: Destinations {
            fees: msg.fees,
            rounding: msg.rounding,
        },
    })
}

/// Stores it, with empty books.
pub(crate) fn instantiate(storage: &mut dyn Storage, grid: Grid) -> Result<Response, ContractError> {
    let books = Books {
        fees: Fees::empty(grid.policy.fees.iter().map(|fee| fee.id)),
        ..Books::default()
    };
    cw2::set_contract_version(storage, NAME, VERSION)?;
    state::save_config(storage, &grid.config)?;
    state::save_policy(storage, grid.policy);
    state::save_destinations(storage, &grid.destinations)?;
    state::save_books(storage, &books);
    state::save_counters(storage, &Counters::default());
    Ok(Response::new())
}

/// One account for each fee of the policy, and none for another; each under a label of its own, that names no other account: it is
/// what people ask for.
fn check_fees(fees: &[Fee], accounts: &[FeeAccount]) -> Result<(), ContractError> {
    for fee in fees {
        let got = accounts.iter().filter(|account| account.id == fee.id).count();
        if got != 1 {
            return Err(ContractError::FeeAccounts { id: fee.id, got });
        }
    }
    for (position, account) in accounts.iter().enumerate() {
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
        if let Some(got) = control(&account.label) {
            return Err(ContractError::FeeLabelCharacter { got });
        }
        let mut before = accounts.iter().take(position);
        // Also a number that no fee can have: who asks for it must not be told about another account.
        let number = account.label.bytes().all(|byte| byte.is_ascii_digit());
        let names_another = number || account.label.parse::<CommunityAccount>().is_ok();
        if names_another || before.any(|before| before.label == account.label) {
            return Err(ContractError::FeeLabelTaken {
                got: account.label.clone(),
            });
        }
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
