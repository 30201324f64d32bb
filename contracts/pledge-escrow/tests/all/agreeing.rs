//! Offers and what holders agree to, dates that slip, ends, and the bond.

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::disputes::{Dispute, Proposal};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};
use pledge_escrow::consent::needed;
use pledge_escrow::dates::covered;
use proptest::prelude::*;

use crate::harness::terms::none;
use crate::harness::{Escrow, Outcome, DAY, START};

const BOND: u128 = 3_000;

/// The founding project with a bond, in coins and in tokens, accepted.
fn both(change: impl Fn(&mut Terms)) -> [(Escrow, ProjectId); 2] {
    [Escrow::new(), Escrow::of_tokens()].map(|mut escrow| {
        let mut terms = escrow.founding();
        terms.bond = Amount(BOND);
        change(&mut terms);
        let project = escrow.open(&terms);
        for name in ["A", "B", "C"] {
            escrow.pledge(name, project, 10_000, none()).unwrap();
        }
        escrow.accept(project).unwrap();
        (escrow, project)
    })
}

fn refused(outcome: Outcome, text: &str) {
    let told = outcome.expect_err("it is refused").to_string();
    assert!(told.contains(text), "{told}");
}

fn day(days: u64) -> UnixSeconds {
    UnixSeconds(START + days * DAY)
}

fn due(milestone: u32, days: u64) -> Proposal {
    let due = day(days);
    Proposal::Due { milestone, due }
}

fn dues(escrow: &Escrow, project: ProjectId) -> Vec<u64> {
    let milestones = escrow.project(project).milestones.into_iter();
    milestones
        .map(|milestone| (milestone.due.0 - START) / DAY)
        .collect()
}

fn agree(escrow: &mut Escrow, project: ProjectId, proposal: Proposal) {
    escrow.offer(project, proposal).unwrap();
    let number = escrow.project(project).offer.unwrap().number;
    escrow.consent("A", project, number).unwrap();
    escrow.consent("B", project, number).unwrap();
}

proptest! {
    #[test]
    fn a_share_above_half_is_more_than_half(share in 5_001_u16..=10_000, whole in 1_u128..=u128::MAX / 10_000) {
        let needed = needed(BasisPoints(share), whole);
        prop_assert!(needed > whole / 2 && needed <= whole);
        prop_assert!(needed * 10_000 >= whole * u128::from(share), "it reaches the share");
        prop_assert!((needed - 1) * 10_000 < whole * u128::from(share), "a unit less does not");
    }

    /// Second by second.
    #[test]
    fn times_that_overlap_count_once(times in prop::collection::vec((0_u64..60, 0_u64..30), 0..8)) {
        let times: Vec<_> = times.into_iter().map(|(from, length)| (from, from + length)).collect();
        let within = |second: &u64| times.iter().any(|(from, to)| from <= second && second < to);
        let expected = (0..100).filter(within).count() as u64;
        let times = times.iter().map(|(from, to)| (UnixSeconds(*from), UnixSeconds(*to)));
        prop_assert_eq!(covered(times.collect()), Seconds(expected));
    }
}

#[test]
fn nobody_needs_at_least_a_unit() {
    assert_eq!((needed(BasisPoints(1), 1), needed(BasisPoints(1), 0)), (1, 1));
    assert_eq!(
        (
            needed(BasisPoints(6_000), 30_000),
            needed(BasisPoints(6_000), 30_001)
        ),
        (18_000, 18_001)
    );
    assert_eq!(needed(BasisPoints(10_000), u128::MAX), u128::MAX);
}

#[test]
fn a_date_that_slips_twice() {
    for (mut escrow, project) in both(|_| {}) {
        assert_eq!(dues(&escrow, project), [26, 56]);
        agree(&mut escrow, project, due(0, 36));
        assert_eq!(dues(&escrow, project), [36, 66], "later ones move by the same");
        escrow.go_to(START + 36 * DAY);
        escrow.consent_to_end("A", project).unwrap();
        assert_eq!(escrow.project(project).end_consented, Amount(10_000));
        agree(&mut escrow, project, due(0, 50));
        assert_eq!(dues(&escrow, project), [50, 80]);
        assert_eq!(escrow.project(project).end_consented, Amount::ZERO, "void");
        refused(escrow.consent_to_end("B", project), "the due date of a milestone");
        escrow.submit(project, 0).unwrap();
        agree(&mut escrow, project, due(1, 90));
        assert_eq!(dues(&escrow, project), [50, 90]);
        escrow.go_to(START + 104 * DAY - 1);
        refused(escrow.terminate(project), "the due date and grace");
        escrow.go_to(START + 104 * DAY);
        escrow.terminate(project).unwrap();
        assert_eq!(escrow.project(project).returned, Amount(18_000 + BOND));
    }
}

