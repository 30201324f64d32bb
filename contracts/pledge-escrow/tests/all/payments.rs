//! What is believed to be money: one coin of the project's denomination, or the word of the project's own token.

use cosmwasm_std::{coin, coins, Binary, Uint128};
use cw20::Cw20ReceiveMsg;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::Amount;

use crate::harness::{Escrow, DENOM};
use gridpact_escrow_model::sending::with_coins;

#[test]
fn only_one_coin_of_the_projects_denom_is_a_pledge() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 100));
    let terms_hash = escrow.project(project).terms_hash;
    let msg = ExecuteMsg::Pledge {
        project,
        terms_hash,
        condition: Condition::default(),
    };
    for funds in [
        vec![],
        vec![coin(50, "uother")],
        vec![coin(50, DENOM), coin(1, "uother")],
        vec![coin(0, DENOM)],
    ] {
        assert!(escrow.send("A", msg.clone(), &funds).is_err(), "{funds:?}");
    }
    let stray = escrow.send("A", ExecuteMsg::ClaimRefund { project }, &[coin(1, DENOM)]);
    assert!(stray.is_err(), "coins that nothing would book");
}

#[test]
fn a_hook_is_believed_from_the_projects_own_token_alone() {
    let mut escrow = Escrow::of_tokens();
    let project = escrow.open(&escrow.open_call(100, 100));
    let msg = escrow.pledge_msg(project, Condition::default());
    let hook = escrow.hook("A", 100, &msg);
    let token = escrow.addr("token");
    for (who, why) in [
        ("mallory", "no token"),
        ("other token", "listed, but not the project's"),
        ("A", "the pledger itself"),
    ] {
        let got = escrow.addr(who);
        let refused = escrow.send(who, hook.clone(), &[]).unwrap_err().to_string();
        assert_eq!(
            refused,
            format!("token: expected cw20:{token}, got cw20:{got}"),
            "{why}"
        );
    }
    let coins = escrow.send("A", with_coins(msg.clone()), &coins(100, DENOM));
    assert!(coins.is_err(), "coins for a project of tokens");
    let both = escrow.send("token", hook.clone(), &[coin(1, DENOM)]);
    assert!(both.is_err(), "coins that nothing would book");
    let none = escrow.hook("A", 0, &msg);
    assert!(escrow.send("token", none, &[]).is_err());
    let nobody = ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: "not an address".to_owned(),
        amount: Uint128::new(100),
        msg: cosmwasm_std::to_json_binary(&msg).unwrap(),
    });
    assert!(escrow.send("token", nobody, &[]).is_err());
    let junk = ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: escrow.addr("A").into_string(),
        amount: Uint128::new(100),
        msg: Binary::from(b"junk"),
    });
    assert!(escrow.send("token", junk, &[]).is_err());
    escrow.send("token", hook, &[]).unwrap();
    assert_eq!(escrow.project(project).funded, Some(Amount(100)));

    let mut coins_only = Escrow::new();
    let project = coins_only.open(&coins_only.open_call(100, 100));
    let msg = coins_only.pledge_msg(project, Condition::default());
    let hook = coins_only.hook("A", 100, &msg);
    assert!(
        coins_only.send("token", hook, &[]).is_err(),
        "tokens for a project of coins"
    );
}
