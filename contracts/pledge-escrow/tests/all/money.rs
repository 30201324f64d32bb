//! Money in all its shapes: caps, displaced pledges, revenue, rounding, tokens.

use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coin, coins, to_json_binary, CosmosMsg, Uint128, WasmMsg};
use cw20::Cw20ReceiveMsg;
use gridpact_types::escrow::{Condition, ExecuteMsg, Phase, ReceiveMsg, Terms};
use gridpact_types::Asset;
use gridpact_units::Amount;
use pledge_escrow::contract::execute;

use crate::escrow::{Escrow, DAY, DENOM, START};

#[test]
fn what_is_above_the_cap_returns_pro_rata_to_the_unit() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 110));
    for (name, amount) in [("A", 33), ("B", 33), ("C", 33), ("D", 34)] {
        escrow
            .pledge(name, project, amount, Condition::default())
            .unwrap();
    }
    let funded = escrow.project(project);
    assert_eq!((funded.phase, funded.funded.unwrap().0), (Phase::Funded, 110));
    let paid: u128 = escrow.pledges(project).iter().map(|pledge| pledge.paid.0).sum();
    assert_eq!(paid, 110);
    for name in ["A", "B", "C", "D"] {
        escrow.refund(name, project).unwrap();
    }
    let back: u128 = ["A", "B", "C", "D"].iter().map(|name| escrow.paid_to(name)).sum();
    assert_eq!(back, 133 - 110);
}

#[test]
fn a_pledge_outside_the_set_is_free_when_the_project_latches() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 1_000));
    let never = escrow.if_pledged(&["nobody"], 1);
    escrow.pledge("A", project, 50, never).unwrap();
    escrow.pledge("B", project, 100, Condition::default()).unwrap();
    assert_eq!(escrow.project(project).funded.unwrap().0, 100);
    escrow.refund("A", project).unwrap();
    assert_eq!(escrow.paid_to("A"), 50);
    assert!(escrow.refund("B", project).is_err());
}

#[test]
fn a_pledge_can_be_raised_under_the_same_condition_alone() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 1_000));
    let condition = escrow.if_pledged(&["B"], 30);
    escrow.pledge("A", project, 50, condition.clone()).unwrap();
    assert!(escrow.pledge("A", project, 50, Condition::default()).is_err());
    escrow.pledge("A", project, 1, condition).unwrap();
    assert_eq!(escrow.pledge_of(project, "A").amount, Amount(51));
    escrow.pledge("B", project, 49, Condition::default()).unwrap();
    assert_eq!(escrow.project(project).phase, Phase::Funded);
}

#[test]
fn a_full_list_gives_up_its_smallest_pledge_outside_the_set() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(1 << 90, 1 << 90));
    let never = escrow.if_pledged(&["nobody"], 1);
    for number in 0..u128::from(pledge_escrow::MAX_PLEDGES) {
        // Odd ones stand without a condition, and are smaller still.
        let (amount, condition) = if number % 2 == 0 {
            (1_000 + number, never.clone())
        } else {
            (10, Condition::default())
        };
        let info = message_info(&escrow.addr(&format!("p{number}")), &coins(amount, DENOM));
        let terms_hash = escrow.project(project).terms_hash;
        let msg = ExecuteMsg::Pledge {
            project,
            terms_hash,
            condition,
        };
        execute(escrow.deps.as_mut(), escrow.env.clone(), info, msg).unwrap();
    }
    assert!(
        escrow
            .pledge("late", project, 1_000, Condition::default())
            .is_err(),
        "not larger than the smallest"
    );
    escrow
        .pledge("late", project, 1_001, Condition::default())
        .unwrap();
    assert_eq!(escrow.project(project).pledges, pledge_escrow::MAX_PLEDGES);
    escrow.refund("p0", project).unwrap();
    assert_eq!(escrow.paid_to("p0"), 1_000, "displaced money is free at once");
    assert!(
        escrow.refund("p1", project).is_err(),
        "a member of the set stands"
    );
}

