//! Money in all its shapes: caps, displaced pledges, revenue, rounding, tokens.

use cosmwasm_std::{coin, coins, Binary, Uint128};
use cw20::Cw20ReceiveMsg;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Condition, PledgersCondition};
use gridpact_units::{Amount, BasisPoints};

use crate::escrow::{with_coins, Escrow, DAY, DENOM, START};

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
    let project = escrow.open(&escrow.open_call(5_120, 5_120));
    let never = escrow.if_pledged(&["nobody"], 1);
    let none = Condition::default;
    for number in 0..u128::from(MAX_PLEDGES) {
        // Odd ones stand without a condition, and are smaller still.
        let (amount, condition) = if number % 2 == 0 {
            (1_000 + number, never.clone())
        } else {
            (10, none())
        };
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, amount, condition)
            .unwrap();
    }
    let refused = escrow.pledge("late", project, 1_000, none()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "pledges: expected fewer than 512, or more than the smallest outside the set, which is 1000, got 1000"
    );
    escrow.pledge("late", project, 1_001, never.clone()).unwrap();
    let state = escrow.project(project);
    assert_eq!((state.pledges, state.consistent_pledges), (MAX_PLEDGES, 256));
    assert_eq!(escrow.pledge_of(project, "p0").refundable, Amount(1_000));

    // Its place is gone; it may come again with more, displacing the next, and be displaced again: both sums are its own.
    escrow.pledge("p0", project, 1_002, never.clone()).unwrap();
    assert_eq!(
        escrow.pledge_of(project, "late").refundable,
        Amount(1_001),
        "the smallest now"
    );
    escrow.pledge("late", project, 1_003, never.clone()).unwrap();
    escrow.refund("p0", project).unwrap();
    let earlier = escrow.paid_to("p0");
    assert!(
        earlier == 1_000 || earlier == 2_002,
        "displaced money is free at once: {earlier}"
    );
    assert!(escrow.refund("p0", project).is_err(), "once");
    assert!(
        escrow.refund("p1", project).is_err(),
        "a member of the set stands"
    );
    escrow.go_to(START + 10 * DAY);
    for number in 0..MAX_PLEDGES {
        drop(escrow.send_unchecked(&format!("p{number}"), ExecuteMsg::ClaimRefund { project }, &[]));
    }
    drop(escrow.refund("late", project));
    escrow.check_books();
    assert_eq!(escrow.holding(), 0, "everything is back");
}

/// The least pledge of an open call makes sure of it; otherwise small pledges could fill the list and shut the others out.
#[test]
fn a_full_list_of_pledges_in_the_set_is_a_funded_project() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(5_120, 5_120));
    for number in 0..MAX_PLEDGES {
        assert_eq!(escrow.project(project).phase, Phase::Open);
        escrow
            .pledge_unchecked(&format!("p{number}"), project, 10, Condition::default())
            .unwrap();
    }
    assert_eq!(escrow.project(project).phase, Phase::Funded);
}

