//! The cw20 token of a world: cw20-base, with a list of payees it refuses, as [`crate::bank::GuardedBank`] does for coins.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, DepsMut, Env, MessageInfo, Response, StdError, Uint128};
use cw20::Cw20Coin;
use cw20_base::msg::{ExecuteMsg, InstantiateMsg};
use cw20_base::ContractError;
use cw_multi_test::{ContractWrapper, Executor};

use crate::app::GridApp;

/// What the harness, and nobody else, can ask of the token.
#[cw_serde]
pub(crate) enum Guard {
    /// From now on nobody can pay this address.
    Block(String),
    /// The address can be paid again.
    Unblock(String),
}

fn key(address: &str) -> Vec<u8> {
    format!("blocked/{address}").into_bytes()
}

fn sudo(deps: DepsMut, _: Env, guard: Guard) -> Result<Response, ContractError> {
    match guard {
        Guard::Block(address) => deps.storage.set(&key(&address), b"x"),
        Guard::Unblock(address) => deps.storage.remove(&key(&address)),
    }
    Ok(Response::new())
}

fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Result<Response, ContractError> {
    if let ExecuteMsg::Transfer { recipient, .. } = &msg {
        if deps.storage.get(&key(recipient)).is_some() {
            let refusal = format!("{recipient} is not allowed to receive funds");
            return Err(StdError::generic_err(refusal).into());
        }
    }
    cw20_base::contract::execute(deps, env, info, msg)
}

/// A token of which the mint has everything.
pub(crate) fn make(app: &mut GridApp, mint: &Addr, supply: u128) -> Addr {
    let wrapper = ContractWrapper::new(
        execute,
        cw20_base::contract::instantiate,
        cw20_base::contract::query,
    );
    let code = app.store_code(Box::new(wrapper.with_sudo(sudo)));
    let init = InstantiateMsg {
        name: "Test euro".to_owned(),
        symbol: "TEUR".to_owned(),
        decimals: 6,
        initial_balances: vec![Cw20Coin {
            address: mint.to_string(),
            amount: Uint128::new(supply),
        }],
        mint: None,
        marketing: None,
    };
    app.instantiate_contract(code, mint.clone(), &init, &[], "token", None)
        .expect("cw20-base instantiates")
}
