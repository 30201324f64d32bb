//! Counterparts that mean harm.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    to_json_binary, Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult,
    Uint128, WasmMsg,
};
use cw20::{BalanceResponse, Cw20ReceiveMsg};
use cw_multi_test::{ContractWrapper, Executor};

use crate::world::World;

/// A contract that poses as a token.
#[cw_serde]
pub enum FalseToken {
    /// Tells a contract that tokens arrived from somebody, though there are none.
    Lie {
        /// Who is told.
        victim: String,
        /// Who is said to have sent.
        sender: String,
        /// How much.
        amount: Uint128,
        /// What the tokens are said to carry.
        msg: Binary,
    },
    /// What an honest token would do; this one refuses.
    Transfer {
        /// To whom.
        recipient: String,
        /// How much.
        amount: Uint128,
    },
}

fn execute(_: DepsMut, _: Env, _: MessageInfo, msg: FalseToken) -> StdResult<Response> {
    match msg {
        FalseToken::Lie {
            victim,
            sender,
            amount,
            msg,
        } => {
            // The hook of cw20: `{"receive": {…}}`.
            let msg = Cw20ReceiveMsg { sender, amount, msg }.into_json_binary()?;
            Ok(Response::new().add_message(WasmMsg::Execute {
                contract_addr: victim,
                msg,
                funds: vec![],
            }))
        }
        FalseToken::Transfer { .. } => Err(StdError::generic_err("this token does not pay out")),
    }
}

fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Says that everybody is rich.
fn query(_: Deps, _: Env, _: cw20::Cw20QueryMsg) -> StdResult<Binary> {
    to_json_binary(&BalanceResponse {
        balance: Uint128::MAX,
    })
}

/// A false token at an address of its own.
pub fn false_token(world: &mut World) -> Addr {
    let code = world
        .app
        .store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
    let maker = world.addr("mallory");
    world
        .app
        .instantiate_contract(code, maker, &Empty {}, &[], "false token", None)
        .expect("it instantiates")
}
