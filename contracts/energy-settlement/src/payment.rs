//! Paying money of the community out.

use cosmwasm_std::{coins, to_json_binary, CosmosMsg, QuerierWrapper, StdResult, Uint128, WasmMsg};
use cw20::Cw20ExecuteMsg;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::settlement::accounts::Destination;
use gridpact_units::Amount;

use crate::error::ContractError;
use crate::project::{Payee, Project};

/// Pays an account, or an escrow project by its revenue message, or the account that stands for a project which is over: who
/// is paid, and the message that does it.
pub(crate) fn pay<'a>(
    querier: QuerierWrapper,
    asset: &Asset,
    to: &'a Destination,
    amount: Amount,
) -> Result<(&'a str, CosmosMsg), ContractError> {
    let (project, otherwise) = match to {
        Destination::Account { address } => return Ok((address, asset.pay(address, amount)?)),
        Destination::Project {
            escrow,
            project,
            terms_hash,
            otherwise,
        } => {
            let project = Project {
                escrow,
                number: *project,
                terms_hash,
            };
            (project, otherwise)
        }
    };
    match project.payee(querier)? {
        Payee::Project => Ok((project.escrow, revenue(asset, project, amount)?)),
        Payee::Otherwise => Ok((otherwise, asset.pay(otherwise, amount)?)),
    }
}

/// The escrow's revenue message. It carries the hash of the terms, and the escrow refuses another.
fn revenue(asset: &Asset, to: Project, amount: Amount) -> StdResult<CosmosMsg> {
    let (project, terms_hash) = (to.number, to.terms_hash.clone());
    let message = match asset {
        Asset::Native { denom } => WasmMsg::Execute {
            contract_addr: to.escrow.to_owned(),
            msg: to_json_binary(&ExecuteMsg::PayRevenue { project, terms_hash })?,
            funds: coins(amount.0, denom),
        },
        Asset::Cw20 { address } => {
            let msg = to_json_binary(&ReceiveMsg::PayRevenue { project, terms_hash })?;
            let send = Cw20ExecuteMsg::Send {
                contract: to.escrow.to_owned(),
                amount: Uint128::new(amount.0),
                msg,
            };
            WasmMsg::Execute {
                contract_addr: address.clone(),
                msg: to_json_binary(&send)?,
                funds: vec![],
            }
        }
    };
    Ok(message.into())
}
