//! Lives of projects, to the second.

use gridpact_types::escrow::answers::{MilestoneStatus, Phase};
use gridpact_types::escrow::terms::Condition;

use crate::harness::{Escrow, DAY, START};

#[test]
fn three_conditional_pledges_fund_the_project_with_the_last_of_them() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.open(&escrow.founding());
        for (name, others) in [("A", ["B", "C"]), ("B", ["A", "C"])] {
            let condition = escrow.if_pledged(&others, 10_000);
            escrow.pledge(name, project, 10_000, condition).unwrap();
            assert_eq!(escrow.project(project).phase, Phase::Open);
            assert_eq!(escrow.project(project).consistent.0, 0);
        }
        let condition = escrow.if_pledged(&["A", "B"], 10_000);
        escrow.pledge("C", project, 10_000, condition).unwrap();
        let funded = escrow.project(project);
        assert_eq!((funded.phase, funded.consistent_pledges), (Phase::Funded, 3));
        assert_eq!(funded.funded.unwrap().0, 30_000);
        assert!(escrow.refund("A", project).is_err(), "exits are closed");
    }
}

#[test]
fn one_party_missing_at_the_deadline_and_everybody_takes_their_money_back() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.open(&escrow.founding());
        for name in ["A", "B"] {
            escrow
                .pledge(name, project, 10_000, Condition::default())
                .unwrap();
        }
        escrow.go_to(START + 10 * DAY - 1);
        assert_eq!(escrow.project(project).phase, Phase::Open);
        assert!(escrow.refund("A", project).is_err());
        escrow.go_to(START + 10 * DAY);
        assert_eq!(escrow.project(project).phase, Phase::Failed);
        assert!(
            escrow.pledge("C", project, 10_000, Condition::default()).is_err(),
            "a window is open while now < deadline"
        );
        escrow.refund("A", project).unwrap();
        escrow.refund("B", project).unwrap();
        assert_eq!((escrow.paid_to("A"), escrow.paid_to("B")), (10_000, 10_000));
        assert!(escrow.refund("A", project).is_err(), "once");
    }
}

#[test]
fn a_contractor_who_does_not_accept_in_time_gets_nothing() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.funded();
        escrow.go_to(START + 5 * DAY - 1);
        assert_eq!(escrow.project(project).phase, Phase::Funded);
        escrow.go_to(START + 5 * DAY);
        assert_eq!(escrow.project(project).phase, Phase::Failed);
        assert!(escrow.accept(project).is_err());
        for name in ["A", "B", "C"] {
            escrow.refund(name, project).unwrap();
            assert_eq!(escrow.paid_to(name), 10_000);
        }
    }
}

#[test]
fn milestones_are_paid_after_review_and_the_retention_after_the_defects_period() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.funded();
        escrow.accept(project).unwrap();
        escrow.go_to(START + 20 * DAY);
        escrow.submit(project, 0).unwrap();
        escrow.go_to(START + 27 * DAY - 1);
        assert_eq!(
            escrow.project(project).milestones[0].status,
            MilestoneStatus::Submitted
        );
        assert!(escrow.draw(project).is_err(), "in review");
        escrow.go_to(START + 27 * DAY);
        assert_eq!(
            escrow.project(project).milestones[0].status,
            MilestoneStatus::Payable
        );
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 12_000 - 1_200);
        assert_eq!(
            escrow.project(project).milestones[0].status,
            MilestoneStatus::Paid
        );
        assert!(escrow.draw(project).is_err(), "once");

        escrow.go_to(START + 50 * DAY);
        escrow.submit(project, 1).unwrap();
        escrow.go_to(START + 57 * DAY - 1);
        assert_eq!(escrow.project(project).phase, Phase::Active);
        escrow.go_to(START + 57 * DAY);
        assert_eq!(escrow.project(project).phase, Phase::Defects);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 27_000);
        escrow.go_to(START + (57 + 90) * DAY - 1);
        assert!(escrow.draw(project).is_err(), "retained");
        escrow.go_to(START + (57 + 90) * DAY);
        assert_eq!(escrow.project(project).phase, Phase::Closed);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 30_000);
    }
}

#[test]
fn milestones_are_submitted_in_their_order() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    escrow.accept(project).unwrap();
    assert!(escrow.submit(project, 1).is_err());
    escrow.submit(project, 0).unwrap();
    assert!(escrow.submit(project, 0).is_err());
}

/// Each end, one second before it and at it: no second belongs to two phases.
#[test]
fn phases_change_at_the_second() {
    use Phase::*;
    let phase_at = |escrow: &mut Escrow, at: u64| {
        escrow.go_to(at);
        escrow.project(1).phase
    };
    let unfunded = |escrow: &mut Escrow| assert_eq!(escrow.open(&escrow.founding()), 1);
    let funded = |escrow: &mut Escrow| assert_eq!(escrow.funded(), 1);
    let built = |escrow: &mut Escrow| {
        escrow.funded();
        escrow.accept(1).unwrap();
        escrow.submit(1, 0).unwrap();
        escrow.submit(1, 1).unwrap();
    };
    let idle = |escrow: &mut Escrow| {
        escrow.funded();
        escrow.accept(1).unwrap();
    };
    type Start<'a> = &'a dyn Fn(&mut Escrow);
    let table: [(&str, Start, u64, [Phase; 2]); 5] = [
        ("deadline", &unfunded, 10 * DAY, [Open, Failed]),
        ("acceptance", &funded, 5 * DAY, [Funded, Failed]),
        ("last review", &built, 7 * DAY, [Active, Defects]),
        ("defects period", &built, 97 * DAY, [Defects, Closed]),
        (
            "an overdue milestone waits for a message",
            &idle,
            40 * DAY,
            [Active, Active],
        ),
    ];
    for (what, start, end, [before, after]) in table {
        for mut escrow in Escrow::of_both() {
            start(&mut escrow);
            assert_eq!(phase_at(&mut escrow, START + end - 1), before, "{what}");
            assert_eq!(phase_at(&mut escrow, START + end), after, "{what}");
        }
    }
}

#[test]
fn the_contractor_may_accept_in_the_last_second() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    escrow.go_to(START + 5 * DAY - 1);
    escrow.accept(project).unwrap();
    assert_eq!(escrow.project(project).phase, Phase::Active);
}
