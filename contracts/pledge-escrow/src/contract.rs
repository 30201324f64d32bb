//! Entry points: strings become addresses, coins one amount, `Env` a time, and each message goes to its handler.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{from_json, Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, Storage};
use cw20::Cw20ReceiveMsg;
use gridpact_storage::take_over;
use gridpact_types::asset::no_coins;
use gridpact_types::escrow::messages::{ExecuteMsg, InstantiateMsg, ReceiveMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::UnixSeconds;

use crate::addresses::Addresses;
use crate::error::ContractError;
use crate::execute::accept::accept;
use crate::execute::claim::{claim_refund, claim_revenue};
use crate::execute::draw::draw;
use crate::execute::open::open;
use crate::execute::pledge::{pledge, NewPledge};
use crate::execute::restate::restate;
use crate::execute::revenue::pay_revenue;
use crate::execute::submit::submit_milestone;
use crate::execute::terminate::terminate;
use crate::project::Evidence;
use crate::query::route::answer;
use crate::version::{NAME, READS, VERSION};
use crate::{instantiate as make, state};

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
    // Every message but these two takes no coins.
    if !matches!(msg, ExecuteMsg::Pledge { .. } | ExecuteMsg::PayRevenue { .. }) {
        no_coins(&info.funds)?;
    }
    let (storage, api, now, sender) = (deps.storage, deps.api, now(&env), info.sender);
    let escrow = &env.contract.address;
    let addresses = Addresses { api, escrow };
    match msg {
        ExecuteMsg::Open { terms } => open(storage, &addresses, now, &terms),
        ExecuteMsg::Pledge {
            project,
            terms_hash,
            condition,
        } => {
            let case = state::case(storage, project, now)?;
            let new = NewPledge {
                pledger: sender,
                amount: case.terms.asset.received(&info.funds)?,
                terms_hash,
                condition,
            };
            pledge(storage, &addresses, case, new)
        }
        ExecuteMsg::Restate { project, condition } => {
            let case = state::case(storage, project, now)?;
            restate(storage, &addresses, case, sender, &condition)
        }
        ExecuteMsg::Receive(hook) => receive(storage, &addresses, now, &sender, hook),
        ExecuteMsg::Accept { project, terms_hash } => {
            let case = state::case(storage, project, now)?;
            accept(storage, case, sender, &terms_hash)
        }
        ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash,
            evidence_uri,
        } => {
            let case = state::case(storage, project, now)?;
            let evidence = Evidence {
                hash: evidence_hash,
                uri: evidence_uri,
            };
            submit_milestone(storage, case, &sender, milestone, evidence)
        }
        ExecuteMsg::Draw { project } => {
            let case = state::case(storage, project, now)?;
            draw(storage, case, sender)
        }
        ExecuteMsg::Terminate { project } => {
            let case = state::case(storage, project, now)?;
            terminate(storage, case)
        }
        ExecuteMsg::ClaimRefund { project } => {
            let case = state::case(storage, project, now)?;
            claim_refund(storage, case, sender)
        }
        ExecuteMsg::PayRevenue { project, terms_hash } => {
            let case = state::case(storage, project, now)?;
            let amount = case.terms.asset.received(&info.funds)?;
            pay_revenue(storage, case, &terms_hash, sender, amount)
        }
        ExecuteMsg::ClaimRevenue { project } => {
            let case = state::case(storage, project, now)?;
            claim_revenue(storage, case, sender)
        }
    }
}

/// Tokens that arrived. Anybody can call a hook: only the token of the project's own terms is believed.
fn receive(
    storage: &mut dyn Storage,
    addresses: &Addresses,
    now: UnixSeconds,
    token: &Addr,
    hook: Cw20ReceiveMsg,
) -> Result<Response, ContractError> {
    let Strict(msg) = from_json(&hook.msg)?;
    let (ReceiveMsg::Pledge { project, .. } | ReceiveMsg::PayRevenue { project, .. }) = msg;
    let case = state::case(storage, project, now)?;
    let amount = case.terms.asset.received_by_hook(token, hook.amount)?;
    let payer = addresses.party("payer", &hook.sender)?;
    match msg {
        ReceiveMsg::Pledge {
            terms_hash,
            condition,
            ..
        } => {
            let new = NewPledge {
                pledger: payer,
                amount,
                terms_hash,
                condition,
            };
            pledge(storage, addresses, case, new)
        }
        ReceiveMsg::PayRevenue { terms_hash, .. } => pay_revenue(storage, case, &terms_hash, payer, amount),
    }
}

/// Answers a query.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, Strict(msg): Strict<QueryMsg>) -> Result<Binary, ContractError> {
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
