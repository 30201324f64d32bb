//! Money in all its shapes: caps, raised pledges, revenue, rounding, amounts at the edge.

use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::bounds::MAX_CAP;
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::terms::{Condition, MilestoneTerms, Terms};
use gridpact_units::{Amount, UnixSeconds};

use crate::harness::{Escrow, DAY, DENOM, START};

#[test]
fn a_pledge_outside_the_set_is_free_when_the_project_latches() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 1_000));
    let waits = escrow.if_pledged(&["nobody"], 1);
    escrow.pledge("A", project, 50, waits).unwrap();
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

/// Two pledges of the largest cap, in an asset of which all projects together take more than 2^128.
#[test]
fn amounts_at_the_edge_are_counted_to_the_unit() {
    let mut escrow = Escrow::new();
    let cap = MAX_CAP.0;
    let b = cap / 512 + 1;
    let project = escrow.open(&escrow.open_call(cap, cap));
    for (name, amount) in [("A", cap - 1), ("B", b)] {
        escrow
            .pledge(name, project, amount, Condition::default())
            .unwrap();
    }
    assert_eq!(escrow.project(project).funded.unwrap().0, cap);
    assert_eq!(escrow.pledge_of(project, "B").paid.0, 1);
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
    assert_eq!(escrow.paid_to("contractor"), cap * 4 / 10);
    let back = escrow.paid_to("A") + escrow.paid_to("B");
    assert_eq!(back, cap - 1 + b - cap * 4 / 10, "to the unit");
    assert!(escrow.holding().is_zero());
}

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

/// Else the sum of what was paid out could overflow, and shut money in. What somebody who mints the asset gives one project
/// shuts no other.
#[test]
fn revenue_beyond_what_a_projects_books_can_count_is_refused_in_that_project_alone() {
    let mut escrow = Escrow::new();
    let projects = [0, 1].map(|_| {
        let project = escrow.open(&escrow.open_call(100, 100));
        escrow.pledge("A", project, 100, Condition::default()).unwrap();
        escrow.accept(project).unwrap();
        for milestone in 0..2 {
            escrow.submit(project, milestone).unwrap();
        }
        project
    });
    escrow.go_to(START + 100 * DAY);
    let most = u128::MAX - 100;
    for project in projects {
        escrow.draw(project).unwrap();
        let refused = escrow.pay_revenue(project, most + 1).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "payment: expected less than 2^128 in the project in all, ever"
        );
        escrow.pay_revenue(project, most).unwrap();
        assert!(escrow.pay_revenue(project, 1).is_err());
    }
    escrow.claim_revenue("A", projects[0]).unwrap();
    assert_eq!((escrow.paid_to("contractor"), escrow.paid_to("A")), (200, most));
    let other = escrow.open(&Terms {
        deadline: UnixSeconds(START + 110 * DAY),
        milestones: later(&escrow.founding(), 100),
        ..escrow.open_call(100, 100)
    });
    escrow.pledge("B", other, 100, Condition::default()).unwrap();
}

/// The same work, so many days later.
fn later(terms: &Terms, days: u64) -> Vec<MilestoneTerms> {
    let mut milestones = terms.milestones.clone();
    for milestone in &mut milestones {
        milestone.due = UnixSeconds(milestone.due.0 + days * DAY);
    }
    milestones
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
