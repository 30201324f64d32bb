//! Objections and what the decider, silence or agreement makes of them, to the second and to the unit.

use gridpact_escrow_model::sending::reason;
use gridpact_types::escrow::answers::{
    ClaimsResponse, HeldWhy, MilestoneStatus, ObjectionsResponse, PayeesResponse, Phase, VotesResponse,
};
use gridpact_types::escrow::disputes::{DecidedBy, Dispute, Proposal};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::harness::terms::none;
use crate::harness::{value, Escrow, DAY, START};

const FIRST: Dispute = Dispute::Milestone { milestone: 0 };
const SECOND: Dispute = Dispute::Milestone { milestone: 1 };

/// The founding project in coins and in tokens, accepted, the first milestone submitted on its first day.
fn both(change: impl Fn(&mut Terms)) -> [(Escrow, ProjectId); 2] {
    [Escrow::new(), Escrow::of_tokens()].map(|mut escrow| {
        let mut terms = escrow.founding();
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

/// Half of what was paid must object: two of three.
fn two_must(terms: &mut Terms) {
    terms.decider.as_mut().unwrap().objection = BasisPoints(5_000);
}

fn status(escrow: &Escrow, project: ProjectId, milestone: usize) -> MilestoneStatus {
    escrow.project(project).milestones[milestone].status
}

fn refused(outcome: crate::harness::Outcome, text: &str) {
    let told = outcome.expect_err("it is refused").to_string();
    assert!(told.contains(text), "{told}");
}

#[test]
fn a_verdict_splits_to_the_unit() {
    // 12,000 in dispute; of an odd split 7,333 parts in 10,000 are kept.
    for (kept, pays, back) in [(10_000, 12_000, 0), (0, 0, 12_000), (7_333, 8_799, 3_201)] {
        for (mut escrow, project) in both(|_| {}) {
            escrow.object("A", project, 0).unwrap();
            assert_eq!(status(&escrow, project, 0), MilestoneStatus::Disputed);
            escrow.go_to(START + 9 * DAY);
            let told = escrow.decide(project, FIRST, kept).unwrap();
            assert_eq!(value(&told.events[0], "returned"), back.to_string());
            assert_eq!(escrow.project(project).returned, Amount(back));
            let mut returned = 0;
            for name in ["A", "B", "C"] {
                drop(escrow.refund(name, project));
                returned += escrow.paid_to(name);
                assert!(escrow.paid_to(name).abs_diff(back / 3) <= 1, "pro rata");
            }
            assert_eq!(returned, back, "at once, and to the unit");
            drop(escrow.draw(project));
            assert_eq!(
                escrow.paid_to("contractor"),
                pays - pays / 10,
                "less the retention"
            );
            refused(escrow.decide(project, FIRST, 5_000), "expected one that is open");
            refused(escrow.submit(project, 0), "expected 1, the next one");
            let expected = if kept == 0 {
                MilestoneStatus::Returned
            } else {
                MilestoneStatus::Paid
            };
            assert_eq!(status(&escrow, project, 0), expected);
        }
    }
}

/// With the milestone or the claim; of what silence decided there is none.
#[test]
fn why_the_decider_decided_so_is_told() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.submit(project, 1).unwrap();
        for milestone in [0, 1] {
            escrow.object("A", project, milestone).unwrap();
        }
        let why = |escrow: &Escrow| {
            let milestones = escrow.project(project).milestones.into_iter();
            milestones.map(|milestone| milestone.verdict).collect::<Vec<_>>()
        };
        assert_eq!(why(&escrow), [None, None]);
        escrow.decide(project, SECOND, 10_000).unwrap();
        assert_eq!(why(&escrow), [None, Some(reason())]);
        escrow.go_to(START + 10 * DAY);
        escrow.claim_defects("A", project, 100).unwrap();
        escrow.claim_defects("B", project, 100).unwrap();
        escrow
            .decide(project, Dispute::Claim { claim: 1 }, 5_000)
            .unwrap();
        escrow.go_to(START + 20 * DAY);
        assert_eq!(why(&escrow), [None, Some(reason())], "claim 1 is not milestone 1");
        let told: ClaimsResponse = escrow.ask(QueryMsg::Claims {
            project,
            start_after: None,
            limit: None,
        });
        let why: Vec<_> = told.claims.into_iter().map(|claim| claim.verdict).collect();
        assert_eq!(why, [Some(reason()), None]);
    }
}

#[test]
fn silence_halves_and_is_paid_without_anybodys_message() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.object("A", project, 0).unwrap();
        escrow.go_to(START + 10 * DAY - 1);
        assert_eq!(status(&escrow, project, 0), MilestoneStatus::Disputed);
        assert_eq!(escrow.project(project).drawable, Amount::ZERO);
        escrow.go_to(START + 10 * DAY);
        let told = escrow.project(project);
        assert_eq!((told.drawable, told.returned), (Amount(5_400), Amount(6_000)));
        let decided = told.milestones[0].decided.unwrap();
        assert_eq!(
            (decided.by, decided.at),
            (DecidedBy::Silence, UnixSeconds(START + 10 * DAY))
        );
        refused(escrow.decide(project, FIRST, 0), "expected one that is open");
        // The next message tells of it, first.
        escrow.go_to(START + 20 * DAY);
        let told = escrow.refund("B", project).unwrap();
        let names: Vec<_> = told.events.iter().map(|event| event.ty.as_str()).collect();
        assert_eq!(names, ["decided", "refunded"]);
        assert_eq!(value(&told.events[0], "by"), "silence");
        assert_eq!(value(&told.events[0], "at"), (START + 10 * DAY).to_string());
        assert_eq!(escrow.draw(project).unwrap().events.len(), 1, "once");
        assert_eq!(
            (escrow.paid_to("B"), escrow.paid_to("contractor")),
            (2_000, 5_400)
        );
    }
}

