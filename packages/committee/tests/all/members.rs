//! A committee of four, its messages handed round by hand.

use std::sync::Arc;

use gridpact_committee::chain::{ChainState, Committee};
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::member::action::{Action, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::message::content::{Certificate, Content, Proposal, Vote};
use gridpact_committee::message::envelope::{message_digest, Message};
use gridpact_committee::moment::Moment;
use gridpact_committee::record::Kind;
use gridpact_committee::signing::Signing;
use gridpact_report::sign::SigningKey;
use gridpact_report::{decode, encode};
use gridpact_units::{Energy, IntervalIndex, Reading};

use super::support::{grid, seats, state, text, Cheap, Memory, NAMES};

/// 2026-12-01T00:00Z, as an interval of 900 s.
const FIRST: u64 = 1_796_083_200 / 900;
/// The window's hour and its delay of two minutes are over.
const ANCHOR: u64 = (FIRST + 4) * 900_000 + 120_000;
/// When the members observe: a quarter of a slot before.
const LEAD: u64 = ANCHOR - 15_000;

/// Members and what they wanted done.
struct Four<K> {
    members: Vec<Member<K, Memory>>,
    carried: Vec<Certificate>,
    told: Vec<(usize, News)>,
    evidence: usize,
    /// Members whose messages go nowhere.
    mute: Vec<usize>,
    /// Members who read nothing.
    blind: Vec<usize>,
}

impl<K: Signing> Four<K> {
    fn new(keys: Vec<K>, state: &ChainState, file: &SharedFile) -> Self {
        let at = Moment((FIRST - 8) * 900_000);
        let mut four = Self {
            members: Vec::new(),
            carried: vec![],
            told: vec![],
            evidence: 0,
            mute: vec![],
            blind: vec![],
        };
        for key in keys {
            let start = Start {
                at,
                known_from: Moment::default(),
                doppelganger: false,
            };
            four.members
                .push(Member::new(grid(86_400), key, Memory::default(), start));
        }
        for member in 0..four.members.len() {
            four.happen(member, Event::File(Box::new(file.clone())), at.0);
            four.happen(member, Event::Chain(Box::new(state.clone())), at.0);
        }
        for member in 0..four.members.len() {
            four.happen(member, Event::Accept(file.hash()), at.0);
        }
        four
    }

    /// Something happens to one; what follows from it happens to the others at once.
    fn happen(&mut self, member: usize, event: Event, now: u64) {
        let mut waiting = std::collections::VecDeque::from([(member, event)]);
        while let Some((member, event)) = waiting.pop_front() {
            for action in self.members[member].on(event, Moment(now)) {
                match action {
                    Action::Send(message) if !self.mute.contains(&member) => {
                        let others = (0..self.members.len()).filter(|other| *other != member);
                        let message = message.encode();
                        waiting.extend(others.map(|other| (other, Event::Message(message.clone()))));
                    }
                    Action::Read {
                        next,
                        slot,
                        intervals,
                    } if !self.blind.contains(&member) => {
                        let reading = Reading::measured(Energy(250_000), Energy(0));
                        let readings = vec![reading; usize::from(intervals) * 2];
                        waiting.push_back((member, Event::Read { next, slot, readings }));
                    }
                    Action::Carry { certificate, .. } => self.carried.push(*certificate),
                    Action::Tell(news) => self.told.push((member, *news)),
                    Action::Evidence(_) => self.evidence += 1,
                    _ => {}
                }
            }
        }
    }

    fn tick(&mut self, now: u64) {
        (0..self.members.len()).for_each(|member| self.happen(member, Event::Tick, now));
    }

    fn votes(&self, member: usize) -> usize {
        let rows = &self.members[member].record().0;
        rows.iter().filter(|row| row.kind == Kind::Vote).count()
    }
}

fn cheap() -> Vec<Cheap> {
    (0..4).map(Cheap).collect()
}

fn file() -> SharedFile {
    SharedFile::parse(&text(4, &[&[0, 1, 2], &[1, 2, 3]], "1h", "1m")).unwrap()
}

fn four() -> Four<Cheap> {
    Four::new(cheap(), &state(FIRST, 4, 2), &file())
}

#[test]
fn four_that_read_the_same_have_a_certificate_as_soon_as_the_slot_begins() {
    let mut four = four();
    four.tick(LEAD - 1);
    assert!(four.members.iter().all(|member| member.record().0.is_empty()));
    four.tick(LEAD);
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

fn leader_of(slot: u16, turn: u32) -> usize {
    gridpact_committee::leader::leader(1, IntervalIndex(FIRST), slot, turn, 4).into()
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

/// A draft that the leader signed, of other readings than its observations say.
fn forged(draft: &Proposal, leader: usize) -> Message {
    let mut report = decode(&draft.draft).unwrap();
    report.readings[0].import = Energy(251_000);
    let content = Content::Proposal(Proposal {
        draft: encode(&report).unwrap(),
        ..draft.clone()
    });
    let member = u8::try_from(leader).unwrap();
    let signature = Cheap(member).sign(&message_digest(&grid(86_400).domain(), member, &content));
    Message::Signed {
        member,
        content,
        signature,
    }
}

#[test]
fn a_draft_that_is_not_the_merge_is_not_signed_and_told() {
    let mut four = four();
    let leader = leader_of(0, 0);
    four.tick(LEAD);
    let proposed = four.members[leader].on(Event::Tick, Moment(ANCHOR));
    let proposal = proposed.iter().find_map(|action| match action {
        Action::Send(message) => match message.as_ref() {
            Message::Signed {
                content: Content::Proposal(proposal),
                ..
            } => Some(proposal.clone()),
            _ => None,
        },
        _ => None,
    });
    let forged = forged(&proposal.expect("a proposal"), leader);
    let other = (leader + 1) % 4;
    let actions = four.members[other].on(Event::Message(forged.encode()), Moment(ANCHOR));
    let told = |actions: &[Action]| match actions {
        [Action::Tell(news)] => news.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        told(&actions),
        format!(
            "slot 0, draft of member {leader}: draft: expected what its observations say, got something else"
        )
    );
    assert_eq!(four.votes(other), 0);
    // The honest draft that comes after it contradicts it, and is not signed either: the slot is lost, with evidence.
    let honest = proposed.iter().find_map(|action| match action {
        Action::Send(message)
            if matches!(
                **message,
                Message::Signed {
                    content: Content::Proposal(_),
                    ..
                }
            ) =>
        {
            Some(message.encode())
        }
        _ => None,
    });
    let actions = four.members[other].on(Event::Message(honest.unwrap()), Moment(ANCHOR));
    assert!(matches!(&actions[..], [Action::Evidence(evidence)] if usize::from(evidence.member) == leader));
    assert_eq!(four.votes(other), 0);
}

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

/// The whole way with the real signatures: what comes out is what the registry's own check takes.
#[test]
fn the_certificate_of_real_keys_is_one_for_the_chain() {
    let keys: Vec<SigningKey> = (1..=4)
        .map(|scalar| SigningKey::from_bytes(&[scalar; 32]).unwrap())
        .collect();
    let committee = Committee {
        keys: keys.iter().map(SigningKey::public_key).collect(),
        quorum: 3,
    };
    let mut text = text(4, &[&[0, 1, 2], &[1, 2, 3]], "1h", "1m");
    for (member, key) in keys.iter().enumerate() {
        let cheap = hex::encode(Cheap(u8::try_from(member).unwrap()).public_key());
        text = text.replace(&cheap, &hex::encode(key.public_key()));
        assert!(text.contains(NAMES[member]));
    }
    let state = ChainState {
        committee: Arc::new(committee.clone()),
        seats: Arc::new(seats(2)),
        ..state(FIRST, 4, 2)
    };
    let mut four = Four::new(keys, &state, &SharedFile::parse(&text).unwrap());
    four.tick(LEAD);
    four.tick(ANCHOR);
    let certificate = four.carried.first().expect("a certificate");
    let domain = grid(86_400);
    let vote = certificate
        .check::<SigningKey>(&domain.domain(), &committee)
        .unwrap();
    assert_eq!(vote.header.first_interval, IntervalIndex(FIRST));
    assert!(certificate.signatures.len() >= 3);
    let other = gridpact_report::Domain {
        chain_id: "chain-2",
        ..domain.domain()
    };
    assert!(certificate.check::<SigningKey>(&other, &committee).is_err());
}

#[test]
fn what_the_chain_refused_twice_is_halved_by_those_whose_node_refused_it() {
    let mut four = four();
    four.tick(LEAD);
    four.tick(ANCHOR);
    let digest = Vote::of(&four.carried[0].report).unwrap();
    let digest = digest.digest(&grid(86_400).domain());
    for member in 0..3 {
        for height in [5, 6] {
            let height = Some(height);
            four.happen(member, Event::Refused { digest, height }, ANCHOR + 1_000);
        }
    }
    let state = ChainState {
        height: 6,
        ..state(FIRST, 4, 2)
    };
    for member in 0..4 {
        four.happen(member, Event::Chain(Box::new(state.clone())), ANCHOR + 2_000);
    }
    four.carried.clear();
    for seconds in 40..200 {
        four.tick(ANCHOR + seconds * 1_000);
    }
    let shorter = four
        .carried
        .iter()
        .map(|certificate| decode(&certificate.report).unwrap().header);
    let shorter = shorter.filter(|header| header.intervals == 2);
    assert!(shorter.count() > 0);
    // The one whose node said nothing still holds the first certificate.
    assert_eq!(four.votes(3), 1);
}
