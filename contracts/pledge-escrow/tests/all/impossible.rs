//! Conditions that can never hold are refused: money under one would only be locked.

use gridpact_types::escrow::bounds::MOST_PLEDGERS;
use gridpact_types::escrow::terms::{Condition, PartyCondition};
use gridpact_units::Amount;

use crate::harness::terms::{none, pledgers, total};
use crate::harness::Escrow;

/// Each row: what can be just so, and what never can.
#[test]
fn what_can_never_be_is_refused_in_a_named_project() {
    let e = Escrow::new();
    let own = e.env.contract.address.to_string();
    let party = |name: &str, amount| e.if_pledged(&[name], amount);
    let itself = Condition {
        parties: vec![PartyCondition {
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
        parties: vec![PartyCondition {
            address: "B".to_owned(),
            at_least: Amount(20),
        }],
        ..none()
    };
    escrow.pledge("A", project, 20, junk).unwrap_err();
}
