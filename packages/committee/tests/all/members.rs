//! A committee of four, its messages handed round by hand.

use gridpact_committee::chain::ChainState;
use gridpact_committee::member::action::{Action, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::message::envelope::Message;
use gridpact_committee::moment::Moment;
use gridpact_report::decode;
use gridpact_units::{Energy, IntervalIndex};

use super::four::{cheap, file, four, leader_of, ANCHOR, FIRST, LEAD};
use super::support::{grid, state, Cheap, Memory};

#[test]
fn four_that_read_the_same_have_a_certificate_as_soon_as_the_slot_begins() {
    let mut four = four();
    four.tick(LEAD);
    four.tick(ANCHOR - 1);
    assert!(four.carried.is_empty());
    four.tick(ANCHOR);
    let report = decode(&four.carried.first().expect("a certificate").report).unwrap();
    assert_eq!(
        (report.header.first_interval, report.header.intervals),
        (IntervalIndex(FIRST), 4)
    );
    assert_eq!((report.header.revision, report.header.epoch), (0, 1));
    assert!(report
        .readings
        .iter()
        .all(|reading| reading.import == Energy(250_000)));
    // The leader at once, the others each twenty seconds later.
    assert_eq!(four.carried.len(), 1);
    four.tick(ANCHOR + 60_000);
    assert_eq!(four.carried.len(), 1 + 4);
}

#[test]
fn with_one_silent_the_leader_waits_four_tenths_of_a_turn() {
    let mut four = four();
    four.blind = vec![leader_of(0, 1)];
    four.tick(LEAD);
    four.tick(ANCHOR + 23_999);
    assert!(four.carried.is_empty());
    four.tick(ANCHOR + 24_000);
    assert_eq!(four.carried.len(), 1);
}

#[test]
fn a_dead_leader_costs_a_turn() {
    let mut four = four();
    let dead = leader_of(0, 0);
    four.blind = vec![dead];
    four.mute = vec![dead];
    for seconds in 0..60 {
        four.tick(LEAD + seconds * 1_000);
    }
    four.tick(ANCHOR + 59_999);
    let others = (0..4).filter(|member| *member != dead);
    assert_eq!(others.map(|member| four.votes(member)).sum::<usize>(), 0);
    // Slots are as short as turns while a window is young: the next leader's turn is in the next slot.
    four.tick(ANCHOR + 84_000);
    assert!(!four.carried.is_empty());
    let header = decode(&four.carried[0].report).unwrap().header;
    assert_eq!(header.revision, 1);
}

#[test]
fn fewer_than_a_quorum_sign_nothing() {
    let mut four = four();
    four.blind = vec![0, 1];
    four.mute = vec![0, 1];
    for seconds in 0..600 {
        four.tick(LEAD + seconds * 1_000);
    }
    assert!(four.carried.is_empty());
    assert_eq!((0..4).map(|member| four.votes(member)).sum::<usize>(), 0);
}

#[test]
fn without_a_file_that_a_quorum_accepted_nothing_is_signed() {
    let file = file();
    let mut members: Vec<Member<Cheap, Memory>> = Vec::new();
    for key in cheap() {
        let start = Start {
            at: Moment(0),
            known_from: Moment::default(),
            doppelganger: false,
        };
        members.push(Member::new(grid(86_400), key, Memory::default(), start));
    }
    let told = |actions: Vec<Action>, wanted: &str| {
        actions
            .iter()
            .any(|action| matches!(action, Action::Tell(news) if news.to_string().starts_with(wanted)))
    };
    let member = &mut members[0];
    member.on(Event::File(Box::new(file.clone())), Moment(LEAD));
    member.on(Event::Accept(file.hash()), Moment(LEAD));
    let actions = member.on(Event::Chain(Box::new(state(FIRST, 4, 2))), Moment(LEAD));
    assert!(told(actions, "no shared file is in force"));
    assert!(member.on(Event::Tick, Moment(LEAD)).is_empty());
}

#[test]
fn a_restored_record_signs_only_windows_that_begin_after_the_start() {
    let mut four = four();
    let start = Start {
        at: Moment((FIRST + 2) * 900_000),
        known_from: Moment((FIRST + 2) * 900_000),
        doppelganger: false,
    };
    let file = file();
    let mut restored = Member::new(grid(86_400), Cheap(1), Memory::default(), start);
    let at = start.at.0;
    restored.on(Event::File(Box::new(file.clone())), Moment(at));
    restored.on(Event::Chain(Box::new(state(FIRST, 4, 2))), Moment(at));
    restored.on(Event::Accept(file.hash()), Moment(at));
    four.members[1] = restored;
    for member in [0, 2, 3] {
        for id in four.members[member].inventory() {
            let message = four.members[member].message(&id).unwrap().encode();
            four.happen(1, Event::Message(message), at);
        }
    }
    four.tick(LEAD);
    four.tick(ANCHOR);
    four.tick(ANCHOR + 24_000);
    assert!(!four.carried.is_empty());
    assert!(four.members[1].record().0.is_empty());
    assert!(four.told.contains(&(1, News::Restored)));
}

#[test]
fn a_member_says_the_same_again_after_a_restart() {
    let mut four = four();
    four.tick(LEAD);
    four.tick(ANCHOR);
    let before: Vec<_> = four.members[0].record().0.clone();
    assert!(before.len() >= 2);
    let old = four.members.remove(0);
    let start = Start {
        at: Moment(ANCHOR + 1),
        known_from: Moment::default(),
        doppelganger: false,
    };
    let mut again = Member::new(grid(86_400), Cheap(0), old.into_record(), start);
    let actions = again.on(Event::Chain(Box::new(state(FIRST, 4, 2))), Moment(ANCHOR + 1));
    let said: Vec<[u8; 32]> = actions
        .iter()
        .filter_map(|action| match action {
            Action::Send(message) => Some(match message.as_ref() {
                Message::Vote { vote, .. } => vote.digest(&grid(86_400).domain()),
                other => other.id(&grid(86_400).domain()),
            }),
            _ => None,
        })
        .collect();
    assert_eq!(said, before.iter().map(|row| row.digest).collect::<Vec<_>>());
}

#[test]
fn who_reads_otherwise_moves_nothing_and_everybody_is_told() {
    let mut four = four();
    // The second member reads both meters, each with two others.
    four.greedy = vec![1];
    four.tick(LEAD);
    four.tick(ANCHOR);
    let report = decode(&four.carried[0].report).unwrap();
    assert!(report
        .readings
        .iter()
        .all(|reading| reading.import == Energy(250_000)));
    let next = ChainState {
        height: 2,
        ..state(FIRST + 4, 4, 2)
    };
    for member in 0..4 {
        four.happen(member, Event::Chain(Box::new(next.clone())), ANCHOR + 5_000);
    }
    let news = News::Outliers {
        member: 1,
        readings: 2 * 4,
        meters: 2,
    };
    let told = four.told.iter().filter(|(_, told)| *told == news);
    assert_eq!(told.map(|(member, _)| *member).collect::<Vec<_>>(), [0, 1, 2, 3]);
    let all = four.told.iter();
    assert_eq!(
        all.filter(|(_, told)| matches!(told, News::Outliers { .. }))
            .count(),
        4
    );
}
