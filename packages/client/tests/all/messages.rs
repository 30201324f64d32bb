//! Messages with money: coins go along, tokens are sent by their own contract.

use cosmwasm_std::{coin, from_json, Uint128};
use cw20::Cw20ExecuteMsg;
use gridpact_client::Message;
use gridpact_types::asset::Asset;
use gridpact_units::Amount;

#[test]
fn an_asset_is_transferred_as_its_kind_asks_for() {
    let native = Message::transfer(&Asset::native("ueur"), "wasm1to", Amount(5)).unwrap();
    assert_eq!(
        native,
        Message::Send {
            to: "wasm1to".to_owned(),
            amount: vec![coin(5, "ueur")],
        }
    );
    let token = Message::transfer(&Asset::cw20("wasm1token"), "wasm1to", Amount(5)).unwrap();
    let Message::Execute { contract, msg, funds } = token else {
        unreachable!("a token's transfer calls its contract")
    };
    assert_eq!((contract.as_str(), funds.len()), ("wasm1token", 0));
    assert_eq!(
        from_json::<Cw20ExecuteMsg>(&msg).unwrap(),
        Cw20ExecuteMsg::Transfer {
            recipient: "wasm1to".to_owned(),
            amount: Uint128::new(5),
        }
    );
}
