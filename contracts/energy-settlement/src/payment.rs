//! Money in and out: the grid's one asset, native coin or cw20 token.

use cosmwasm_std::{
    coins, to_json_binary, Addr, BankMsg, CosmosMsg, MessageInfo, StdResult, Uint128, WasmMsg,
};
use cw20::Cw20ExecuteMsg;
use gridpact_types::escrow;
use gridpact_types::settlement::Destination;
use gridpact_types::Asset;
use gridpact_units::Amount;

use crate::error::ContractError;

/// Refuses coins that a message has no use for: they would be lost.
pub(crate) fn no_funds(info: &MessageInfo) -> Result<(), ContractError> {
    if info.funds.is_empty() {
        Ok(())
    } else {
        Err(ContractError::NoFundsExpected {
            got: info.funds.len(),
        })
    }
}

/// The coin attached to a message: exactly one, of the grid's native asset.
pub(crate) fn received(asset: &Asset, info: &MessageInfo) -> Result<Amount, ContractError> {
    match (asset, info.funds.as_slice()) {
        (Asset::Native { denom }, [coin]) if coin.denom == *denom => above_zero(Amount(coin.amount.u128())),
        (asset, coins) => {
            let got: Vec<String> = coins.iter().map(ToString::to_string).collect();
            let got = if got.is_empty() {
                "none".to_owned()
            } else {
                got.join(", ")
            };
            Err(ContractError::Payment {
                expected: asset.clone(),
                got,
            })
        }
    }
}

/// A hook is believed from the grid's own token alone.
pub(crate) fn check_token(asset: &Asset, sender: &Addr) -> Result<(), ContractError> {
    match asset {
        Asset::Cw20 { address } if sender.as_str() == address => Ok(()),
        _ => Err(ContractError::Token {
            expected: asset.clone(),
            got: sender.to_string(),
        }),
    }
}

pub(crate) fn above_zero(amount: Amount) -> Result<Amount, ContractError> {
    if amount.is_zero() {
        Err(ContractError::Zero)
    } else {
        Ok(amount)
    }
}

/// Pays an account of the chain.
pub(crate) fn pay(asset: &Asset, to: &str, amount: Amount) -> StdResult<CosmosMsg> {
    Ok(match asset {
        Asset::Native { denom } => BankMsg::Send {
            to_address: to.to_owned(),
            amount: coins(amount.0, denom),
        }
        .into(),
        Asset::Cw20 { address } => {
            let transfer = Cw20ExecuteMsg::Transfer {
                recipient: to.to_owned(),
                amount: Uint128::new(amount.0),
            };
            WasmMsg::Execute {
                contract_addr: address.clone(),
                msg: to_json_binary(&transfer)?,
                funds: vec![],
            }
            .into()
        }
    })
}

/// Pays a destination of the community: an account, or an escrow project by its revenue message.
pub(crate) fn pay_destination(asset: &Asset, to: &Destination, amount: Amount) -> StdResult<CosmosMsg> {
    let (escrow, project) = match to {
        Destination::Account { address } => return pay(asset, address, amount),
        Destination::Project { escrow, project } => (escrow.clone(), *project),
    };
    let message = match asset {
        Asset::Native { denom } => WasmMsg::Execute {
            contract_addr: escrow,
            msg: to_json_binary(&escrow::ExecuteMsg::PayRevenue { project })?,
            funds: coins(amount.0, denom),
        },
        Asset::Cw20 { address } => {
            let msg = to_json_binary(&escrow::ReceiveMsg::PayRevenue { project })?;
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
