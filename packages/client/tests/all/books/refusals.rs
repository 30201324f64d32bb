//! Transactions that say too little, or what cannot be.

use gridpact_client::{Cause, ChainEvent, Message};
use gridpact_testing::fixtures::{export, import, nothing};
use gridpact_testing::MoneyKind;
use gridpact_units::Seconds;

use super::chronicle::{Chronicle, CHALLENGE};
use super::telling::{transaction, Done};

/// Three homes with money, and a report that the chain accepted.
fn reported() -> (Chronicle, Done) {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    chronicle.world.advance(Seconds(900));
    let readings = [export(2_000_000), import(1_000_000), nothing()];
    let report = chronicle.report(&readings).unwrap();
    (chronicle, report)
}

fn change(events: &mut [ChainEvent], kind: &str, key: &str, to: &str) {
    let event = events.iter_mut().find(|event| event.kind == kind).unwrap();
    let (_, value) = event.attributes.iter_mut().find(|(name, _)| name == key).unwrap();
    *value = to.to_owned();
}

fn refusal(chronicle: &mut Chronicle, done: Done) -> String {
    chronicle.read(vec![done]).unwrap_err().to_string()
}

#[test]
fn a_message_has_the_event_of_what_it_asked_for() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let (message, mut events) = chronicle.deposit(0, 5).unwrap();
    assert_eq!(
        refusal(&mut chronicle, (message.clone(), vec![])),
        "expected the event of a message `deposit`, got none"
    );
    change(&mut events, "wasm-deposited", "amount", "6");
    let said = refusal(&mut chronicle, (message, events));
    assert_eq!(said, "expected the event of a message `deposit`, got none");
}

#[test]
fn a_report_stands_in_its_message_alone() {
    let (mut chronicle, (_, events)) = reported();
    let hidden = (Message::Other("/another.contracts.doing".to_owned()), events);
    let error = chronicle.read(vec![hidden]).unwrap_err();
    assert!(matches!(error, Cause::HiddenReport { .. }), "{error:?}");
}

#[test]
fn another_report_than_the_one_that_was_accepted_is_none() {
    let (mut chronicle, (_, events)) = reported();
    let other = chronicle
        .grid
        .write_report(&chronicle.world, &[export(1_000), import(1_000), nothing()]);
    let msg = gridpact_types::registry::messages::ExecuteMsg::Report {
        report: other.into(),
        signatures: vec![],
    };
    let registry = chronicle.grid.registry.addr.to_string();
    let message = Message::execute(&registry, &msg, vec![]).unwrap();
    assert_eq!(
        refusal(&mut chronicle, (message, events)),
        "expected the event of a message `report`, got none"
    );
}

#[test]
fn a_report_that_no_quorum_signed_cannot_be() {
    let (mut chronicle, (message, events)) = reported();
    let Message::Execute { contract, msg, funds } = message else {
        unreachable!()
    };
    let mut msg: serde_json::Value = serde_json::from_slice(&msg).unwrap();
    msg["report"]["signatures"].as_array_mut().unwrap().pop();
    let msg = serde_json::to_vec(&msg).unwrap();
    let said = refusal(
        &mut chronicle,
        (Message::Execute { contract, msg, funds }, events),
    );
    assert!(said.ends_with("signatures: expected at least 3, got 2"), "{said}");
    assert!(said.starts_with("event 6, at unix second "), "{said}");
}

#[test]
fn results_that_the_contract_told_otherwise_are_differences() {
    let (mut chronicle, (message, mut events)) = reported();
    change(&mut events, "wasm-window_settled", "credits", "12345");
    chronicle.read(vec![(message, events)]).unwrap();
    let differences = chronicle.differences();
    assert_eq!(differences.len(), 1, "{differences:?}");
    assert!(
        differences[0].starts_with("transaction ABC: window ")
            && differences[0].ends_with(" is told as 12345"),
        "{differences:?}"
    );
}

#[test]
fn windows_that_became_final_otherwise_are_differences() {
    let (mut chronicle, first) = reported();
    chronicle.read(vec![first]).unwrap();
    chronicle.world.advance(CHALLENGE);
    let second = chronicle.report(&[export(2_000_000), import(1_000_000), nothing()]);
    let (message, mut events) = second.unwrap();
    change(&mut events, "wasm-window_finalised", "credits", "1");
    chronicle.read(vec![(message, events)]).unwrap();
    let differences = chronicle.differences();
    assert_eq!(differences.len(), 1, "{differences:?}");
    assert!(
        differences[0].starts_with("transaction ABC: windows made final, and their credits: ["),
        "{differences:?}"
    );
}

#[test]
fn a_withdrawal_of_more_than_is_free_cannot_be() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let (message, events) = chronicle.withdraw(0, Some(10_000)).unwrap();
    chronicle.read(vec![(message.clone(), events.clone())]).unwrap();
    let said = refusal(&mut chronicle, (message, events));
    assert!(
        said.ends_with("slot 0: expected at most 0, which is free, got 10000"),
        "{said}"
    );
}

#[test]
fn an_event_of_a_newer_contract_is_not_passed_over() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let (message, mut events) = chronicle.deposit(0, 5).unwrap();
    let mut newer = events
        .iter()
        .find(|event| event.kind == "wasm-deposited")
        .unwrap()
        .clone();
    newer.kind = "wasm-window_voided".to_owned();
    events.push(newer);
    assert_eq!(
        refusal(&mut chronicle, (message, events)),
        "event window_voided of the grid's contracts: expected one that this program knows; a newer program may"
    );
}

#[test]
fn what_failed_did_nothing() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let (message, _) = chronicle.deposit(0, 5).unwrap();
    chronicle.withdraw(0, Some(5)).unwrap();
    let mut failed = transaction(vec![(message, vec![])]);
    failed.code = 5;
    let events = chronicle.reader.counts().events;
    chronicle.read_transaction(&failed).unwrap();
    assert_eq!(chronicle.reader.counts().events, events);
}
