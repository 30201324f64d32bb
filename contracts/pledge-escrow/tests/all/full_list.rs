//! As many pledges as a project takes.

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::bounds::{MAX_PLEDGES, MOST_PLEDGERS};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::{Amount, BasisPoints};
use pledge_escrow::error::ContractError;

use crate::harness::terms::{none, pledgers};
use crate::harness::{Escrow, Outcome, DAY, START};

/// An open call of a target of 5,120.
const PROJECT: u64 = 1;

fn pledge(escrow: &mut Escrow, name: &str, amount: u128, condition: Condition) -> Outcome {
    escrow.pledge_unchecked(name, PROJECT, amount, condition)
}

/// A list full of pledges that wait for somebody who does not come: p0 with this amount, each of the others with one more than
/// the last.
fn waiting_from(amount: u128) -> Escrow {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(5_120, 5_120));
    let nobody = escrow.if_pledged(&["nobody"], 1);
    for number in 0..u128::from(MAX_PLEDGES) {
        let name = format!("p{number}");
        pledge(&mut escrow, &name, amount + number, nobody.clone()).unwrap();
    }
    escrow
}

#[test]
fn a_full_list_gives_up_its_smallest_pledge_outside_the_set_to_a_larger_one() {
    let mut escrow = waiting_from(1_000);
    let nobody = escrow.if_pledged(&["nobody"], 1);
    let refused = pledge(&mut escrow, "late", 1_000, nobody.clone()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "pledges: expected fewer than 512, or one that joins the set, or more than the smallest outside it, which is 1000, got 1000"
    );
    escrow.pledge("late", PROJECT, 1_001, nobody).unwrap();
    let state = escrow.project(PROJECT);
    assert_eq!((state.pledges, state.consistent_pledges), (MAX_PLEDGES, 0));
    let out = escrow.pledge_of(PROJECT, "p0");
    assert_eq!((out.amount, out.refundable), (Amount::ZERO, Amount(1_000)));
    escrow.refund("p0", PROJECT).unwrap();
    assert_eq!(escrow.paid_to("p0"), 1_000, "at once");
    assert!(escrow.refund("p0", PROJECT).is_err(), "once");
    assert!(escrow.refund("p1", PROJECT).is_err(), "a pledge stands");
}

#[test]
fn of_the_smallest_outside_the_set_the_first_by_address_goes() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(5_120, 5_120));
    let nobody = escrow.if_pledged(&["nobody"], 1);
    let names: Vec<String> = (0..MAX_PLEDGES).map(|number| format!("p{number}")).collect();
    for name in &names {
        pledge(&mut escrow, name, 10, nobody.clone()).unwrap();
    }
    let mut by_address = names.clone();
    by_address.sort_by_key(|name| escrow.addr(name));
    for (late, first) in ["x", "y"].into_iter().zip(&by_address) {
        pledge(&mut escrow, late, 11, nobody.clone()).unwrap();
        assert_eq!(escrow.pledge_of(PROJECT, first).refundable, Amount(10));
    }
}

/// Pledges that cannot join, however large, shut out nobody who can.
#[test]
fn whoever_joins_the_set_outranks_everybody_outside_it() {
    let mut escrow = waiting_from(1_000);
    pledge(&mut escrow, "late", 10, none()).unwrap();
    let state = escrow.project(PROJECT);
    assert_eq!((state.pledges, state.consistent), (MAX_PLEDGES, Amount(10)));
    assert_eq!(escrow.pledge_of(PROJECT, "p0").refundable, Amount(1_000));
    // Members are no candidates, however small.
    pledge(&mut escrow, "later", 11, none()).unwrap();
    assert_eq!(escrow.pledge_of(PROJECT, "late").amount, Amount(10));
    assert_eq!(escrow.pledge_of(PROJECT, "p1").refundable, Amount(1_001));
    // The whole target: funded, and the next of them out.
    pledge(&mut escrow, "last", 5_120 - 21, none()).unwrap();
    assert_eq!(escrow.project(PROJECT).phase, Phase::Funded);
    escrow.check_books();
}

/// Neither of them joins with its own message, and both are smaller than all that wait.
#[test]
fn of_two_that_need_each_other_a_full_list_takes_neither_unless_one_asks_nothing() {
    let mut escrow = waiting_from(1_001);
    let (on_a, on_b) = (escrow.if_pledged(&["A"], 1_000), escrow.if_pledged(&["B"], 1_000));
    for (name, condition) in [("A", on_b), ("B", on_a.clone())] {
        let refused = pledge(&mut escrow, name, 1_000, condition).unwrap_err();
        let expected = ContractError::ListFull {
            max: MAX_PLEDGES,
            smallest: Some(Amount(1_001)),
            got: 1_000,
        };
        assert_eq!(refused, expected);
    }
    pledge(&mut escrow, "A", 1_000, none()).unwrap();
    pledge(&mut escrow, "B", 1_000, on_a).unwrap();
    let state = escrow.project(PROJECT);
    assert_eq!((state.pledges, state.consistent), (MAX_PLEDGES, Amount(2_000)));
    escrow.check_books();
}

