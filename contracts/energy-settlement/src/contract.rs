//! Entry points: strings become addresses, coins one amount, `Env` a time, and each message goes to its handler.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{
    from_json, to_json_binary, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdResult,
};
use cw20::Cw20ReceiveMsg;
use gridpact_storage::take_over;
use gridpact_types::asset::no_coins;
use gridpact_types::settlement::messages::{ExecuteMsg, InstantiateMsg, ReceiveMsg};
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::execute::{self, Accepted, Deposit, Opening};
use crate::version::{NAME, READS, VERSION};
use crate::{instantiate as create, query as read, state};

/// Makes the books of a grid.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    Strict(msg): Strict<InstantiateMsg>,
) -> Result<Response, ContractError> {
    no_coins(&info.funds)?;
    let grid = create::check(deps.as_ref(), &env.contract.address, msg)?;
    create::instantiate(deps.storage, grid)
}

/// Carries out a message.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    Strict(msg): Strict<ExecuteMsg>,
) -> Result<Response, ContractError> {
    // Every message but a deposit takes no coins.
    if !matches!(msg, ExecuteMsg::Deposit { .. }) {
        no_coins(&info.funds)?;
    }
    let now = UnixSeconds(env.block.time.seconds());
    match msg {
        ExecuteMsg::OpenAccounts {
            roster_version,
            from,
            interval_length,
            accounts,
        } => {
            let owner = |account: &gridpact_types::settlement::accounts::AccountOpening| {
                deps.api.addr_validate(&account.owner)
            };
            let owners = accounts.iter().map(owner).collect::<StdResult<Vec<_>>>()?;
            let opening = Opening {
                roster_version,
                from,
                interval_length,
                accounts,
                owners,
            };
            execute::open_accounts(deps.storage, &info.sender, opening)
        }
        ExecuteMsg::Settle {
            header,
            body,
            connections,
            final_at,
        } => {
            let report = Accepted {
                header: &header,
                body: &body,
                connections: &connections,
                final_at,
            };
            execute::settle(deps.storage, now, &info.sender, report)
        }
        ExecuteMsg::Deposit { slot } => {
            let amount = state::config(deps.storage)?.asset.received(&info.funds)?;
            let payer = info.sender;
            execute::deposit(deps.storage, Deposit { slot, payer, amount })
        }
        ExecuteMsg::Receive(hook) => receive(deps, info, hook),
        ExecuteMsg::Withdraw { slot, amount } => {
            execute::withdraw(deps.storage, now, &info.sender, slot, amount)
        }
        ExecuteMsg::Finalise { limit } => execute::finalise(deps.storage, now, limit),
        ExecuteMsg::Sweep { account } => execute::sweep(deps.storage, deps.querier, account),
    }
}

/// Tokens that arrived. Anybody can call a hook, so only the grid's own token is believed.
fn receive(deps: DepsMut, info: MessageInfo, hook: Cw20ReceiveMsg) -> Result<Response, ContractError> {
    let amount = state::config(deps.storage)?
        .asset
        .received_by_hook(&info.sender, hook.amount)?;
    let payer = deps.api.addr_validate(&hook.sender)?;
    match from_json::<Strict<ReceiveMsg>>(&hook.msg)?.0 {
        ReceiveMsg::Deposit { slot } => execute::deposit(deps.storage, Deposit { slot, payer, amount }),
    }
}

/// Answers a query.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, Strict(msg): Strict<QueryMsg>) -> Result<Binary, ContractError> {
    let (storage, now) = (deps.storage, UnixSeconds(env.block.time.seconds()));
    let answer = match msg {
        QueryMsg::Config {} => to_json_binary(&read::config(storage)?),
        QueryMsg::Account { slot } => to_json_binary(&read::account(storage, slot)?),
        QueryMsg::Accounts {
            owner,
            start_after,
            limit,
        } => {
            let owner = owner.map(|owner| deps.api.addr_validate(&owner)).transpose()?;
            to_json_binary(&read::accounts(storage, owner.as_ref(), start_after, limit)?)
        }
        QueryMsg::HeldResults {
            slot,
            start_after,
            limit,
        } => to_json_binary(&read::held_results(storage, slot, start_after, limit)?),
        QueryMsg::Pending { slot, start_after } => {
            to_json_binary(&read::pending(storage, now, slot, start_after)?)
        }
        QueryMsg::HeldWindows { start_after, limit } => {
            to_json_binary(&read::held_windows(storage, start_after, limit)?)
        }
        QueryMsg::Ended {} => to_json_binary(&read::ended(storage, now)?),
        QueryMsg::Community {} => to_json_binary(&read::community(storage)?),
        QueryMsg::Books {} => to_json_binary(&read::books(storage)?),
    }?;
    Ok(answer)
}

/// Takes over a deployed contract of the same name; rewrites nothing but the version.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Strict<Empty>) -> Result<Response, ContractError> {
    take_over(deps.storage, NAME, VERSION, &READS)?;
    Ok(Response::new())
}