#[test]
fn a_date_is_later_of_work_to_come_and_not_too_far() {
    let [(mut escrow, project), _] = both(|_| {});
    refused(escrow.offer(project, due(0, 26)), "due: expected");
    let now_due = escrow.project(project).milestones[0].due;
    let later_by = |seconds| Proposal::Due {
        milestone: 0,
        due: now_due.plus(Seconds(seconds)),
    };
    refused(escrow.offer(project, later_by(0)), "due: expected");
    escrow.offer(project, later_by(1)).unwrap();
    refused(escrow.offer(project, due(2, 90)), "not submitted, 0 to 1, got 2");
    refused(escrow.offer(project, due(0, 3_653 - 29)), "due: expected");
    escrow.offer(project, due(0, 3_653 - 30)).unwrap();
    escrow.submit(project, 0).unwrap();
    refused(escrow.consent("A", project, 2), "not submitted, 1 to 1, got 0");
    refused(escrow.offer(project, due(0, 90)), "not submitted, 1 to 1, got 0");
    escrow.submit(project, 1).unwrap();
    for milestone in [1, 2] {
        refused(
            escrow.offer(project, due(milestone, 90)),
            &format!("expected none, since all are submitted, got {milestone}"),
        );
    }
    refused(
        escrow.submit(project, 2),
        "expected none, since all are submitted, got 2",
    );
    refused(
        escrow.send(
            "A",
            ExecuteMsg::Offer {
                project,
                proposal: Proposal::End {},
            },
            &[],
        ),
        "expected the contractor",
    );
}

#[test]
fn a_new_offer_voids_the_consents_to_the_old_one() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.offer(project, due(0, 36)).unwrap();
        escrow.consent("A", project, 1).unwrap();
        escrow.offer(project, due(0, 40)).unwrap();
        refused(
            escrow.consent("B", project, 1),
            "expected the standing one, 2, got 1",
        );
        escrow.consent("B", project, 2).unwrap();
        assert_eq!(dues(&escrow, project), [26, 56], "one of three");
        let back = ExecuteMsg::WithdrawOffer { project };
        escrow.send("contractor", back.clone(), &[]).unwrap();
        refused(escrow.send("contractor", back, &[]), "there is none");
        refused(escrow.consent("C", project, 2), "none stands");
        escrow.offer(project, due(0, 40)).unwrap();
        escrow.consent("B", project, 3).unwrap();
        escrow.consent("C", project, 3).unwrap();
        assert_eq!(dues(&escrow, project), [40, 70]);
        refused(escrow.consent("A", project, 3), "none stands");
    }
}

#[test]
fn disputes_that_run_at_once_move_a_due_date_once() {
    for (mut escrow, project) in both(|terms| {
        let mut third = terms.milestones[1].clone();
        terms.milestones[1].share = BasisPoints(3_000);
        third.share = BasisPoints(3_000);
        terms.milestones.push(third);
    }) {
        escrow.submit(project, 0).unwrap();
        escrow.submit(project, 1).unwrap();
        escrow.go_to(START + 2 * DAY);
        escrow.object("A", project, 0).unwrap();
        escrow.go_to(START + 4 * DAY);
        escrow.object("B", project, 1).unwrap();
        escrow.go_to(START + 8 * DAY);
        assert_eq!(dues(&escrow, project), [26, 62, 62], "it moves with the clock");
        escrow
            .decide(project, Dispute::Milestone { milestone: 0 }, 10_000)
            .unwrap();
        escrow.go_to(START + 9 * DAY);
        escrow
            .decide(project, Dispute::Milestone { milestone: 1 }, 10_000)
            .unwrap();
        escrow.go_to(START + 30 * DAY);
        // Of days 2 to 8 and 4 to 9 seven are covered; the second waited only for the first.
        assert_eq!(dues(&escrow, project), [26, 62, 63]);
    }
}

#[test]
fn the_bond_returns_at_completion() {
    for (mut escrow, project) in both(|_| {}) {
        assert_eq!(escrow.books(project).bond, Amount(BOND));
        escrow.submit(project, 0).unwrap();
        escrow.submit(project, 1).unwrap();
        escrow.go_to(START + 7 * DAY - 1);
        refused(escrow.draw(project), "more than 0");
        escrow.go_to(START + 7 * DAY);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 27_000 + BOND);
    }
}

