//! Payees, and defects claims against what is retained.

use gridpact_types::escrow::answers::{ClaimStatus, ClaimsResponse, MilestoneStatus, PayeesResponse, Phase};
use gridpact_types::escrow::disputes::Dispute;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Admission, PayeePart, ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints};

use crate::harness::terms::none;
use crate::harness::{Escrow, Outcome, DAY, START};

fn part(payee: u32, part: u16) -> PayeePart {
    let part = BasisPoints(part);
    PayeePart { payee, part }
}

/// The founding project with a digger, who has a third of the first milestone, and an electrician, who has all of the second.
fn both(change: impl Fn(&mut Terms)) -> [(Escrow, ProjectId); 2] {
    [Escrow::new(), Escrow::of_tokens()].map(|mut escrow| {
        let mut terms = escrow.founding();
        terms.payees = ["digger", "electrician"]
            .map(|name| escrow.addr(name).into_string())
            .to_vec();
        terms.milestones[0].payees = vec![part(1, 3_333)];
        terms.milestones[1].payees = vec![part(2, 10_000)];
        change(&mut terms);
        let project = escrow.open(&terms);
        for name in ["A", "B", "C"] {
            escrow.pledge(name, project, 10_000, none()).unwrap();
        }
        escrow.accept(project).unwrap();
        escrow.submit(project, 0).unwrap();
        (escrow, project)
    })
}

/// The same, complete on day 7.
fn complete(change: impl Fn(&mut Terms)) -> [(Escrow, ProjectId); 2] {
    both(change).map(|(mut escrow, project)| {
        escrow.submit(project, 1).unwrap();
        escrow.go_to(START + 7 * DAY);
        (escrow, project)
    })
}

fn refused(outcome: Outcome, text: &str) {
    let told = outcome.expect_err("it is refused").to_string();
    assert!(told.contains(text), "{told}");
}

fn claims(escrow: &Escrow, project: ProjectId) -> ClaimsResponse {
    escrow.ask(QueryMsg::Claims {
        project,
        start_after: None,
        limit: None,
    })
}

#[test]
fn every_payee_pulls_its_own() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.object("A", project, 0).unwrap();
        // Half of 12,000 is kept: 1,999 of it is the digger's, 4,001 the contractor's, each less a tenth, rounded down.
        escrow
            .decide(project, Dispute::Milestone { milestone: 0 }, 5_000)
            .unwrap();
        refused(escrow.draw_as("digger", project, 0), "expected payee 0");
        refused(
            escrow.draw_as("digger", project, 3),
            "payee: expected 0 to 2, got 3",
        );
        escrow.draw_as("digger", project, 1).unwrap();
        refused(escrow.draw_as("digger", project, 1), "more than 0");
        escrow.draw(project).unwrap();
        assert_eq!(
            (escrow.paid_to("digger"), escrow.paid_to("contractor")),
            (1_800, 3_601)
        );
        escrow.submit(project, 1).unwrap();
        escrow.go_to(START + 7 * DAY);
        escrow.draw_as("electrician", project, 2).unwrap();
        refused(escrow.draw(project), "more than 0");
        escrow.go_to(START + 97 * DAY);
        for (name, payee) in [("contractor", 0), ("digger", 1), ("electrician", 2)] {
            escrow.draw_as(name, project, payee).unwrap();
        }
        assert_eq!(
            (escrow.paid_to("digger"), escrow.paid_to("contractor")),
            (1_999, 4_001)
        );
        assert_eq!(escrow.paid_to("electrician"), 18_000);
    }
}

/// One who cannot be paid stops nobody else, and moves to an address that can.
#[test]
fn a_payee_moves_in_two_steps_and_what_is_retained_follows() {
    for (mut escrow, project) in complete(|_| {}) {
        escrow.draw_as("digger", project, 1).unwrap();
        let to = |escrow: &Escrow, name: &str| ExecuteMsg::MovePayee {
            project,
            payee: 1,
            to: escrow.addr(name).into_string(),
        };
        let confirm = ExecuteMsg::ConfirmMove { project, payee: 1 };
        let msg = to(&escrow, "thief");
        refused(escrow.send("thief", msg, &[]), "expected payee 1");
        refused(escrow.send("thief", confirm.clone(), &[]), "which named none");
        let msg = to(&escrow, "slip");
        escrow.send("digger", msg, &[]).unwrap();
        let msg = to(&escrow, "new digger");
        escrow.send("digger", msg, &[]).unwrap();
        refused(
            escrow.send("slip", confirm.clone(), &[]),
            "expected the address that payee 1 named",
        );
        escrow.send("new digger", confirm.clone(), &[]).unwrap();
        refused(escrow.send("new digger", confirm, &[]), "which named none");
        escrow.go_to(START + 97 * DAY);
        refused(escrow.draw_as("digger", project, 1), "expected payee 1");
        escrow.draw_as("new digger", project, 1).unwrap();
        assert_eq!(escrow.paid_to("digger") + escrow.paid_to("new digger"), 3_999);
        assert_eq!(escrow.paid_to("new digger"), 399, "the retention");
    }
}