#[test]
fn the_largest_project_is_funded_above_its_cap_ended_early_and_emptied_to_the_unit() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.open_call(5_200, 5_211);
    terms.retention = BasisPoints(777);
    terms.milestones[0].share = BasisPoints(3_333);
    terms.milestones[1].share = BasisPoints(6_667);
    let project = escrow.open(&terms);
    let all = Condition {
        pledgers: Some(PledgersCondition {
            count: MAX_PLEDGES,
            at_least: Amount(11),
        }),
        ..Condition::default()
    };
    let mut sum = 0;
    for number in 0..u128::from(MAX_PLEDGES) {
        let amount = 11 + number % 7;
        sum += amount;
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, amount, all.clone())
            .unwrap();
    }
    escrow.check_books();
    let state = escrow.project(project);
    assert_eq!((state.consistent_pledges, state.consistent.0), (MAX_PLEDGES, sum));
    assert_eq!(state.funded, Some(Amount(5_211)));
    let paid: u128 = escrow.pledges(project).iter().map(|pledge| pledge.paid.0).sum();
    assert_eq!(paid, 5_211);
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.go_to(START + 70 * DAY);
    escrow
        .send("anybody", ExecuteMsg::Terminate { project }, &[])
        .unwrap();
    let (first, rest) = (5_211 * 3_333 / 10_000, 5_211 - 5_211 * 3_333 / 10_000);
    for number in 0..MAX_PLEDGES {
        let name = format!("p{number}");
        escrow
            .send_unchecked(&name, ExecuteMsg::ClaimRefund { project }, &[])
            .unwrap();
    }
    escrow.check_books();
    let back: u128 = escrow.purses.values().sum();
    let dust = sum - 5_211 + rest - back;
    assert!(
        dust < u128::from(MAX_PLEDGES),
        "less than a unit a pledge is not returned: {dust}"
    );
    escrow.draw(project).unwrap();
    assert_eq!(escrow.paid_to("contractor"), first - first * 777 / 10_000);
    escrow.go_to(START + (70 + 90) * DAY);
    escrow.draw(project).unwrap();
    assert_eq!(escrow.paid_to("contractor"), first + dust);
    assert_eq!(escrow.holding(), 0);
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
    let b = u128::MAX / 512 + 1;
    escrow
        .pledge("A", project, u128::MAX - b, Condition::default())
        .unwrap();
    let other = escrow.open(&escrow.open_call(100, u128::MAX));
    for (name, project, amount) in [
        ("B", project, u128::MAX),
        ("B", project, b + 1),
        ("B", other, b + 1),
    ] {
        let refused = escrow
            .pledge(name, project, amount, Condition::default())
            .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "payment: expected less than 2^128 of the asset in all, ever"
        );
    }
    escrow.pledge("B", project, b, Condition::default()).unwrap();
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

/// Else the sum of what was paid out could overflow, and shut money in.
#[test]
fn revenue_beyond_what_the_books_can_count_is_refused() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, u128::MAX));
    let pledged = u128::MAX - 10;
    escrow
        .pledge("A", project, pledged, Condition::default())
        .unwrap();
    escrow.accept(project).unwrap();
    for milestone in 0..2 {
        escrow.submit(project, milestone).unwrap();
    }
    escrow.go_to(START + 100 * DAY);
    // The project's money is out, so there would be room for it here.
    escrow.draw(project).unwrap();
    assert!(escrow.pay_revenue(project, 11).is_err());
    escrow.pay_revenue(project, 10).unwrap();
    escrow.claim_revenue("A", project).unwrap();
    assert_eq!((escrow.paid_to("contractor"), escrow.paid_to("A")), (pledged, 10));
}

#[test]
fn whoever_was_displaced_comes_back_free_of_the_earlier_condition() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(5_120, 5_120));
    let never = escrow.if_pledged(&["nobody"], 1);
    for number in 0..u128::from(MAX_PLEDGES) {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, 10 + number, never.clone())
            .unwrap();
    }
    escrow.pledge("late", project, 20, Condition::default()).unwrap();
    for _ in 0..2 {
        escrow.pledge("p0", project, 30, Condition::default()).unwrap();
    }
    let pledge = escrow.pledge_of(project, "p0");
    assert_eq!(
        (pledge.amount, pledge.condition),
        (Amount(60), Condition::default())
    );
    assert_eq!(
        (pledge.consistent, pledge.refundable),
        (true, Amount(10)),
        "the displaced money is free"
    );
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

#[test]
fn projects_keep_their_money_apart() {
    let mut escrow = Escrow::new();
    let (first, second) = (escrow.funded(), escrow.open(&escrow.open_call(500, 500)));
    escrow.pledge("A", second, 70, Condition::default()).unwrap();
    escrow.go_to(START + 10 * DAY);
    escrow.refund("A", second).unwrap();
    assert_eq!(escrow.paid_to("A"), 70);
    escrow.refund("A", first).unwrap();
    assert_eq!(escrow.paid_to("A"), 10_070);
    let books = escrow.books(first);
    assert_eq!((books.pledged, books.refunded), (Amount(30_000), Amount(10_000)));
    assert_eq!(escrow.asset, Asset::native(DENOM));
}
