//! Money in and out, and hostile hands.

use cosmwasm_std::{
    coin, coins, from_json, to_json_binary, to_json_string, BankMsg, CosmosMsg, Uint128, WasmMsg,
};
use cw20::{Cw20ExecuteMsg, Cw20ReceiveMsg};
use gridpact_types::asset::Asset;
use gridpact_types::escrow;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::answers::ConfigResponse;
use gridpact_types::settlement::bounds::MAX_HOLDINGS;
use gridpact_types::settlement::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::Slot;

use crate::escrow::{Escrow, LINE};
use crate::harness::*;

const KWH: u64 = 1_000_000;

#[test]
fn what_is_free_can_be_withdrawn_while_windows_are_held() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    grid.withdraw(1, Some(1)).unwrap();
    grid.withdraw(1, None).unwrap();
    let to_address = grid.addr("home 1").into_string();
    let paid = |amount| {
        CosmosMsg::Bank(BankMsg::Send {
            to_address: to_address.clone(),
            amount: coins(amount, DENOM),
        })
    };
    assert_eq!(grid.payouts, [paid(1), paid(799_999)]);
    assert!(grid.withdraw(1, None).is_err());
}

#[test]
fn the_grid_tells_its_withdrawals_notice_and_how_it_rounds() {
    let config: ConfigResponse = Grid::new(0).ask(QueryMsg::Config {});
    assert_eq!(config.policy, policy());
    let json = to_json_string(&config.policy).unwrap();
    assert!(
        json.ends_with(r#""rounding":1,"withdrawal_notice":0,"own_injection":"excluded"}"#),
        "{json}"
    );
}

#[test]
fn fees_and_rounding_go_where_they_were_to_go_from_the_start() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    // Worth 200,000.2: the debit is 200,001, the fees 2,000.002 and 1,000.000001, the credit 197,000.197999; each rounded
    // its way, one unit is left.
    grid.settle(&[export(KWH + 1), import(KWH + 1)]).unwrap();
    let sweep = |account| ExecuteMsg::Sweep { account };
    assert!(grid.send("anybody", sweep(fee(2)), &[]).is_err(), "not final");
    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    for msg in [sweep(fee(2)), sweep(fee(1)), sweep(CommunityAccount::Rounding {})] {
        grid.send("anybody", msg.clone(), &[]).unwrap();
        assert!(grid.send("anybody", msg, &[]).is_err(), "once");
    }
    let send = |name: &str, amount| {
        CosmosMsg::Bank(BankMsg::Send {
            to_address: grid.addr(name).into_string(),
            amount: coins(amount, DENOM),
        })
    };
    let msg = escrow::messages::ExecuteMsg::PayRevenue {
        project: LINE,
        terms_hash: Escrow::new(Asset::native(DENOM)).terms_hash(),
    };
    let revenue = CosmosMsg::Wasm(WasmMsg::Execute {
        contract_addr: grid.addr("escrow").into_string(),
        msg: to_json_binary(&msg).unwrap(),
        funds: coins(1_000, DENOM),
    });
    assert_eq!(
        grid.payouts,
        [send("operations", 2_000), revenue, send("community", 1)]
    );
}

#[test]
fn only_one_coin_of_the_grids_denom_is_a_deposit() {
    let mut grid = Grid::new(1);
    let msg = ExecuteMsg::Deposit { slot: Slot(0) };
    for funds in [
        vec![],
        vec![coin(5, "uother")],
        vec![coin(5, DENOM), coin(5, "uother")],
        vec![coin(0, DENOM)],
    ] {
        assert!(grid.send("anybody", msg.clone(), &funds).is_err(), "{funds:?}");
    }
    assert!(
        grid.send("home 0", ExecuteMsg::Finalise { limit: None }, &coins(1, DENOM))
            .is_err(),
        "coins nothing would book"
    );
    assert!(grid.deposit(9, 5).is_err(), "no such slot");
}

#[test]
fn deposits_are_bounded_where_the_arithmetic_is() {
    let mut grid = Grid::new(2);
    grid.deposit(0, MAX_HOLDINGS.0).unwrap();
    assert!(grid.deposit(1, 1).is_err());
    assert!(grid.deposit(1, u128::MAX).is_err());
    grid.settle(&[import(u64::from(u32::MAX)), export(u64::from(u32::MAX))])
        .unwrap();
    grid.withdraw(0, Some(1)).unwrap();
    grid.deposit(1, 1).unwrap();
}

#[test]
fn a_hook_is_believed_from_the_grids_token_alone() {
    let mut grid = Grid::with_asset(1, |api| Asset::cw20(api.addr_make("token").as_str()));
    let hook = |amount: u128| {
        ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: Grid::new(0).addr("home 0").into_string(),
            amount: Uint128::new(amount),
            msg: to_json_binary(&ReceiveMsg::Deposit { slot: Slot(0) }).unwrap(),
        })
    };
    assert!(grid.send("mallory", hook(5), &[]).is_err());
    assert!(grid.send("token", hook(0), &[]).is_err());
    let token = grid.addr("token");
    assert_eq!(
        grid.deposit(0, 5).unwrap_err().to_string(),
        format!("payment: expected tokens of cw20:{token}, which come with the token's own message `send`, got 5ueur"),
        "coins for a grid of tokens"
    );
    grid.send("token", hook(5), &[]).unwrap();
    grid.withdraw(0, None).unwrap();
    let CosmosMsg::Wasm(WasmMsg::Execute {
        contract_addr, msg, ..
    }) = &grid.payouts[0]
    else {
        panic!("tokens go back through the token");
    };
    assert_eq!(*contract_addr, grid.addr("token").into_string());
    let transfer: Cw20ExecuteMsg = from_json(msg).unwrap();
    let expected = Cw20ExecuteMsg::Transfer {
        recipient: grid.addr("home 0").into_string(),
        amount: Uint128::new(5),
    };
    assert_eq!(transfer, expected);
    let mut native = Grid::new(1);
    assert!(
        native.send("token", hook(5), &[]).is_err(),
        "a grid of coins believes no hook"
    );
}