#[test]
fn who_is_paid_or_decides_pledges_nothing() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.open_call(1_000, 1_000);
    terms.payees = vec![escrow.addr("digger").into_string()];
    let project = escrow.open(&terms);
    for name in ["contractor", "decider", "digger"] {
        refused(
            escrow.pledge(name, project, 100, none()),
            "nobody who is paid or decides",
        );
        let waits = escrow.if_pledged(&[name], 1);
        refused(escrow.pledge("A", project, 100, waits), "of at most 0");
    }
}

#[test]
fn claims_are_paid_in_order_until_the_retention_is_used_up() {
    for (mut escrow, project) in complete(|_| {}) {
        assert_eq!(escrow.project(project).retention_left.0, 2_999);
        refused(escrow.claim_defects("A", project, 3_000), "expected 1 to 2999");
        refused(escrow.claim_defects("A", project, 0), "expected 1 to 2999");
        escrow.claim_defects("A", project, 2_000).unwrap();
        refused(escrow.claim_defects("A", project, 1), "this one supports 1");
        // Open claims may ask for more than there is together.
        escrow.claim_defects("B", project, 2_500).unwrap();
        assert_eq!(escrow.project(project).open_claims, [1, 2]);
        escrow.decide(project, Dispute::Claim { claim: 2 }, 0).unwrap();
        assert_eq!(escrow.project(project).retention_left.0, 499);
        escrow
            .decide(project, Dispute::Claim { claim: 1 }, 2_500)
            .unwrap();
        let told = claims(&escrow, project);
        let awarded: Vec<u128> = told.claims.iter().map(|claim| claim.awarded.0).collect();
        assert_eq!(awarded, [499, 2_500], "1,500 were asked for, 499 were left");
        refused(escrow.claim_defects("C", project, 1), "expected 1 to 0");
        for name in ["A", "B", "C"] {
            escrow.refund(name, project).unwrap();
        }
        let back: u128 = ["A", "B", "C"].map(|name| escrow.paid_to(name)).iter().sum();
        assert_eq!(back, 2_999);
    }
}

#[test]
fn claims_of_one_second_are_paid_in_the_order_in_which_they_came_before_the_decider() {
    for mut escrow in [Escrow::new(), Escrow::of_tokens()] {
        let mut terms = escrow.founding();
        terms.admission = Admission::Open {
            minimum: Amount(1_000),
        };
        terms.decider.as_mut().unwrap().silence = BasisPoints(0);
        let project = escrow.open(&terms);
        for (name, amount) in [("A", 6_000), ("B", 12_000), ("C", 12_000)] {
            escrow.pledge(name, project, amount, none()).unwrap();
        }
        escrow.accept(project).unwrap();
        for milestone in [0, 1] {
            escrow.submit(project, milestone).unwrap();
        }
        escrow.go_to(START + 7 * DAY);
        // A has a fifth of the votes, too little for its claim; B's goes before the decider at once, and A's when C supports it.
        escrow.claim_defects("A", project, 2_000).unwrap();
        escrow.claim_defects("B", project, 2_500).unwrap();
        escrow.support_claim("C", project, 1).unwrap();
        assert_eq!(escrow.project(project).open_claims, [2, 1]);
        // Silence for ten days leaves the contractor nothing of what is asked for; 3,000 are retained.
        escrow.go_to(START + 17 * DAY);
        let awarded: Vec<u128> = claims(&escrow, project)
            .claims
            .iter()
            .map(|claim| claim.awarded.0)
            .collect();
        assert_eq!(awarded, [500, 2_500]);
    }
}

#[test]
fn an_open_claim_holds_the_retention() {
    for (mut escrow, project) in complete(|_| {}) {
        escrow.go_to(START + 97 * DAY - 1);
        escrow.claim_defects("A", project, 1_000).unwrap();
        escrow.draw(project).unwrap();
        escrow.go_to(START + 97 * DAY);
        refused(escrow.draw(project), "more than 0");
        refused(
            escrow.claim_defects("B", project, 1),
            "expected the defects period",
        );
        assert_eq!(escrow.project(project).phase, Phase::Defects);
        // Silence halves it, ten days later.
        escrow.go_to(START + 107 * DAY - 2);
        refused(escrow.draw(project), "more than 0");
        escrow.go_to(START + 107 * DAY - 1);
        let told = escrow.project(project);
        assert_eq!((told.phase, told.retention_left.0), (Phase::Closed, 2_499));
        assert_eq!(claims(&escrow, project).claims[0].status, ClaimStatus::Decided);
        escrow.draw(project).unwrap();
    }
}

#[test]
fn the_retention_less_awards_is_divided_to_the_unit() {
    for (mut escrow, project) in complete(|_| {}) {
        escrow.claim_defects("A", project, 1_000).unwrap();
        escrow.decide(project, Dispute::Claim { claim: 1 }, 0).unwrap();
        escrow.go_to(START + 97 * DAY);
        let told: PayeesResponse = escrow.ask(QueryMsg::Payees { project });
        let drawable: u128 = told.payees.iter().map(|payee| payee.drawable.0).sum();
        assert_eq!(drawable, 29_000);
        for (name, payee) in [("contractor", 0), ("digger", 1), ("electrician", 2)] {
            escrow.draw_as(name, project, payee).unwrap();
        }
        for name in ["A", "B", "C"] {
            escrow.refund(name, project).unwrap();
        }
        assert!(escrow.holding().is_zero());
    }
}

