//! Transactions as bytes.

use cosmrs::proto::cosmos::authz::v1beta1::MsgExec;
use cosmrs::proto::cosmos::base::v1beta1::Coin;
use cosmrs::proto::cosmos::tx::v1beta1::{TxBody, TxRaw};
use cosmrs::proto::cosmwasm::wasm::v1::{MsgExecuteContract, MsgInstantiateContract2};
use cosmrs::proto::traits::{Message as _, Name};
use cosmrs::Any;
use gridpact_client::Message;

/// A transaction of these messages; the memo makes it another one than its like.
pub fn transaction(messages: &[Message], memo: &str) -> Vec<u8> {
    let body = TxBody {
        messages: messages.iter().map(packed).collect(),
        memo: memo.to_owned(),
        ..TxBody::default()
    };
    TxRaw {
        body_bytes: body.encode_to_vec(),
        ..TxRaw::default()
    }
    .encode_to_vec()
}

fn any<M: cosmrs::proto::traits::Message + Name>(message: &M) -> Any {
    Any {
        type_url: M::type_url(),
        value: message.encode_to_vec(),
    }
}

fn packed(message: &Message) -> Any {
    match message.clone() {
        Message::Execute { contract, msg, funds } => any(&MsgExecuteContract {
            sender: "wasm1somebody".to_owned(),
            contract,
            msg,
            funds: funds
                .into_iter()
                .map(|coin| Coin {
                    denom: coin.denom,
                    amount: coin.amount.to_string(),
                })
                .collect(),
        }),
        Message::Instantiate2 {
            code_id,
            label,
            msg,
            admin,
            salt,
            ..
        } => any(&MsgInstantiateContract2 {
            sender: "wasm1somebody".to_owned(),
            admin: admin.unwrap_or_default(),
            code_id,
            label,
            msg,
            funds: vec![],
            salt,
            fix_msg: false,
        }),
        Message::OnBehalf(messages) => any(&MsgExec {
            grantee: "wasm1friend".to_owned(),
            msgs: messages.iter().map(packed).collect(),
        }),
        Message::Other(kind) => Any {
            type_url: kind,
            value: vec![],
        },
        other => unreachable!("{other:?} is in no transaction here"),
    }
}
