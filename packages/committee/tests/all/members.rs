//! A committee of four, its messages handed round by hand.

use gridpact_committee::chain::ChainState;
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::member::action::{Action, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::message::content::Certificate;
use gridpact_committee::message::envelope::Message;
use gridpact_committee::moment::Moment;
use gridpact_committee::record::Kind;
use gridpact_committee::signing::Signing;
use gridpact_report::decode;
use gridpact_units::{Energy, IntervalIndex, Reading};

use super::support::{grid, state, text, Cheap, Memory};

/// 2026-12-01T00:00Z, as an interval of 900 s.
pub const FIRST: u64 = 1_796_083_200 / 900;
/// The window's hour and its delay of two minutes are over.
pub const ANCHOR: u64 = (FIRST + 4) * 900_000 + 120_000;
/// When the members observe: a quarter of a slot before.
pub const LEAD: u64 = ANCHOR - 15_000;

/// Members and what they wanted done.
pub struct Four<K> {
    pub members: Vec<Member<K, Memory>>,
    pub carried: Vec<Certificate>,
    pub told: Vec<(usize, News)>,
    pub evidence: usize,
    /// Members whose messages go nowhere.
    pub mute: Vec<usize>,
    /// Members who read nothing.
    pub blind: Vec<usize>,
    /// Members who read more than is there.
    pub greedy: Vec<usize>,
}

impl<K: Signing> Four<K> {
    pub fn new(keys: Vec<K>, state: &ChainState, file: &SharedFile) -> Self {
        let at = Moment((FIRST - 8) * 900_000);
        let mut four = Self {
            members: Vec::new(),
            carried: vec![],
            told: vec![],
            evidence: 0,
            mute: vec![],
            blind: vec![],
            greedy: vec![],
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
    pub fn happen(&mut self, member: usize, event: Event, now: u64) {
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
                        latest: _,
                    } if !self.blind.contains(&member) => {
                        let more = if self.greedy.contains(&member) { 150_000 } else { 0 };
                        let reading = Reading::measured(Energy(250_000 + more), Energy(0));
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

    pub fn tick(&mut self, now: u64) {
        (0..self.members.len()).for_each(|member| self.happen(member, Event::Tick, now));
    }

    pub fn votes(&self, member: usize) -> usize {
        let rows = &self.members[member].record().0;
        rows.iter().filter(|row| row.kind == Kind::Vote).count()
    }
}

pub fn cheap() -> Vec<Cheap> {
    (0..4).map(Cheap).collect()
}

pub fn file() -> SharedFile {
    SharedFile::parse(&text(4, &[&[0, 1, 2], &[1, 2, 3]], "1h", "1m")).unwrap()
}

pub fn four() -> Four<Cheap> {
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

pub fn leader_of(slot: u16, turn: u32) -> usize {
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
