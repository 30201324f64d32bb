//! Entry points: strings become addresses, coins one amount, `Env` a time. Where each message goes stands
//! in `execute::route` and `query::route`.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response};
use gridpact_storage::take_over;
use gridpact_types::asset::no_coins;
use gridpact_types::escrow::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::execute::route::carry_out;
use crate::instantiate as make;
use crate::query::route::answer;
use crate::version::{NAME, READS, VERSION};

/// Makes an escrow.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    Strict(msg): Strict<InstantiateMsg>,
) -> Result<Response, ContractError> {
    no_coins(&info.funds)?;
    make::instantiate(deps.storage, deps.api, msg.assets)
}

/// Carries out a message.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    Strict(msg): Strict<ExecuteMsg>,
) -> Result<Response, ContractError> {
    carry_out(deps, &env.contract.address, now(&env), info, msg)
}

/// Answers a query. A query changes nothing, so a field that it does not know is passed over: reading all of them strictly would
/// take 30 kB of what a chain takes as a contract.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    answer(deps, &env.contract.address, now(&env), msg)
}

fn now(env: &Env) -> UnixSeconds {
    UnixSeconds(env.block.time.seconds())
}

/// Takes over a deployed contract of the same name; rewrites nothing but the version.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Strict<Empty>) -> Result<Response, ContractError> {
    take_over(deps.storage, NAME, VERSION, &READS)?;
    Ok(Response::new())
}
