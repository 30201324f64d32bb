//! Where money of the community goes.

use cosmwasm_std::{coins, to_json_binary, CosmosMsg, StdResult, Uint128, WasmMsg};
use cw20::Cw20ExecuteMsg;
use gridpact_types::asset::Asset;
use gridpact_types::escrow;
use gridpact_types::settlement::accounts::Destination;
use gridpact_units::Amount;

/// Pays an account, or an escrow project by its revenue message.
pub(crate) fn pay(asset: &Asset, to: &Destination, amount: Amount) -> StdResult<CosmosMsg> {
    let (escrow, project) = match to {
        Destination::Account { address } => return asset.pay(address, amount),
        Destination::Project { escrow, project } => (escrow.clone(), *project),
    };
    let message = match asset {
        Asset::Native { denom } => WasmMsg::Execute {
            contract_addr: escrow,
            msg: to_json_binary(&escrow::messages::ExecuteMsg::PayRevenue { project })?,
            funds: coins(amount.0, denom),
        },
        Asset::Cw20 { address } => {
            let msg = to_json_binary(&escrow::messages::ReceiveMsg::PayRevenue { project })?;
            let send = Cw20ExecuteMsg::Send {
                contract: escrow,
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
