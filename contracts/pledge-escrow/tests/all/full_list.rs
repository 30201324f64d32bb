//! As many pledges as a project takes.

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Condition, PledgersCondition};
use gridpact_units::{Amount, BasisPoints};

use crate::harness::{Escrow, DAY, START};

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
