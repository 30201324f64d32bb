//! What a member read of a window's first slot is said as soon as it is whole, so that its meters are in the report wherever it is
//! when that is made.

use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::member::action::News;
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::message::content::Content;
use gridpact_committee::message::envelope::Message;
use gridpact_committee::moment::Moment;
use gridpact_committee::record::Kind;
use gridpact_report::decode;
use gridpact_units::{Energy, Quality, Reading};

use super::four::{cheap, four, leader_of, Four, ANCHOR, FIRST, LEAD};
use super::support::{grid, state, text, Cheap, Memory};

/// The window's last interval is over.
const OVER: u64 = (FIRST + 4) * 900_000;

/// The first meter is read by one member alone, who does not lead the first slot; the second by the other three.
fn alone() -> (Four<Cheap>, usize) {
    let alone = (leader_of(0, 0) + 1) % 4;
    let others: Vec<u8> = (0..4).filter(|member| usize::from(*member) != alone).collect();
    let text = text(4, &[&[u8::try_from(alone).unwrap()], &others], "1h", "1m");
    let file = SharedFile::parse(&text).unwrap();
    (Four::new(cheap(), &state(FIRST, 4, 2), &file), alone)
}

fn observed(four: &Four<Cheap>, member: usize) -> usize {
    let rows = four.members[member].record().0.iter();
    rows.filter(|row| row.kind == Kind::Observation).count()
}

#[test]
fn what_is_whole_is_said_when_the_window_is_over_and_not_sooner() {
    let mut four = four();
    four.tick(OVER - 1);
    assert!((0..4).all(|member| observed(&four, member) == 0));
    four.tick(OVER);
    assert!((0..4).all(|member| observed(&four, member) == 1));
    // It is said once.
    four.tick(LEAD);
    four.tick(ANCHOR);
    assert!((0..4).all(|member| observed(&four, member) == 1));
    assert_eq!(four.carried.len(), 1);
}

#[test]
fn who_alone_reads_a_meter_and_is_away_when_the_report_is_made_is_in_it() {
    let (mut four, alone) = alone();
    four.tick(OVER);
    four.blind = vec![alone];
    four.mute = vec![alone];
    four.tick(LEAD);
    four.tick(ANCHOR);
    let report = decode(&four.carried.first().expect("all four observed").report).unwrap();
    assert!(report.readings.iter().all(|reading| !reading.is_missing()));
}

#[test]
fn who_had_not_read_everything_says_what_it_has_just_before_the_slot() {
    let substituted = Reading {
        quality: Quality::SubstitutedFinal,
        ..Reading::measured(Energy(250_000), Energy(0))
    };
    for worse in [Reading::MISSING, substituted] {
        let mut four = four();
        // The last of the four reads the second meter of two.
        four.worse.insert(3, worse);
        four.tick(OVER);
        four.tick(LEAD - 1);
        assert_eq!((observed(&four, 0), observed(&four, 3)), (1, 0), "{worse:?}");
        four.tick(LEAD);
        assert_eq!(observed(&four, 3), 1, "{worse:?}");
    }
}

#[test]
fn what_comes_later_is_looked_for_again_a_slot_s_length_after_the_last_look() {
    let mut four = four();
    four.worse.insert(3, Reading::MISSING);
    four.tick(OVER);
    four.worse.clear();
    four.tick(OVER + 59_999);
    assert_eq!(observed(&four, 3), 0);
    let wakes = four.members[3].wakes_at(Moment(OVER + 59_999));
    assert_eq!(wakes, Moment(OVER + 60_000));
    four.tick(OVER + 60_000);
    assert_eq!(observed(&four, 3), 1);
}

#[test]
fn meters_that_others_read_are_not_waited_for() {
    let mut four = four();
    // The first of the four reads the first meter alone of two.
    four.worse.insert(0, Reading::MISSING);
    four.tick(OVER);
    assert_eq!(observed(&four, 0), 1);
}

#[test]
fn where_a_newer_file_may_yet_be_in_force_nothing_is_said_before_its_time() {
    let mut four = four();
    let newer = text(4, &[&[0, 1, 2], &[1, 2, 3]], "1h", "1m").replace("version = 1", "version = 2");
    let newer = SharedFile::parse(&newer).unwrap();
    for member in 0..4 {
        four.happen(member, Event::File(Box::new(newer.clone())), OVER - 1);
    }
    // Two of three that it takes; what they said by the old file would not count once the third accepts.
    for member in [0, 1] {
        four.happen(member, Event::Accept(newer.hash()), OVER - 1);
    }
    four.tick(OVER);
    assert_eq!([0, 1, 2, 3].map(|member| observed(&four, member)), [0, 0, 1, 1]);
    four.tick(LEAD);
    assert_eq!([0, 1, 2, 3].map(|member| observed(&four, member)), [1, 1, 1, 1]);
}

#[test]
fn what_a_lost_record_said_ahead_is_no_sign_of_another_with_the_key() {
    let mut four = four();
    four.tick(OVER);
    let said: Vec<Vec<u8>> = (four.members[1].inventory().iter())
        .filter_map(|id| four.members[1].message(id))
        .filter(|message| {
            let own = |content: &Content| matches!(content, Content::Observation(_));
            matches!(message, Message::Signed { member: 0, content, .. } if own(content))
        })
        .map(|message| message.encode())
        .collect();
    assert_eq!(said.len(), 1);
    // It reads nothing now, or it would say the same again.
    four.blind = vec![0];
    for (at, known_from, suspects) in [
        (OVER + 1, OVER + 1, false),
        (OVER, OVER, true),
        // A record that is whole would have it.
        (OVER + 1, 0, true),
    ] {
        let start = Start {
            at: Moment(at),
            known_from: Moment(known_from),
            doppelganger: false,
        };
        four.members[0] = Member::new(grid(86_400), Cheap(0), Memory::default(), start);
        four.told.clear();
        let file = super::four::file();
        four.happen(0, Event::File(Box::new(file.clone())), at);
        four.happen(0, Event::Chain(Box::new(state(FIRST, 4, 2))), at);
        four.happen(0, Event::Accept(file.hash()), at);
        for member in 1..4 {
            for id in four.members[member].inventory() {
                let message = four.members[member].message(&id).unwrap().encode();
                four.happen(0, Event::Message(message), at);
            }
        }
        let told = |(member, news): &(usize, News)| *member == 0 && matches!(news, News::Doppelganger { .. });
        assert_eq!(
            four.told.iter().any(told),
            suspects,
            "started {at}, known from {known_from}"
        );
    }
}
