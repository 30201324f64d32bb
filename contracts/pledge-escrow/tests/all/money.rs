//! Money in all its shapes: caps, raised pledges, revenue, rounding, amounts at the edge.

use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::terms::Condition;
use gridpact_units::Amount;

use crate::harness::{Escrow, DAY, DENOM, START};

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
/// Who means another project of the same number, or of another escrow, pays nobody.
#[test]
fn revenue_for_other_terms_is_refused() {
    for mut escrow in [Escrow::new(), Escrow::of_tokens()] {
        let project = escrow.funded();
        let other = escrow.open(&escrow.open_call(1_000, 1_000));
        escrow.accept(project).unwrap();
        for milestone in 0..2 {
            escrow.submit(project, milestone).unwrap();
        }
        escrow.go_to(START + 7 * DAY);
        let expected = escrow.project(project).terms_hash;
        let got = escrow.project(other).terms_hash;
        let revenue = ReceiveMsg::PayRevenue {
            project,
            terms_hash: got.clone(),
        };
        let refused = escrow.pay("payer", 10, revenue).unwrap_err().to_string();
        assert_eq!(refused, format!("terms_hash: expected {expected}, got {got}"));
        escrow.pay_revenue(project, 10).unwrap();
    }
}

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
