//! Conditions that can never hold are refused; one that was taken can be weakened, and only that.

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::bounds::MOST_PLEDGERS;
use gridpact_types::escrow::terms::{Condition, PledgersCondition};
use gridpact_units::Amount;

use crate::harness::{Escrow, DAY, START};

fn none() -> Condition {
    Condition::default()
}

fn total(amount: u128) -> Condition {
    Condition {
        total: Some(Amount(amount)),
        ..none()
    }
}

fn pledgers(count: u32, at_least: u128) -> Condition {
    let at_least = Amount(at_least);
    Condition {
        pledgers: Some(PledgersCondition { count, at_least }),
        ..none()
    }
}

/// Each row: what can be just so, and what never can.
#[test]
fn what_can_never_be_is_refused_in_a_named_project() {
    let e = Escrow::new();
    let own = e.env.contract.address.to_string();
    let party = |name: &str, amount| e.if_pledged(&[name], amount);
    let itself = Condition {
        parties: vec![gridpact_types::escrow::terms::PartyCondition {
            address: own,
            at_least: Amount(1),
        }],
        ..none()
    };
    let (stranger, contractor, b) = (e.addr("stranger"), e.addr("contractor"), e.addr("B"));
    let table = [
        (party("A", 10_000), None),
        (party("B", 10_000), None),
        (
            party("B", 10_001),
            Some(format!("a pledge of {b} of at most 10000, got 10001")),
        ),
        (
            party("stranger", 1),
            Some(format!("a pledge of {stranger} of at most 0, got 1")),
        ),
        (
            party("contractor", 1),
            Some(format!("a pledge of {contractor} of at most 0, got 1")),
        ),
        (pledgers(3, 10_000), None),
        (
            pledgers(4, 1),
            Some("pledgers with 1 of at most 3, got 4".to_owned()),
        ),
        (
            pledgers(1, 10_001),
            Some("pledgers with 10001 of at most 0, got 1".to_owned()),
        ),
        (total(30_000), None),
        (
            total(30_001),
            Some("a total of at most 30000, got 30001".to_owned()),
        ),
    ];
    for (condition, refused) in table {
        let mut escrow = Escrow::new();
        let project = escrow.open(&escrow.founding());
        let outcome = escrow.pledge("A", project, 10_000, condition.clone());
        let told = outcome.err().map(|error| error.to_string());
        let expected = refused.map(|what| format!("condition: expected what can be, {what}"));
        assert_eq!(told, expected, "{condition:?}");
    }
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.founding());
    let refused = escrow.pledge("A", project, 10_000, itself).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "condition's party: expected an account other than the escrow itself"
    );
}

#[test]
fn what_can_never_be_is_refused_in_an_open_call() {
    let e = Escrow::new();
    let (b, contractor) = (e.addr("B"), e.addr("contractor"));
    let most = 120 * u128::from(MOST_PLEDGERS);
    let table = [
        (e.if_pledged(&["B"], 120), None),
        (
            e.if_pledged(&["B"], 121),
            Some(format!("a pledge of {b} of at most 120, got 121")),
        ),
        (
            e.if_pledged(&["contractor"], 1),
            Some(format!("a pledge of {contractor} of at most 0, got 1")),
        ),
        (pledgers(MOST_PLEDGERS, 120), None),
        (
            pledgers(MOST_PLEDGERS + 1, 1),
            Some(format!("pledgers with 1 of at most {MOST_PLEDGERS}, got 514")),
        ),
        (
            pledgers(1, 121),
            Some("pledgers with 121 of at most 0, got 1".to_owned()),
        ),
        (total(most), None),
        (
            total(most + 1),
            Some(format!("a total of at most {most}, got {}", most + 1)),
        ),
    ];
    for (condition, refused) in table {
        let mut escrow = Escrow::new();
        let project = escrow.open(&escrow.open_call(100, 120));
        let outcome = escrow.pledge("A", project, 20, condition.clone());
        let told = outcome.err().map(|error| error.to_string());
        let expected = refused.map(|what| format!("condition: expected what can be, {what}"));
        assert_eq!(told, expected, "{condition:?}");
    }
}

/// Addresses of a condition in the letters of an address: another spelling would be nobody.
#[test]
fn a_conditions_address_is_checked() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 100));
    let mut condition = escrow.if_pledged(&["B"], 20);
    condition.parties[0].address = condition.parties[0].address.to_uppercase();
    escrow.pledge("A", project, 20, condition).unwrap_err();
    let junk = Condition {
        parties: vec![gridpact_types::escrow::terms::PartyCondition {
            address: "B".to_owned(),
            at_least: Amount(20),
        }],
        ..none()
    };
    escrow.pledge("A", project, 20, junk).unwrap_err();
}

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
