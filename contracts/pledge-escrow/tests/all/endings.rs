//! Early ends: when they come, what goes back, what stays earned.

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::disputes::Dispute;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Admission, Condition, ProjectId};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::harness::{value, Escrow, DAY, START};

#[test]
fn a_milestone_not_submitted_in_time_sends_the_rest_back() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.funded();
        escrow.accept(project).unwrap();
        escrow.go_to(START + 20 * DAY);
        escrow.submit(project, 0).unwrap();
        escrow.go_to(START + 70 * DAY - 1);
        let terminate = ExecuteMsg::Terminate { project };
        assert!(
            escrow.send("anybody", terminate.clone(), &[]).is_err(),
            "the contractor still has a second"
        );
        escrow.go_to(START + 70 * DAY);
        escrow.send("anybody", terminate, &[]).unwrap();
        assert!(escrow.submit(project, 1).is_err(), "too late");
        assert_eq!(escrow.project(project).phase, Phase::Terminated);
        for name in ["A", "B", "C"] {
            escrow.refund(name, project).unwrap();
            assert_eq!(escrow.paid_to(name), 6_000);
        }
        escrow.draw(project).unwrap();
        assert_eq!(
            escrow.paid_to("contractor"),
            10_800,
            "what was earned, less the retention"
        );
        escrow.go_to(START + (70 + 90) * DAY);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 12_000);
    }
}

/// The founding project with a bond of 3,000, in the hands of a contractor who stops somewhere.
fn with_bond(escrow: &mut Escrow) -> ProjectId {
    let mut terms = escrow.founding();
    terms.bond = Amount(3_000);
    let project = escrow.open(&terms);
    for name in ["A", "B", "C"] {
        escrow
            .pledge(name, project, 10_000, Condition::default())
            .unwrap();
    }
    project
}

/// A contractor who vanishes at each stage: what each of the holders has in the end, and what is paid. The bond is theirs once it was
/// posted, and what was earned is the contractor's, who may come back for it.
#[test]
fn a_contractor_who_vanishes_at_each_stage() {
    type Stage = fn(&mut Escrow, ProjectId);
    let nothing: Stage = |_, _| {};
    let accepts: Stage = |escrow, project| drop(escrow.accept(project).unwrap());
    let submits: Stage = |escrow, project| {
        escrow.accept(project).unwrap();
        escrow.submit(project, 0).unwrap();
    };
    let is_objected_to: Stage = |escrow, project| {
        escrow.accept(project).unwrap();
        escrow.submit(project, 0).unwrap();
        escrow.object("A", project, 0).unwrap();
    };
    let is_left_nothing: Stage = |escrow, project| {
        escrow.accept(project).unwrap();
        escrow.submit(project, 0).unwrap();
        escrow.object("A", project, 0).unwrap();
        escrow
            .decide(project, Dispute::Milestone { milestone: 0 }, 0)
            .unwrap();
    };
    let all_submitted: Stage = |escrow, project| {
        escrow.accept(project).unwrap();
        escrow.submit(project, 0).unwrap();
        escrow.submit(project, 1).unwrap();
    };
    let table: [(&str, Stage, Phase, u128, u128); 6] = [
        ("before the acceptance", nothing, Phase::Failed, 10_000, 0),
        ("after it", accepts, Phase::Terminated, 11_000, 0),
        // 12,000 earned, 18,000 and the bond back.
        ("after a milestone", submits, Phase::Terminated, 7_000, 12_000),
        // Silence halves.
        ("in a dispute", is_objected_to, Phase::Terminated, 9_000, 6_000),
        ("after a verdict", is_left_nothing, Phase::Terminated, 11_000, 0),
        (
            "after the last milestone",
            all_submitted,
            Phase::Closed,
            0,
            33_000,
        ),
    ];
    for (what, stage, phase, back, paid) in table {
        for mut escrow in Escrow::of_both() {
            let project = with_bond(&mut escrow);
            stage(&mut escrow, project);
            // Past every due date, which a dispute moves by ten days at most, and the grace.
            escrow.go_to(START + 100 * DAY);
            drop(escrow.terminate(project));
            escrow.go_to(START + 300 * DAY);
            assert_eq!(escrow.project(project).phase, phase, "{what}");
            for name in ["A", "B", "C"] {
                drop(escrow.refund(name, project));
                assert_eq!(escrow.paid_to(name), back, "{what}: {name}");
            }
            drop(escrow.draw(project));
            assert_eq!(escrow.paid_to("contractor"), paid, "{what}");
            assert!(escrow.holding().is_zero(), "{what}: something is left");
        }
    }
}

#[test]
fn what_was_submitted_in_the_last_second_is_paid_after_an_early_end() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.funded();
        escrow.accept(project).unwrap();
        // The first milestone in the last second it may be; the second is not done.
        escrow.go_to(START + 40 * DAY - 1);
        escrow.submit(project, 0).unwrap();
        escrow.go_to(START + 47 * DAY - 2);
        assert!(escrow.draw(project).is_err(), "in review");
        escrow.go_to(START + 70 * DAY);
        escrow
            .send("anybody", ExecuteMsg::Terminate { project }, &[])
            .unwrap();
        assert_eq!(escrow.project(project).defects_end.unwrap().0, START + 160 * DAY);
        escrow.draw(project).unwrap();
        escrow.go_to(START + 160 * DAY - 1);
        assert!(escrow.draw(project).is_err(), "retained");
        escrow.go_to(START + 160 * DAY);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 12_000);
    }
}