#[test]
fn revenue_goes_to_pledgers_by_what_they_paid_and_nothing_is_lost() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    assert!(escrow.pay_revenue(project, 10).is_err(), "not built yet");
    escrow.accept(project).unwrap();
    for milestone in 0..2 {
        escrow.submit(project, milestone).unwrap();
    }
    escrow.go_to(START + 7 * DAY);
    // One unit at a time: a third of a unit is nothing, three of them are one each.
    for _ in 0..3 {
        escrow.pay_revenue(project, 1).unwrap();
    }
    for name in ["A", "B", "C"] {
        escrow.claim_revenue(name, project).unwrap();
        assert_eq!(escrow.paid_to(name), 1);
    }
    assert!(escrow.claim_revenue("A", project).is_err());
    escrow.pay_revenue(project, 100).unwrap();
    for name in ["A", "B", "C"] {
        escrow.claim_revenue(name, project).unwrap();
        assert_eq!(escrow.paid_to(name), 34);
    }
    assert_eq!(
        escrow.books(project).claimable.0 + escrow.books(project).locked.0,
        1 + 30_000
    );
}

#[test]
fn amounts_at_the_edge_are_refused_and_nothing_panics() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(u128::MAX, u128::MAX));
    escrow
        .pledge("A", project, u128::MAX - 20, Condition::default())
        .unwrap();
    assert!(escrow
        .pledge("B", project, u128::MAX, Condition::default())
        .is_err());
    escrow.pledge("B", project, 20, Condition::default()).unwrap();
    assert_eq!(escrow.project(project).funded.unwrap().0, u128::MAX);
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.go_to(START + 100 * DAY);
    escrow
        .send("anybody", ExecuteMsg::Terminate { project }, &[])
        .unwrap();
    escrow.refund("A", project).unwrap();
    escrow.refund("B", project).unwrap();
    escrow.go_to(START + 300 * DAY);
    escrow.draw(project).unwrap();
    let out: u128 = ["A", "B", "contractor"]
        .iter()
        .map(|name| escrow.paid_to(name))
        .sum();
    assert_eq!(out, u128::MAX, "to the unit");
}

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
    let token = Escrow::new().addr("token");
    let assets = vec![
        Asset::native(DENOM),
        Asset::cw20(token.as_str()),
        Asset::cw20(Escrow::new().addr("other").as_str()),
    ];
    let mut escrow = Escrow::with_assets(assets);
    let terms = Terms {
        asset: Asset::cw20(token.as_str()),
        ..escrow.open_call(100, 100)
    };
    let project = escrow.open(&terms);
    let terms_hash = escrow.project(project).terms_hash;
    let pledge = ReceiveMsg::Pledge {
        project,
        terms_hash,
        condition: Condition::default(),
    };
    let hook = |amount: u128| {
        ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: Escrow::new().addr("A").into_string(),
            amount: Uint128::new(amount),
            msg: to_json_binary(&pledge).unwrap(),
        })
    };
    assert!(escrow.send("mallory", hook(100), &[]).is_err(), "no token");
    assert!(
        escrow.send("other", hook(100), &[]).is_err(),
        "a listed token, but not the project's"
    );
    assert!(escrow.send("token", hook(0), &[]).is_err());
    let direct = escrow.pledge("A", project, 100, Condition::default());
    assert!(direct.is_err(), "coins for a project of tokens");
    let info = message_info(&token, &[]);
    execute(escrow.deps.as_mut(), escrow.env.clone(), info, hook(99)).unwrap();
    escrow.go_to(START + 10 * DAY);
    let info = message_info(&escrow.addr("A"), &[]);
    let refund = execute(
        escrow.deps.as_mut(),
        escrow.env.clone(),
        info,
        ExecuteMsg::ClaimRefund { project },
    )
    .unwrap();
    let CosmosMsg::Wasm(WasmMsg::Execute {
        contract_addr, funds, ..
    }) = &refund.messages[0].msg
    else {
        panic!("tokens go back through the token");
    };
    assert_eq!((contract_addr.as_str(), funds.len()), (token.as_str(), 0));
}