#[test]
fn silence_as_the_terms_say_it() {
    for (silence, drawable, returned) in [(0, 0, 12_000), (10_000, 10_800, 0)] {
        let change = |terms: &mut Terms| terms.decider.as_mut().unwrap().silence = BasisPoints(silence);
        for (mut escrow, project) in both(change) {
            escrow.object("C", project, 0).unwrap();
            escrow.go_to(START + 10 * DAY);
            let told = escrow.project(project);
            assert_eq!((told.drawable.0, told.returned.0), (drawable, returned));
        }
    }
}

#[test]
fn a_review_ends_to_the_second() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.go_to(START + 7 * DAY - 1);
        escrow.object("A", project, 0).unwrap();
        assert_eq!(status(&escrow, project, 0), MilestoneStatus::Disputed);
    }
    for (mut escrow, project) in both(two_must) {
        escrow.object("A", project, 0).unwrap();
        escrow.go_to(START + 7 * DAY);
        refused(escrow.object("B", project, 0), "expected it in review before");
        refused(
            escrow.withdraw_objection("A", project, 0),
            "expected it in review before",
        );
        assert_eq!(
            status(&escrow, project, 0),
            MilestoneStatus::Payable,
            "too few objected"
        );
        refused(escrow.object("B", project, 1), "not submitted");
    }
}

#[test]
fn the_deciders_time_ends_to_the_second() {
    for (at, taken) in [(10 * DAY - 1, true), (10 * DAY, false), (10 * DAY + 1, false)] {
        for (mut escrow, project) in both(|_| {}) {
            escrow.object("A", project, 0).unwrap();
            let until = escrow.project(project).milestones[0].decide_until;
            assert_eq!(until, Some(UnixSeconds(START + 10 * DAY)));
            escrow.go_to(START + at);
            assert_eq!(escrow.decide(project, FIRST, 10_000).is_ok(), taken);
        }
    }
}

#[test]
fn a_friend_of_the_contractor_cannot_take_the_dispute_back() {
    for (mut escrow, project) in both(two_must) {
        escrow.object("A", project, 0).unwrap();
        escrow.withdraw_objection("A", project, 0).unwrap();
        refused(escrow.withdraw_objection("A", project, 0), "there is none");
        escrow.object("A", project, 0).unwrap();
        refused(escrow.object("A", project, 0), "stands already");
        escrow.object("B", project, 0).unwrap();
        escrow.go_to(START + 7 * DAY - 1);
        for name in ["A", "B"] {
            refused(escrow.withdraw_objection(name, project, 0), "before the decider");
        }
        // Nor does the friend alone agree with the contractor on a split.
        let split = Proposal::Split {
            dispute: FIRST,
            kept: BasisPoints(10_000),
        };
        escrow.offer(project, split).unwrap();
        escrow.consent("A", project, 1).unwrap();
        refused(escrow.consent("A", project, 1), "stands already");
        assert_eq!(status(&escrow, project, 0), MilestoneStatus::Disputed);
        // And the others are heard too.
        escrow.object("C", project, 0).unwrap();
        let heard: ObjectionsResponse = escrow.ask(QueryMsg::Objections {
            project,
            milestone: 0,
            start_after: None,
            limit: None,
        });
        let sum: u128 = heard.objections.iter().map(|objection| objection.amount.0).sum();
        assert_eq!((heard.objections.len(), sum, heard.more), (3, 30_000, false));
        assert!(heard
            .objections
            .iter()
            .all(|objection| objection.reason.uri == "ipfs://why"));
    }
}

