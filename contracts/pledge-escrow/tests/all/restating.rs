//! A condition that was taken can be weakened, and only that.

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::Amount;

use crate::harness::terms::{none, pledgers, total};
use crate::harness::{Escrow, DAY, START};

#[test]
fn a_condition_is_restated_field_by_field_and_only_weaker() {
    let e = Escrow::new();
    let stated = Condition {
        total: Some(Amount(90)),
        ..Condition {
            pledgers: pledgers(4, 20).pledgers,
            ..e.if_pledged(&["B", "C"], 30)
        }
    };
    let change = |change: &dyn Fn(&mut Condition)| {
        let mut condition = stated.clone();
        change(&mut condition);
        condition
    };
    let table = [
        ("the same", change(&|_| ()), true),
        ("a smaller total", change(&|c| c.total = Some(Amount(89))), true),
        ("a larger total", change(&|c| c.total = Some(Amount(91))), false),
        ("no total", change(&|c| c.total = None), true),
        ("fewer", change(&|c| c.pledgers.as_mut().unwrap().count = 3), true),
        ("more", change(&|c| c.pledgers.as_mut().unwrap().count = 5), false),
        (
            "smaller ones",
            change(&|c| c.pledgers.as_mut().unwrap().at_least = Amount(19)),
            true,
        ),
        (
            "larger ones",
            change(&|c| c.pledgers.as_mut().unwrap().at_least = Amount(21)),
            false,
        ),
        (
            "fewer, but larger ones",
            change(&|c| c.pledgers = pledgers(1, 21).pledgers),
            false,
        ),
        ("any number", change(&|c| c.pledgers = None), true),
        ("less of B", change(&|c| c.parties[0].at_least = Amount(29)), true),
        (
            "more of B",
            change(&|c| c.parties[0].at_least = Amount(31)),
            false,
        ),
        ("nothing of B", change(&|c| drop(c.parties.remove(0))), true),
        (
            "of another",
            change(&|c| c.parties[0].address = e.addr("D").into_string()),
            false,
        ),
        (
            "of one more",
            change(&|c| c.parties.extend(e.if_pledged(&["D"], 1).parties)),
            false,
        ),
        ("nothing", none(), true),
    ];
    for (what, restated, is_weaker) in table {
        let mut escrow = Escrow::new();
        let project = escrow.open(&escrow.open_call(100, 100));
        escrow.pledge("A", project, 20, stated.clone()).unwrap();
        let outcome = escrow.restate("A", project, restated.clone());
        assert_eq!(outcome.is_ok(), is_weaker, "{what}: {outcome:?}");
        let answer = escrow.pledge_of(project, "A");
        let expected = if is_weaker { restated } else { stated.clone() };
        assert_eq!(answer.condition, expected, "{what}");
        // Further money comes under what is stated now.
        assert!(escrow.pledge("A", project, 1, answer.condition).is_ok(), "{what}");
    }
}

/// A party named twice asks for the larger of both.
#[test]
fn of_a_party_named_twice_the_larger_amount_counts() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 100));
    let mut twice = escrow.if_pledged(&["B", "B"], 10);
    twice.parties[1].at_least = Amount(30);
    escrow.pledge("A", project, 20, twice).unwrap();
    let of_b = |escrow: &Escrow, amount| escrow.if_pledged(&["B"], amount);
    let (more, same) = (of_b(&escrow, 31), of_b(&escrow, 30));
    assert_eq!(
        escrow.restate("A", project, more).unwrap_err().to_string(),
        "condition: expected each part absent, or no more than it was, got one that asks for more"
    );
    escrow.restate("A", project, same).unwrap();
}

#[test]
fn a_slip_in_a_condition_is_mended_and_the_project_is_funded() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.founding());
    let others = |escrow: &Escrow, names: &[&str]| escrow.if_pledged(names, 10_000);
    let (of_a, of_b, of_c) = (
        others(&escrow, &["B", "C"]),
        others(&escrow, &["A", "C"]),
        Condition {
            total: Some(Amount(30_000)),
            ..others(&escrow, &["A", "B"])
        },
    );
    escrow.pledge("A", project, 10_000, of_a).unwrap();
    escrow.pledge("C", project, 10_000, of_c).unwrap();
    // B asks for more than A and C will: for a fourth... whom the terms do not admit. It is refused, so B asks for both.
    escrow.pledge("B", project, 10_000, of_b).unwrap();
    assert_eq!(escrow.project(project).phase, Phase::Funded);

    // A asks for four of 10, and only three come: with a weaker condition all join, and that funds the project.
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(90, 90));
    escrow.pledge("A", project, 30, pledgers(4, 10)).unwrap();
    let on_a = escrow.if_pledged(&["A"], 30);
    escrow.pledge("B", project, 30, on_a).unwrap();
    escrow.pledge("C", project, 30, none()).unwrap();
    assert_eq!(escrow.project(project).consistent, Amount(30));
    let told = escrow.restate("A", project, pledgers(3, 10)).unwrap();
    let names: Vec<&str> = told.events.iter().map(|event| event.ty.as_str()).collect();
    assert_eq!(names, ["restated", "joined", "joined", "funded"]);
    let state = escrow.project(project);
    assert_eq!((state.phase, state.consistent), (Phase::Funded, Amount(90)));
}

#[test]
fn whoever_asks_for_nothing_any_more_is_in_the_set() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 100));
    escrow.pledge("A", project, 30, total(90)).unwrap();
    escrow.restate("A", project, none()).unwrap();
    let pledge = escrow.pledge_of(project, "A");
    assert_eq!((pledge.consistent, pledge.condition), (true, none()));
    assert_eq!(escrow.project(project).consistent, Amount(30));
}

#[test]
fn a_member_may_restate_and_stays_one() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 100));
    escrow.pledge("A", project, 30, total(30)).unwrap();
    escrow.restate("A", project, none()).unwrap();
    assert!(escrow.pledge_of(project, "A").consistent);
    let state = escrow.project(project);
    assert_eq!((state.consistent, state.consistent_pledges), (Amount(30), 1));
}

#[test]
fn only_a_pledger_restates_and_only_while_the_project_is_open() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 100));
    let b = escrow.addr("B");
    assert_eq!(
        escrow.restate("B", project, none()).unwrap_err().to_string(),
        format!("no pledge of {b} in project {project}")
    );
    escrow.pledge("A", project, 30, total(90)).unwrap();
    escrow.go_to(START + 10 * DAY - 1);
    escrow.restate("A", project, total(80)).unwrap();
    escrow.go_to(START + 10 * DAY);
    assert_eq!(
        escrow.restate("A", project, total(70)).unwrap_err().to_string(),
        "project: expected it open, it is Failed"
    );
}
