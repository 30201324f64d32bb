//! Four members who hear each other at once.

use std::collections::{BTreeMap, VecDeque};

use gridpact_committee::chain::ChainState;
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::member::action::{Action, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::message::content::Certificate;
use gridpact_committee::moment::Moment;
use gridpact_committee::record::Kind;
use gridpact_committee::signing::Signing;
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
    /// What members read instead of what was measured.
    pub worse: BTreeMap<usize, Reading>,
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
            worse: BTreeMap::new(),
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
        let mut waiting = VecDeque::from([(member, event)]);
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
                        ahead,
                    } if !self.blind.contains(&member) => {
                        let more = if self.greedy.contains(&member) { 150_000 } else { 0 };
                        let reading = Reading::measured(Energy(250_000 + more), Energy(0));
                        let mut readings = vec![reading; usize::from(intervals) * 2];
                        if let Some(worse) = self.worse.get(&member) {
                            readings[1] = *worse;
                        }
                        let event = Event::Read {
                            next,
                            slot,
                            readings,
                            ahead,
                        };
                        waiting.push_back((member, event));
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

pub fn leader_of(slot: u16, turn: u32) -> usize {
    gridpact_committee::leader::leader(1, IntervalIndex(FIRST), slot, turn, 4).into()
}
