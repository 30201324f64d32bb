//! Each query goes to what answers it.

use cosmwasm_std::{to_json_binary, Addr, Binary, Deps, StdResult};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_units::UnixSeconds;

use super::{disputes, hypothetical, payees, pledges, pledges_of};
use crate::addresses::Addresses;
use crate::error::ContractError;
use crate::state;

/// The answer to a query, as JSON.
pub(crate) fn answer(
    deps: Deps,
    escrow: &Addr,
    now: UnixSeconds,
    msg: QueryMsg,
) -> Result<Binary, ContractError> {
    let (storage, api) = (deps.storage, deps.api);
    let optional = |address: Option<String>| -> StdResult<Option<Addr>> {
        address.map(|address| api.addr_validate(&address)).transpose()
    };
    let answer = match msg {
        QueryMsg::Config {} => to_json_binary(&super::config(storage)?),
        QueryMsg::Project { project } => to_json_binary(&super::project(storage, now, project)?),
        QueryMsg::Standing { project } => to_json_binary(&super::standing(storage, now, project)?),
        QueryMsg::Projects { start_after, limit } => {
            to_json_binary(&super::projects(storage, now, start_after, limit)?)
        }
        QueryMsg::Pledge { project, pledger } => {
            let pledger = api.addr_validate(&pledger)?;
            to_json_binary(&pledges::pledge(storage, now, project, &pledger)?)
        }
        QueryMsg::Pledges {
            project,
            start_after,
            limit,
        } => {
            let after = optional(start_after)?;
            to_json_binary(&pledges::pledges(storage, now, project, after.as_ref(), limit)?)
        }
        QueryMsg::PledgesOf {
            pledger,
            start_after,
            limit,
        } => {
            let pledger = api.addr_validate(&pledger)?;
            to_json_binary(&pledges_of::pledges_of(
                storage,
                now,
                &pledger,
                start_after,
                limit,
            )?)
        }
        QueryMsg::IfPledged {
            project,
            pledger,
            amount,
            condition,
        } => {
            let addresses = Addresses { api, escrow };
            let pledger = optional(pledger)?;
            to_json_binary(&hypothetical::if_pledged(
                storage, &addresses, now, project, pledger, amount, condition,
            )?)
        }
        QueryMsg::Objections {
            project,
            milestone,
            start_after,
            limit,
        } => {
            let (case, after) = (state::case(storage, project, now)?, optional(start_after)?);
            to_json_binary(&disputes::objections(
                storage,
                &case,
                milestone,
                after.as_ref(),
                limit,
            )?)
        }
        QueryMsg::Claims {
            project,
            start_after,
            limit,
        } => {
            let case = state::case(storage, project, now)?;
            to_json_binary(&disputes::claims(storage, &case, start_after, limit)?)
        }
        QueryMsg::Votes { project, pledger } => {
            let (case, pledger) = (state::case(storage, project, now)?, api.addr_validate(&pledger)?);
            to_json_binary(&disputes::votes(storage, &case, &pledger)?)
        }
        QueryMsg::Payees { project } => {
            let case = state::case(storage, project, now)?;
            to_json_binary(&payees::payees(storage, &case)?)
        }
        QueryMsg::Displaced {
            project,
            start_after,
            limit,
        } => {
            let after = optional(start_after)?;
            to_json_binary(&pledges::displaced(storage, project, after.as_ref(), limit)?)
        }
        QueryMsg::Books { asset } => to_json_binary(&super::books(storage, &asset)?),
        QueryMsg::ProjectBooks { project } => to_json_binary(&super::project_books(storage, now, project)?),
    }?;
    Ok(answer)
}
