//! Entry points: strings become addresses, `Env` a clock, and each message goes to its handler.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{
    to_json_binary, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Order, Response, StdResult, Storage,
};
use gridpact_report::limit::ReportLimit;
use gridpact_report::{quorum, Domain};
use gridpact_storage::take_over;
use gridpact_types::asset::no_coins;
use gridpact_types::registry::committee::Signature;
use gridpact_types::registry::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::registry::meters::{Admission, MeterProposal};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::execute::{self, Decision};
use crate::meter::Facts;
use crate::progress::Clock;
use crate::version::{NAME, READS, VERSION};
use crate::{instantiate as create, query as read, state};

/// Makes a grid.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    Strict(msg): Strict<InstantiateMsg>,
) -> Result<Response, ContractError> {
    no_coins(&info.funds)?;
    create::instantiate(deps.storage, deps.api, &env.contract.address, msg)
}

/// Carries out a message.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    Strict(msg): Strict<ExecuteMsg>,
) -> Result<Response, ContractError> {
    no_coins(&info.funds)?;
    match msg {
        ExecuteMsg::ProposeMeter { meter } => {
            execute::propose_meter(deps.storage, now(&env), info.sender, facts(meter))
        }
        ExecuteMsg::DropProposal { proposal } => {
            execute::drop_proposal(deps.storage, now(&env), &info.sender, proposal)
        }
        ExecuteMsg::AdmitMeters { admissions, from } => {
            let clock = clock(deps.storage, &env)?;
            let decisions = admissions.into_iter().map(decision).collect();
            execute::admit_meters(deps.storage, &clock, &info.sender, decisions, from)
        }
        ExecuteMsg::Report { report, signatures } => {
            let clock = clock(deps.storage, &env)?;
            let signatures = signatures
                .into_iter()
                .map(signature)
                .collect::<Result<Vec<_>, _>>()?;
            execute::report(
                deps.storage,
                deps.api,
                &domain(&env),
                &clock,
                info.sender,
                report,
                &signatures,
            )
        }
        ExecuteMsg::CloseGap {} => {
            let clock = clock(deps.storage, &env)?;
            execute::close_gap(deps.storage, &clock)
        }
        ExecuteMsg::UpdateOwnership(action) => {
            execute::update_ownership(deps, &env.block, &info.sender, action)
        }
    }
}

/// Answers a query.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, Strict(msg): Strict<QueryMsg>) -> Result<Binary, ContractError> {
    let storage = deps.storage;
    let answer = match msg {
        QueryMsg::Config {} => to_json_binary(&read::config(storage)?),
        QueryMsg::NextReport {} => to_json_binary(&read::next_report(storage, &clock(storage, &env)?)?),
        QueryMsg::Committee { epoch } => to_json_binary(&read::committee(storage, epoch)?),
        QueryMsg::Meter { slot } => to_json_binary(&read::meter(storage, slot)?),
        QueryMsg::Meters {
            owner,
            start_after,
            limit,
        } => {
            let owner = owner.map(|owner| deps.api.addr_validate(&owner)).transpose()?;
            to_json_binary(&read::meters(storage, owner.as_ref(), start_after, limit)?)
        }
        QueryMsg::Proposals {
            owner,
            start_after,
            limit,
        } => {
            let owner = owner.map(|owner| deps.api.addr_validate(&owner)).transpose()?;
            to_json_binary(&read::proposals(storage, owner.as_ref(), start_after, limit)?)
        }
        QueryMsg::Roster {
            version,
            start_after,
            limit,
        } => to_json_binary(&read::roster(storage, version, start_after, limit)?),
        QueryMsg::Window { first_interval } => {
            to_json_binary(&read::window(storage, &domain(&env), first_interval)?)
        }
        QueryMsg::Windows {
            newest_first,
            start_after,
            limit,
        } => {
            let order = if newest_first {
                Order::Descending
            } else {
                Order::Ascending
            };
            to_json_binary(&read::windows(storage, &domain(&env), order, start_after, limit)?)
        }
        QueryMsg::Ownership {} => to_json_binary(&cw_ownable::get_ownership(storage)?),
    };
    Ok(answer?)
}

/// Moves a deployed contract to this code.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Strict<Empty>) -> Result<Response, ContractError> {
    take_over(deps.storage, NAME, VERSION, &READS)?;
    Ok(Response::new())
}

/// Where a report must have been signed for.
fn domain(env: &Env) -> Domain<'_> {
    Domain {
        chain_id: &env.block.chain_id,
        registry: env.contract.address.as_str(),
    }
}

fn now(env: &Env) -> UnixSeconds {
    UnixSeconds(env.block.time.seconds())
}

fn clock(storage: &dyn Storage, env: &Env) -> StdResult<Clock> {
    let config = state::config(storage)?;
    Ok(Clock {
        limit: ReportLimit {
            length: config.interval_length,
            limit: config.report_limit,
        },
        now: now(env),
        height: env.block.height,
    })
}

fn facts(meter: MeterProposal) -> Facts {
    Facts {
        serial_hash: meter.serial_hash,
        kind: meter.kind,
        import_limit: meter.import_limit,
        export_limit: meter.export_limit,
        provenance: meter.provenance,
        part: meter.part,
    }
}

fn decision(admission: Admission) -> Decision {
    Decision {
        proposal: admission.proposal,
        household: admission.household,
        weight: admission.weight,
        priority: admission.priority,
        buy_tier: admission.buy_tier,
        sell_tier: admission.sell_tier,
    }
}

fn signature(given: Signature) -> Result<quorum::Signature, ContractError> {
    let Signature { member, signature } = given;
    match <[u8; 64]>::try_from(signature.as_slice()) {
        Ok(signature) => Ok(quorum::Signature { member, signature }),
        Err(_) => Err(ContractError::SignatureLength {
            member,
            got: signature.len(),
        }),
    }
}