#[test]
fn whoever_would_be_let_in_by_the_newcomer_is_not_displaced_for_it() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(5_120, 5_120));
    pledge(&mut escrow, "M", 5_090, none()).unwrap();
    let on_x = escrow.if_pledged(&["X"], 10);
    pledge(&mut escrow, "W", 15, on_x).unwrap();
    let nobody = escrow.if_pledged(&["nobody"], 1);
    for number in 0..510 {
        pledge(&mut escrow, &format!("p{number}"), 16, nobody.clone()).unwrap();
    }
    // W is the smallest outside the set, and X asks for it: together they fund the project.
    let on_w = escrow.if_pledged(&["W"], 15);
    pledge(&mut escrow, "X", 15, on_w).unwrap();
    let state = escrow.project(PROJECT);
    assert_eq!((state.phase, state.consistent), (Phase::Funded, Amount(5_120)));
    assert_eq!((state.pledges, state.consistent_pledges), (MAX_PLEDGES, 3));
    assert_eq!(escrow.displaced(PROJECT).len(), 1);
    escrow.check_books();
}

#[test]
fn where_the_one_more_brings_all_into_the_set_the_project_is_funded_with_it() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(5_120, 5_150));
    for number in 0..MAX_PLEDGES {
        pledge(&mut escrow, &format!("p{number}"), 11, pledgers(MOST_PLEDGERS, 1)).unwrap();
    }
    let state = escrow.project(PROJECT);
    assert_eq!((state.phase, state.consistent), (Phase::Open, Amount::ZERO));
    pledge(&mut escrow, "one more", 10, none()).unwrap();
    let state = escrow.project(PROJECT);
    assert_eq!(
        (state.pledges, state.consistent_pledges),
        (MOST_PLEDGERS, MOST_PLEDGERS)
    );
    assert_eq!((state.funded, state.phase), (Some(Amount(5_150)), Phase::Funded));
    // In the order of pledging: 5,150 is 468 times 11, and 2 of the next.
    let paid = |name: &str| escrow.pledge_of(PROJECT, name).paid.0;
    let all: Vec<u128> = (0..MAX_PLEDGES)
        .map(|number| paid(&format!("p{number}")))
        .collect();
    let expected: Vec<u128> = (0..468)
        .map(|_| 11)
        .chain([2])
        .chain((469..512).map(|_| 0))
        .collect();
    assert_eq!(all, expected);
    assert_eq!(paid("one more"), 0, "what the message adds is last");
    escrow.check_books();
}

/// Both sums are owed to whoever was displaced twice and took nothing between.
#[test]
fn displaced_twice_both_sums_are_owed_and_paid_at_once() {
    let mut escrow = waiting_from(1_000);
    let nobody = escrow.if_pledged(&["nobody"], 1);
    pledge(&mut escrow, "x", 4_000, nobody.clone()).unwrap();
    pledge(&mut escrow, "p0", 1_002, nobody.clone()).unwrap();
    assert_eq!(escrow.pledge_of(PROJECT, "p1").refundable, Amount(1_001));
    pledge(&mut escrow, "p1", 1_500, nobody.clone()).unwrap();
    let (first, second) = (escrow.pledge_of(PROJECT, "p0"), escrow.pledge_of(PROJECT, "p2"));
    // p0 and p2 stand with 1,002 each: the first by address was the one to go.
    let (out, sums) = if escrow.addr("p0") < escrow.addr("p2") {
        ("p0", first.refundable.0)
    } else {
        ("p2", second.refundable.0)
    };
    assert_eq!(sums, if out == "p0" { 2_002 } else { 1_002 });
    pledge(&mut escrow, "y", 4_000, nobody.clone()).unwrap();
    assert_eq!(escrow.pledge_of(PROJECT, "p0").refundable, Amount(2_002));
    let listed = escrow.displaced(PROJECT);
    let of_p0 = listed
        .iter()
        .find(|owed| owed.pledger == escrow.addr("p0").as_str());
    assert_eq!(of_p0.unwrap().amount, Amount(2_002));
    escrow.refund("p0", PROJECT).unwrap();
    assert_eq!(escrow.paid_to("p0"), 2_002);
    escrow.go_to(START + 10 * DAY);
    for name in (0..MAX_PLEDGES)
        .map(|number| format!("p{number}"))
        .chain(["x".into(), "y".into()])
    {
        drop(escrow.send_unchecked(&name, ExecuteMsg::ClaimRefund { project: PROJECT }, &[]));
    }
    escrow.check_books();
    assert!(escrow.holding().is_zero(), "everything is back");
    assert!(escrow.displaced(PROJECT).is_empty());
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
fn whoever_was_displaced_comes_back_free_of_the_earlier_condition() {
    let (mut escrow, project) = (waiting_from(10), PROJECT);
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
fn the_largest_project_is_funded_above_its_cap_ended_early_and_emptied_to_the_unit() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.open_call(5_200, 5_211);
    terms.retention = BasisPoints(777);
    terms.milestones[0].share = BasisPoints(3_333);
    terms.milestones[1].share = BasisPoints(6_667);
    let project = escrow.open(&terms);
    let all = pledgers(MAX_PLEDGES, 11);
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
    let first = 5_211 * 3_333 / 10_000;
    for number in 0..MAX_PLEDGES {
        let name = format!("p{number}");
        escrow
            .send_unchecked(&name, ExecuteMsg::ClaimRefund { project }, &[])
            .unwrap();
    }
    escrow.check_books();
    let back: u128 = escrow.purses.values().sum();
    assert_eq!(back, sum - first, "all that no submitted milestone earned");
    escrow.draw(project).unwrap();
    assert_eq!(escrow.paid_to("contractor"), first - first * 777 / 10_000);
    escrow.go_to(START + (70 + 90) * DAY);
    escrow.draw(project).unwrap();
    assert_eq!(escrow.paid_to("contractor"), first);
    assert_eq!(escrow.holding().to_string(), "0");
}