#[test]
fn one_dispute_holds_up_no_other_milestone() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.submit(project, 1).unwrap();
        escrow.object("A", project, 0).unwrap();
        escrow.go_to(START + 7 * DAY);
        assert_eq!(status(&escrow, project, 0), MilestoneStatus::Disputed);
        assert_eq!(status(&escrow, project, 1), MilestoneStatus::Payable);
        assert_eq!(escrow.project(project).phase, Phase::Active);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 16_200);
        escrow.go_to(START + 10 * DAY);
        assert_eq!(
            escrow.project(project).phase,
            Phase::Defects,
            "settled by silence"
        );
    }
}

#[test]
fn without_a_decider_nobody_objects() {
    for (mut escrow, project) in both(|terms| terms.decider = None) {
        assert_eq!(escrow.project(project).objection_needed, None);
        refused(escrow.object("A", project, 0), "expected a decider");
        refused(escrow.decide(project, FIRST, 0), "expected a decider");
        escrow.submit(project, 1).unwrap();
        escrow.go_to(START + 7 * DAY);
        refused(escrow.claim_defects("A", project, 1), "expected a decider");
    }
}

#[test]
fn what_was_submitted_before_an_end_goes_its_way() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.object("A", project, 0).unwrap();
        escrow.offer(project, Proposal::End {}).unwrap();
        escrow.consent("B", project, 1).unwrap();
        escrow.consent("C", project, 1).unwrap();
        let ended = escrow.project(project);
        assert_eq!((ended.phase, ended.returned.0), (Phase::Terminated, 18_000));
        assert_eq!(status(&escrow, project, 0), MilestoneStatus::Disputed);
        escrow.decide(project, FIRST, 2_500).unwrap();
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 2_700);
        for name in ["A", "B", "C"] {
            escrow.refund(name, project).unwrap();
            assert_eq!(escrow.paid_to(name), 9_000);
        }
        escrow.go_to(START + 90 * DAY);
        escrow.draw(project).unwrap();
        assert!(escrow.holding().is_zero());
    }
}

/// A decider is asked once for each dispute, in whatever order.
#[test]
fn two_disputes_are_decided_apart() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.submit(project, 1).unwrap();
        escrow.object("A", project, 0).unwrap();
        escrow.object("B", project, 1).unwrap();
        escrow.decide(project, SECOND, 0).unwrap();
        assert_eq!(escrow.project(project).returned.0, 18_000);
        escrow.decide(project, FIRST, 10_000).unwrap();
        assert_eq!(escrow.project(project).returned.0, 18_000);
        // Nothing was left of the last milestone: completion waits a grace, in which holders can end the project.
        escrow.go_to(START + 14 * DAY - 1);
        assert_eq!(escrow.project(project).phase, Phase::Active);
        escrow.go_to(START + 14 * DAY);
        assert_eq!(escrow.project(project).phase, Phase::Defects);
    }
}

#[test]
fn a_payee_is_told_what_is_held_back_why_and_until_when() {
    let [(mut escrow, project), _] = both(|terms| terms.bond = Amount(300));
    let held = |escrow: &Escrow| {
        let told: PayeesResponse = escrow.ask(QueryMsg::Payees { project });
        let held = told.payees[0].held.iter();
        held.map(|held| (held.amount.0, held.why, held.until.map(|at| (at.0 - START) / DAY)))
            .collect::<Vec<_>>()
    };
    let bond = (300, HeldWhy::Bond, None);
    assert_eq!(held(&escrow), [(12_000, HeldWhy::Review, Some(7)), bond]);
    escrow.object("A", project, 0).unwrap();
    assert_eq!(held(&escrow), [(12_000, HeldWhy::Dispute, Some(10)), bond]);
    escrow.decide(project, FIRST, 5_000).unwrap();
    assert_eq!(held(&escrow), [(600, HeldWhy::Retention, None), bond]);
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 7 * DAY);
    assert_eq!(held(&escrow), [(2_400, HeldWhy::Retention, Some(97))]);
    escrow.claim_defects("B", project, 100).unwrap();
    assert_eq!(held(&escrow), [(2_400, HeldWhy::Claim, Some(97))]);
    let votes: VotesResponse = escrow.ask(QueryMsg::Votes {
        project,
        pledger: escrow.addr("A").into_string(),
    });
    assert_eq!((votes.paid.0, votes.objects_to), (10_000, vec![0]));
}

#[test]
fn a_decider_cannot_give_more_than_the_whole() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.object("A", project, 0).unwrap();
        refused(
            escrow.decide(project, FIRST, 10_001),
            "expected at most 10000 basis points",
        );
        let split = Proposal::Split {
            dispute: FIRST,
            kept: BasisPoints(10_001),
        };
        refused(
            escrow.offer(project, split),
            "expected at most 10000 basis points",
        );
        escrow.decide(project, FIRST, 10_000).unwrap();
    }
}
