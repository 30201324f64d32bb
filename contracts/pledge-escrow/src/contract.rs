//! Entry points: strings become addresses, coins one amount, `Env` a time, and each message goes to its handler.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{
    from_json, to_json_binary, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, Storage,
};
use cw20::Cw20ReceiveMsg;
use gridpact_storage::take_over;
use gridpact_types::asset::{no_coins, Asset};
use gridpact_types::escrow::messages::{ExecuteMsg, InstantiateMsg, ReceiveMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::execute::{self, Evidence, NewPledge};
use crate::version::{NAME, READS, VERSION};
use crate::{query as read, state};

/// Makes an escrow.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    no_coins(&info.funds)?;
    execute::instantiate(deps.storage, deps.api, msg.assets)
}

/// Carries out a message.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    // Every message but these two takes no coins.
    if !matches!(msg, ExecuteMsg::Pledge { .. } | ExecuteMsg::PayRevenue { .. }) {
        no_coins(&info.funds)?;
    }
    let now = now(&env);
    let storage = deps.storage;
    match msg {
        ExecuteMsg::Open { terms } => execute::open(storage, deps.api, now, &terms),
        ExecuteMsg::Pledge {
            project,
            terms_hash,
            condition,
        } => {
            let amount = asset(storage, project)?.received(&info.funds)?;
            let pledger = info.sender;
            execute::pledge(
                storage,
                deps.api,
                now,
                NewPledge {
                    project,
                    pledger,
                    amount,
                    terms_hash,
                    condition,
                },
            )
        }
        ExecuteMsg::Receive(hook) => receive(DepsMut { storage, ..deps }, now, info, hook),
        ExecuteMsg::Accept { project, terms_hash } => {
            execute::accept(storage, now, &info.sender, project, &terms_hash)
        }
        ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash,
            evidence_uri,
        } => {
            let evidence = Evidence {
                hash: evidence_hash,
                uri: evidence_uri,
            };
            execute::submit_milestone(storage, now, &info.sender, project, milestone, evidence)
        }
        ExecuteMsg::Draw { project } => execute::draw(storage, now, &info.sender, project),
        ExecuteMsg::Terminate { project } => execute::terminate(storage, now, project),
        ExecuteMsg::ClaimRefund { project } => execute::claim_refund(storage, now, &info.sender, project),
        ExecuteMsg::PayRevenue { project } => {
            let amount = asset(storage, project)?.received(&info.funds)?;
            execute::pay_revenue(storage, now, &info.sender, project, amount)
        }
        ExecuteMsg::ClaimRevenue { project } => execute::claim_revenue(storage, now, &info.sender, project),
    }
}

/// Tokens that arrived. Anybody can call a hook: only the token of the project's own terms is believed.
fn receive(
    deps: DepsMut,
    now: UnixSeconds,
    info: MessageInfo,
    hook: Cw20ReceiveMsg,
) -> Result<Response, ContractError> {
    let msg: ReceiveMsg = from_json(&hook.msg)?;
    let (ReceiveMsg::Pledge { project, .. } | ReceiveMsg::PayRevenue { project }) = msg;
    let amount = asset(deps.storage, project)?.received_by_hook(&info.sender, hook.amount)?;
    let payer = deps.api.addr_validate(&hook.sender)?;
    match msg {
        ReceiveMsg::Pledge {
            project,
            terms_hash,
            condition,
        } => {
            let new = NewPledge {
                project,
                pledger: payer,
                amount,
                terms_hash,
                condition,
            };
            execute::pledge(deps.storage, deps.api, now, new)
        }
        ReceiveMsg::PayRevenue { project } => {
            execute::pay_revenue(deps.storage, now, &payer, project, amount)
        }
    }
}

fn asset(storage: &dyn Storage, project: ProjectId) -> Result<Asset, ContractError> {
    Ok(state::plan(storage, project)?.asset)
}

fn now(env: &Env) -> UnixSeconds {
    UnixSeconds(env.block.time.seconds())
}

/// Answers a query.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let (storage, now) = (deps.storage, now(&env));
    let answer = match msg {
        QueryMsg::Config {} => to_json_binary(&read::config(storage)?),
        QueryMsg::Project { project } => to_json_binary(&read::project(storage, now, project)?),
        QueryMsg::Projects { start_after, limit } => {
            to_json_binary(&read::projects(storage, now, start_after, limit)?)
        }
        QueryMsg::Pledge { project, pledger } => {
            let pledger = deps.api.addr_validate(&pledger)?;
            to_json_binary(&read::pledge(storage, now, project, &pledger)?)
        }
        QueryMsg::Pledges {
            project,
            start_after,
            limit,
        } => {
            let start_after = start_after
                .map(|pledger| deps.api.addr_validate(&pledger))
                .transpose()?;
            to_json_binary(&read::pledges(
                storage,
                now,
                project,
                start_after.as_ref(),
                limit,
            )?)
        }
        QueryMsg::Books { asset } => to_json_binary(&read::books(storage, &asset)?),
        QueryMsg::ProjectBooks { project } => to_json_binary(&read::project_books(storage, now, project)?),
    }?;
    Ok(answer)
}

/// Takes over a deployed contract of the same name; rewrites nothing but the version.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Empty) -> Result<Response, ContractError> {
    take_over(deps.storage, NAME, VERSION, &READS)?;
    Ok(Response::new())
}
