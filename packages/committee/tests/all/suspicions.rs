//! When a member signs nothing: somebody else has its key, or its clock is off.

use gridpact_committee::chain::ChainState;
use gridpact_committee::member::action::{Action, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content::Vote;
use gridpact_committee::message::envelope::Message;
use gridpact_committee::moment::Moment;
use gridpact_committee::signing::Signing;
use gridpact_report::{decode, encode};
use gridpact_units::Energy;

use super::four::{four, leader_of, ANCHOR, FIRST, LEAD};
use super::support::{grid, state, Cheap};

#[test]
fn a_message_under_the_own_key_that_the_record_does_not_know_stops_it_until_it_is_resumed() {
    let mut four = four();
    let (victim, other) = ((leader_of(0, 0) + 1) % 4, leader_of(0, 0));
    let member = u8::try_from(victim).unwrap();
    four.tick(LEAD);
    let vote = Vote::of(&some_report()).unwrap();
    let signature = Cheap(member).sign(&vote.digest(&grid(86_400).domain()));
    let stranger = Message::Vote {
        member,
        vote,
        signature,
    };
    let actions = four.members[victim].on(Event::Message(stranger.encode()), Moment(LEAD));
    assert!(matches!(&actions[..], [Action::Tell(news)] if matches!(**news, News::Doppelganger { slot: 0 })));
    four.tick(ANCHOR);
    four.tick(ANCHOR + 1_000);
    assert_eq!(four.votes(victim), 0);
    assert_eq!(four.votes(other), 1);
    // What another signed with the key may be of any window that has begun: only those to come are signed.
    four.happen(victim, Event::Resume, ANCHOR + 2_000);
    assert_eq!(four.votes(victim), 0);
    let later = ChainState {
        height: 9,
        ..state(FIRST + 8, 4, 2)
    };
    for member in 0..4 {
        four.happen(member, Event::Chain(Box::new(later.clone())), ANCHOR + 3_000);
    }
    let anchor = ANCHOR + 8 * 900_000;
    four.tick(anchor - 15_000);
    four.tick(anchor);
    assert_eq!(four.votes(victim), 1);
}

fn some_report() -> Vec<u8> {
    let mut four = four();
    four.tick(LEAD);
    four.tick(ANCHOR);
    let mut report = decode(&four.carried[0].report).unwrap();
    report.readings[0].import = Energy(1_000);
    encode(&report).unwrap()
}

#[test]
fn a_clock_off_by_more_than_half_the_skew_signs_nothing() {
    let mut four = four();
    // 5 s of skew with slots of a minute.
    for peer in [0, 1, 2] {
        four.happen(
            3,
            Event::Clock {
                member: peer,
                ahead: -2_501,
            },
            LEAD - 1,
        );
        let ahead = if peer == 0 { 2_501 } else { 2_500 };
        four.happen(
            0,
            Event::Clock {
                member: peer + 1,
                ahead,
            },
            LEAD - 1,
        );
    }
    four.tick(LEAD);
    four.tick(ANCHOR);
    four.tick(ANCHOR + 24_000);
    assert!(four.members[3].record().0.is_empty());
    assert!(!four.members[0].record().0.is_empty());
    let told = four
        .told
        .iter()
        .find(|(member, news)| *member == 3 && matches!(news, News::Clock { .. }));
    let told = told.map(|(_, news)| news.to_string());
    assert_eq!(
        told.unwrap(),
        "the clock: expected within 2500 ms of most peers', got 2501 ms before them; nothing is signed"
    );
}
