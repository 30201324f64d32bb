//! Counterparts that mean harm.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    from_json, to_json_binary, to_json_vec, Addr, Binary, Deps, DepsMut, Empty, Env, Event, MessageInfo,
    Reply, Response, StdError, StdResult, SubMsg, SubMsgResult, Uint128, WasmMsg,
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
    /// Sends a contract a message as itself; when that pays it, it sends the message again before the payment is through.
    Pull {
        /// Who is to pay.
        victim: String,
        /// The message.
        msg: Binary,
    },
    /// What an honest token would do; this one refuses, but for what it pulls.
    Transfer {
        /// To whom.
        recipient: String,
        /// How much.
        amount: Uint128,
    },
}

fn execute(deps: DepsMut, _: Env, _: MessageInfo, msg: FalseToken) -> StdResult<Response> {
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
        FalseToken::Pull { victim, msg } => {
            let pull = WasmMsg::Execute {
                contract_addr: victim,
                msg,
                funds: vec![],
            };
            deps.storage.set(PULLS, &to_json_vec(&pull)?);
            Ok(Response::new().add_message(pull))
        }
        FalseToken::Transfer { .. } => {
            let pull = deps.storage.get(PULLS);
            let pull = pull.ok_or_else(|| StdError::generic_err("this token does not pay out"))?;
            let again: WasmMsg = from_json(pull)?;
            Ok(Response::new().add_submessage(SubMsg::reply_always(again, 0)))
        }
    }
}

/// What it pulls, while it does.
const PULLS: &[u8] = b"pulls";

/// How it went to be paid twice.
fn reply(_: DepsMut, _: Env, reply: Reply) -> StdResult<Response> {
    let told = match reply.result {
        SubMsgResult::Ok(_) => "taken".to_owned(),
        SubMsgResult::Err(refusal) => refusal,
    };
    Ok(Response::new().add_event(Event::new("again").add_attribute("told", told)))
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
    let code = world.app.store_code(Box::new(
        ContractWrapper::new(execute, instantiate, query).with_reply(reply),
    ));
    let maker = world.addr("mallory");
    world
        .app
        .instantiate_contract(code, maker, &Empty {}, &[], "false token", None)
        .expect("it instantiates")
}
