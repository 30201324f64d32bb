//! What other contracts did is taken from events, and counted.

use gridpact_client::{Counts, Message};
use gridpact_replay::FeeId;
use gridpact_testing::fixtures::{export, import, nothing};
use gridpact_testing::MoneyKind;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_units::{Amount, Slot};

use super::chronicle::{Chronicle, CHALLENGE};
use super::telling::{transaction, Done};

fn hidden((_, events): Done) -> Done {
    (Message::Other("/another.contracts.doing".to_owned()), events)
}

#[test]
fn every_event_that_stands_in_no_message_is_counted() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let before = chronicle.reader.counts();
    // Three proposals and admissions, three deposits; a proposal does nothing to the books.
    let counts = Counts {
        transactions: 6,
        events: 6,
        believed: 0,
    };
    assert_eq!(before, counts);

    chronicle.world.advance(gridpact_units::Seconds(900));
    let report = chronicle
        .report(&[export(2_000_000), import(1_000_000), nothing()])
        .unwrap();
    chronicle.read(vec![report]).unwrap();
    chronicle.world.advance(CHALLENGE);
    let done = [
        chronicle.deposit(0, 7),
        chronicle.finalise(None),
        chronicle.withdraw(1, Some(3)),
        chronicle.sweep(CommunityAccount::Fee { id: FeeId(1) }),
    ];
    for done in done {
        chronicle.read(vec![hidden(done.unwrap())]).unwrap();
    }
    assert_eq!(chronicle.differences(), Vec::<String>::new());
    let counts = chronicle.reader.counts();
    assert_eq!((counts.events, counts.believed), (6 + 1 + 4, 4));
}

#[test]
fn meters_of_another_contract_are_learnt() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let [proposed, admitted] = chronicle.join(3, Some(1), 2);
    let told = transaction(vec![hidden(proposed), hidden(admitted)]);
    assert_eq!(chronicle.reader.hidden_meters(&told).unwrap(), [Slot(3)]);
    let error = chronicle
        .reader
        .clone()
        .read(chronicle.world.now(), &told, |_, _| {});
    assert!(
        error
            .unwrap_err()
            .to_string()
            .starts_with("slot 3 was proposed or admitted from within"),
        "read without its terms"
    );
    let meter = chronicle.meter(Slot(3));
    assert_eq!((meter.household, meter.weight), (1, 2));
    chronicle.reader.learn(meter);
    chronicle.read_transaction(&told).unwrap();
    assert_eq!(chronicle.differences(), Vec::<String>::new());

    // The next household is counted on from there.
    let [proposed, admitted] = chronicle.join(4, None, 1);
    chronicle.read(vec![proposed, admitted]).unwrap();
    let seats = chronicle.reader.replay().books().seats(2).unwrap();
    let households: Vec<u32> = seats.iter().map(|seat| seat.terms.unwrap().household).collect();
    assert_eq!(households, [0, 1, 2, 1, 3]);
}

#[test]
fn a_proposal_from_within_another_contract_makes_its_admission_a_hidden_one() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let [proposed, admitted] = chronicle.join(3, None, 1);
    chronicle.read(vec![hidden(proposed)]).unwrap();
    let told = transaction(vec![admitted]);
    assert_eq!(chronicle.reader.hidden_meters(&told).unwrap(), [Slot(3)]);
    chronicle.reader.learn(chronicle.meter(Slot(3)));
    chronicle.read_transaction(&told).unwrap();
    assert_eq!(
        chronicle.reader.replay().books().free(Slot(3)),
        Some(Amount::ZERO)
    );
}

#[test]
fn what_another_contract_calls_the_same_is_not_the_grids() {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    let (message, mut events) = chronicle.deposit(0, 5).unwrap();
    // The chain writes who made an event: a stranger cannot write the settlement's name.
    let mut forged = events
        .iter()
        .find(|event| event.kind == "wasm-deposited")
        .unwrap()
        .clone();
    for (name, value) in &mut forged.attributes {
        if name == "_contract_address" {
            *value = chronicle.world.addr("stranger").into_string();
        }
    }
    events.push(forged);
    chronicle.read(vec![(message, events)]).unwrap();
    assert_eq!(chronicle.differences(), Vec::<String>::new());
}

/// A withdrawal tells the windows that it made final before itself, whoever asked for it.
#[test]
fn a_withdrawal_that_made_windows_final_is_read_with_them() {
    type Told = fn(Done) -> Done;
    let on_behalf: Told = |(message, events)| (Message::OnBehalf(vec![message]), events);
    // Of another contract's withdrawal the windows are events of their own.
    for (told, believed, events) in [((|done| done) as Told, 0, 1), (on_behalf, 0, 1), (hidden, 3, 3)] {
        let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
        for _ in 0..2 {
            chronicle.world.advance(gridpact_units::Seconds(900));
            let report = chronicle.report(&[export(2_000_000), import(1_000_000), nothing()]);
            chronicle.read(vec![report.unwrap()]).unwrap();
        }
        chronicle.world.advance(CHALLENGE);
        let before = chronicle.reader.counts();
        let withdrawn = chronicle.withdraw(0, None).unwrap();
        chronicle.read(vec![told(withdrawn)]).unwrap();
        assert_eq!(chronicle.differences(), Vec::<String>::new());
        let counts = chronicle.reader.counts();
        assert_eq!(
            (counts.events - before.events, counts.believed),
            (events, believed)
        );
        assert!(chronicle.answers().held_windows.is_empty());
    }
}