/// The review of a milestone outlasts the due date of the next: its retention is kept a defects period from the review on.
#[test]
fn after_an_early_end_the_retention_waits_for_the_last_review_too() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    terms.review_period = gridpact_units::Seconds::days(40);
    let project = escrow.open(&terms);
    for name in ["A", "B", "C"] {
        escrow
            .pledge(name, project, 10_000, Condition::default())
            .unwrap();
    }
    escrow.accept(project).unwrap();
    escrow.go_to(START + 39 * DAY);
    escrow.submit(project, 0).unwrap();
    escrow.go_to(START + 70 * DAY);
    escrow
        .send("anybody", ExecuteMsg::Terminate { project }, &[])
        .unwrap();
    assert!(escrow.draw(project).is_err(), "in review");
    escrow.go_to(START + 79 * DAY);
    escrow.draw(project).unwrap();
    assert_eq!(escrow.paid_to("contractor"), 10_800);
    escrow.go_to(START + (79 + 90) * DAY - 1);
    assert!(escrow.draw(project).is_err(), "retained");
    escrow.go_to(START + (79 + 90) * DAY);
    escrow.draw(project).unwrap();
    assert_eq!(escrow.paid_to("contractor"), 12_000);
}

/// Due after 26 days, with 14 days of grace: in these anybody may still submit late, and nobody may end the project.
#[test]
fn a_milestone_is_ended_only_after_its_due_date_and_grace() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    escrow.accept(project).unwrap();
    let terminate = ExecuteMsg::Terminate { project };
    for at in [26 * DAY, 40 * DAY - 1] {
        escrow.go_to(START + at);
        assert_eq!(
            escrow.send("anybody", terminate.clone(), &[]).unwrap_err().to_string(),
            format!(
                "end: expected the time from {} on, the due date and grace of a milestone that is not submitted, now it is {}",
                START + 40 * DAY,
                START + at
            )
        );
    }
    escrow.submit(project, 0).unwrap();
    // What is submitted is never overdue: the next one's due date counts.
    escrow.go_to(START + 40 * DAY);
    assert!(escrow.send("anybody", terminate.clone(), &[]).is_err());
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 71 * DAY);
    assert_eq!(
        escrow.send("anybody", terminate, &[]).unwrap_err().to_string(),
        "project: expected it active, it is Defects"
    );
}

/// A long review after everything is submitted: active still, and nobody can end it.
#[test]
fn with_everything_submitted_there_is_nothing_to_end() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    terms.review_period = gridpact_units::Seconds::days(200);
    let project = escrow.open(&terms);
    for name in ["A", "B", "C"] {
        escrow
            .pledge(name, project, 10_000, Condition::default())
            .unwrap();
    }
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 150 * DAY);
    let refused = escrow.send("anybody", ExecuteMsg::Terminate { project }, &[]);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "project: expected it with a milestone not submitted, it is Active"
    );
}

/// An acceptance in the last second of its time still comes before the first due date.
#[test]
fn whoever_accepts_in_time_is_not_late_already() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    let last = terms.deadline.0 - 1 + terms.accept_within.0;
    for milestone in &mut terms.milestones {
        milestone.due = UnixSeconds(terms.deadline.0 + terms.accept_within.0 + 1);
    }
    let project = escrow.open(&terms);
    escrow.go_to(terms.deadline.0 - 1);
    for name in ["A", "B", "C"] {
        escrow
            .pledge(name, project, 10_000, Condition::default())
            .unwrap();
    }
    escrow.go_to(last - 1);
    escrow.accept(project).unwrap();
    assert!(escrow
        .send("mallory", ExecuteMsg::Terminate { project }, &[])
        .is_err());
    escrow.submit(project, 0).unwrap();
}

/// Coarse units: 512 of one unit each, a tenth earned. The contractor gets its tenth and the pledgers nine, to the unit.
#[test]
fn after_an_early_end_nobody_gains_by_rounding() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.open_call(512, 512);
    terms.admission = Admission::Open { minimum: Amount(1) };
    terms.milestones[0].share = BasisPoints(1_000);
    terms.milestones[1].share = BasisPoints(9_000);
    let project = escrow.open(&terms);
    let names: Vec<String> = (0..512).map(|number| format!("p{number}")).collect();
    for name in &names {
        escrow
            .pledge_unchecked(name, project, 1, Condition::default())
            .unwrap();
    }
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.go_to(START + 70 * DAY);
    let told = escrow
        .send("anybody", ExecuteMsg::Terminate { project }, &[])
        .unwrap();
    assert_eq!(value(&told.events[0], "returned"), "461");
    for name in &names {
        drop(escrow.send_unchecked(name, ExecuteMsg::ClaimRefund { project }, &[]));
    }
    let back: u128 = names.iter().map(|name| escrow.paid_to(name)).sum();
    escrow.go_to(START + 200 * DAY);
    escrow.draw(project).unwrap();
    assert_eq!((back, escrow.paid_to("contractor")), (461, 51));
    assert!(escrow.holding().is_zero());
}

/// What is held back has its end even where nothing was submitted.
#[test]
fn an_end_before_any_submission_begins_the_defects_period() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.funded();
        escrow.accept(project).unwrap();
        escrow.go_to(START + 40 * DAY);
        escrow.terminate(project).unwrap();
        let told = escrow.project(project);
        assert_eq!(told.defects_end.map(|at| at.0), Some(START + (40 + 90) * DAY));
        assert_eq!(told.returned.0, 30_000);
    }
}
