//! Messages take no field that they do not have.

use cosmwasm_std::{from_json, to_json_string, Binary, Uint128};
use cw20::Cw20ReceiveMsg;
use gridpact_types::asset::Asset;
use gridpact_types::settlement::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::strict::Strict;

use crate::harness::*;

#[test]
fn a_field_that_no_message_has_is_refused_at_any_depth() {
    let mut grid = Grid::with_asset(1, |api| Asset::cw20(api.addr_make("token").as_str()));
    let setup = to_json_string(&grid.setup(Asset::native(DENOM))).unwrap();
    let read = |text: &str| from_json::<Strict<InstantiateMsg>>(text);
    assert_eq!(read(&setup).unwrap().0, grid.setup(Asset::native(DENOM)));
    let misspelt = setup.replace(r#""rounding":1"#, r#""rounding":1,"notice":5"#);
    let error = read(&misspelt).unwrap_err().to_string();
    assert!(
        error.contains("expected only those of the message, got policy.notice"),
        "{error}"
    );

    let hook = |msg: &str| {
        ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: Grid::new(0).addr("home 0").into_string(),
            amount: Uint128::new(3),
            msg: Binary::from(msg.as_bytes()),
        })
    };
    let known = r#"{"deposit":{"slot":0}}"#;
    let unknown = r#"{"deposit":{"slot":0,"for":"home 1"}}"#;
    let error = grid.send("token", hook(unknown), &[]).unwrap_err().to_string();
    assert!(
        error.contains("expected only those of the message, got for"),
        "{error}"
    );
    grid.send("token", hook(known), &[]).unwrap();
}