#[test]
fn the_bond_is_posted_exactly_or_nobody_has_accepted() {
    for mut escrow in [Escrow::new(), Escrow::of_tokens()] {
        let mut terms = escrow.founding();
        terms.bond = Amount(BOND);
        let project = escrow.open(&terms);
        for name in ["A", "B", "C"] {
            escrow.pledge(name, project, 10_000, none()).unwrap();
        }
        refused(
            escrow.accept_with(project, BOND - 1),
            "bond: expected 3000, got 2999",
        );
        refused(
            escrow.accept_with(project, BOND + 1),
            "bond: expected 3000, got 3001",
        );
        assert!(escrow.accept_with(project, 0).is_err());
        assert_eq!(escrow.project(project).phase, Phase::Funded);
        escrow.accept_with(project, BOND).unwrap();
        assert_eq!(escrow.project(project).bond, Amount(BOND));
    }
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    refused(escrow.accept_with(project, 1), "expected none with this message");
}

#[test]
fn the_bond_goes_to_the_holders_after_a_due_date() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.go_to(START + 26 * DAY - 1);
        refused(escrow.consent_to_end("A", project), "the due date of a milestone");
        escrow.go_to(START + 26 * DAY);
        escrow.consent_to_end("A", project).unwrap();
        refused(escrow.consent_to_end("A", project), "stands already");
        refused(escrow.consent_to_end("stranger", project), "expected a holder");
        assert_eq!(escrow.project(project).phase, Phase::Active);
        escrow.consent_to_end("C", project).unwrap();
        let ended = escrow.project(project);
        assert_eq!(
            (ended.phase, ended.returned.0),
            (Phase::Terminated, 30_000 + BOND)
        );
        assert_eq!(ended.ended.unwrap().forfeited, Amount(BOND));
        for name in ["A", "B", "C"] {
            escrow.refund(name, project).unwrap();
            assert_eq!(escrow.paid_to(name), 11_000);
        }
        refused(escrow.draw(project), "more than 0");
        assert!(escrow.holding().is_zero());
    }
}

#[test]
fn the_bond_returns_after_an_end_together() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.submit(project, 0).unwrap();
        escrow.go_to(START + 7 * DAY);
        agree(&mut escrow, project, Proposal::End {});
        let ended = escrow.project(project);
        assert_eq!((ended.phase, ended.returned.0), (Phase::Terminated, 18_000));
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 10_800 + BOND);
        refused(escrow.offer(project, Proposal::End {}), "expected it active");
    }
}

/// Signed by all but the share is not signed.
#[test]
fn no_small_faction_agrees_for_everybody() {
    for (mut escrow, project) in both(|terms| terms.consent = BasisPoints(10_000)) {
        escrow.offer(project, Proposal::End {}).unwrap();
        escrow.consent("A", project, 1).unwrap();
        escrow.consent("B", project, 1).unwrap();
        refused(escrow.consent("stranger", project, 1), "expected a holder");
        assert_eq!(escrow.project(project).phase, Phase::Active);
        escrow.consent("C", project, 1).unwrap();
        assert_eq!(escrow.project(project).phase, Phase::Terminated);
    }
}

/// A contractor who submits what is nothing: objected to, decided, and ended by the holders, bond and all.
#[test]
fn a_milestone_of_which_a_verdict_left_nothing_counts_as_missed() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.submit(project, 0).unwrap();
        refused(escrow.consent_to_end("A", project), "the due date of a milestone");
        escrow.object("A", project, 0).unwrap();
        escrow
            .decide(project, Dispute::Milestone { milestone: 0 }, 0)
            .unwrap();
        escrow.consent_to_end("A", project).unwrap();
        // Another submission does not make up for it.
        escrow.submit(project, 1).unwrap();
        refused(escrow.terminate(project), "not submitted");
        escrow.consent_to_end("B", project).unwrap();
        let ended = escrow.project(project);
        assert_eq!(
            (ended.phase, ended.returned.0),
            (Phase::Terminated, 12_000 + BOND)
        );
        escrow.go_to(START + 7 * DAY);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 16_200, "what was submitted is paid");
    }
}

/// What the contractor agreed to is no failure.
#[test]
fn a_split_of_nothing_that_was_agreed_is_no_miss() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.submit(project, 0).unwrap();
        escrow.object("A", project, 0).unwrap();
        let dispute = Dispute::Milestone { milestone: 0 };
        let kept = BasisPoints(0);
        agree(&mut escrow, project, Proposal::Split { dispute, kept });
        assert_eq!(escrow.project(project).returned, Amount(12_000));
        refused(escrow.consent_to_end("A", project), "the due date of a milestone");
    }
}

/// Late work is work, until somebody ends the project.
#[test]
fn after_a_due_date_the_contractor_may_submit_until_somebody_ends_the_project() {
    for (mut escrow, project) in both(|_| {}) {
        escrow.go_to(START + 45 * DAY);
        escrow.consent_to_end("A", project).unwrap();
        escrow.submit(project, 0).unwrap();
        assert_eq!(escrow.project(project).end_consented, Amount::ZERO);
        refused(escrow.terminate(project), "the due date and grace");
    }
}