#[test]
fn a_claim_gathers_support_before_it_goes_to_the_decider() {
    let share = |terms: &mut Terms| terms.decider.as_mut().unwrap().objection = BasisPoints(5_000);
    for (mut escrow, project) in complete(share) {
        escrow.claim_defects("A", project, 1_000).unwrap();
        assert_eq!(claims(&escrow, project).claims[0].status, ClaimStatus::Gathering);
        let back = ExecuteMsg::WithdrawSupport { project };
        escrow.send("A", back.clone(), &[]).unwrap();
        assert!(claims(&escrow, project).claims.is_empty(), "nobody supports it");
        refused(
            escrow.support_claim("B", project, 1),
            "there is none of this number",
        );
        escrow.claim_defects("A", project, 1_000).unwrap();
        escrow.support_claim("B", project, 2).unwrap();
        refused(escrow.send("A", back, &[]), "before the decider");
        refused(
            escrow.support_claim("C", project, 2),
            "before the decider, or decided",
        );
        refused(escrow.support_claim("stranger", project, 2), "expected a holder");
        let claim = &claims(&escrow, project).claims[0];
        assert_eq!((claim.status, claim.supported.0), (ClaimStatus::Open, 20_000));
        // One that too few support holds nothing.
        escrow
            .decide(project, Dispute::Claim { claim: 2 }, 10_000)
            .unwrap();
        escrow.claim_defects("C", project, 5).unwrap();
        escrow.go_to(START + 97 * DAY);
        assert_eq!(escrow.project(project).phase, Phase::Closed);
        assert_eq!(claims(&escrow, project).claims[1].status, ClaimStatus::Lapsed);
    }
}

#[test]
fn at_most_four_claims_are_before_the_decider_at_once() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.open_call(500, 500);
    terms.decider.as_mut().unwrap().objection = BasisPoints(2_000);
    let project = escrow.open(&terms);
    for name in ["A", "B", "C", "D", "E"] {
        escrow.pledge(name, project, 100, none()).unwrap();
    }
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 7 * DAY);
    for name in ["A", "B", "C", "D"] {
        escrow.claim_defects(name, project, 50).unwrap();
    }
    refused(
        escrow.claim_defects("E", project, 50),
        "expected fewer than 4 before the decider at once",
    );
    escrow
        .decide(project, Dispute::Claim { claim: 3 }, 9_000)
        .unwrap();
    escrow.claim_defects("E", project, 45).unwrap();
    assert_eq!(escrow.project(project).retention_left, Amount(45));
}

/// 64 returns by claims at most, since who takes money back looks at each. A claim that was awarded nothing is none of them.
#[test]
fn sixty_four_claims_are_awarded_something_and_no_more() {
    for (mut escrow, project) in complete(|_| {}) {
        let mut claim = 0;
        let mut decided = |escrow: &mut Escrow, kept: u16| {
            claim += 1;
            escrow.claim_defects("A", project, 1).unwrap();
            escrow.decide(project, Dispute::Claim { claim }, kept).unwrap();
        };
        for _ in 0..3 {
            decided(&mut escrow, 10_000);
        }
        for _ in 0..64 {
            decided(&mut escrow, 0);
        }
        assert_eq!(escrow.project(project).retention_left.0, 2_999 - 64);
        refused(
            escrow.claim_defects("A", project, 1),
            "expected fewer than 64 that were or may be awarded something",
        );
    }
}

/// A milestone of which all is retained is paid when that is: a draw of something else, here the bond, is no draw of it.
#[test]
fn a_milestone_of_which_all_is_retained_is_paid_in_the_end() {
    let whole = |terms: &mut Terms| {
        terms.retention = BasisPoints(10_000);
        terms.bond = Amount(600);
        terms
            .milestones
            .iter_mut()
            .for_each(|milestone| milestone.payees.clear());
    };
    for mut escrow in Escrow::of_both() {
        let mut terms = escrow.founding();
        whole(&mut terms);
        let project = escrow.open(&terms);
        for name in ["A", "B", "C"] {
            escrow.pledge(name, project, 10_000, none()).unwrap();
        }
        escrow.accept_with(project, 600).unwrap();
        for milestone in 0..2 {
            escrow.submit(project, milestone).unwrap();
        }
        escrow.go_to(START + 7 * DAY);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 600, "the bond");
        let status = |escrow: &Escrow| {
            escrow
                .project(project)
                .milestones
                .iter()
                .map(|work| work.status)
                .collect::<Vec<_>>()
        };
        assert_eq!(status(&escrow), [MilestoneStatus::Payable; 2]);
        escrow.go_to(START + 97 * DAY);
        assert_eq!(status(&escrow), [MilestoneStatus::Payable; 2]);
        escrow.draw(project).unwrap();
        assert_eq!(status(&escrow), [MilestoneStatus::Paid; 2]);
    }
}
