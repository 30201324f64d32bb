//! What a member knows, and the order in which it acts.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_units::IntervalIndex;

use super::action::{Action, News};
use super::event::Event;
use super::window::Window;
use crate::chain::{ChainState, Grid};
use crate::files::Files;
use crate::message::content::MessageId;
use crate::message::envelope::Message;
use crate::moment::Moment;
use crate::record::Record;
use crate::signing::Signing;

/// How the record stands when a member starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// When.
    pub at: Moment,
    /// Since when the record holds everything that this key signed: always (0) for one that was there from the key's first
    /// signature on; for a new or restored one since it was made or restored.
    pub known_from: Moment,
    /// Whether somebody else was met who signs with this key, before this start, and no operator has resumed since.
    pub doppelganger: bool,
}

/// A member of the committee.
#[derive(Debug)]
pub struct Member<K, R> {
    pub(super) grid: Grid,
    pub(super) key: K,
    pub(super) public_key: [u8; 33],
    pub(super) record: R,
    pub(super) start: Start,
    pub(super) files: Files,
    pub(super) chain: Option<ChainState>,
    pub(super) window: Option<Window>,
    /// Intervals of the shortest certificate that the chain refused for good of late, and when.
    pub(super) too_long: Option<(u16, Moment)>,
    /// Somebody else signs with this key.
    pub(super) doppelganger: bool,
    /// How far the peers' clocks are before this one, ms.
    pub(super) offsets: BTreeMap<u8, i64>,
    /// What was accepted by whom, as it was said last: for peers who ask.
    pub(super) acceptances: BTreeMap<u8, Message>,
    /// When a gap was last asked to be closed.
    pub(super) gap_asked: Option<Moment>,
    /// Since when the chain asks for a gap to be closed.
    pub(super) gap_since: Option<Moment>,
    pub(super) told: BTreeSet<String>,
    pub(super) out: Vec<Action>,
}

impl<K: Signing, R: Record> Member<K, R> {
    /// A member that knows nothing but its grid, its key and its record.
    pub fn new(grid: Grid, key: K, record: R, start: Start) -> Self {
        Self {
            public_key: key.public_key(),
            grid,
            key,
            record,
            start,
            files: Files::default(),
            chain: None,
            window: None,
            too_long: None,
            doppelganger: start.doppelganger,
            offsets: BTreeMap::new(),
            acceptances: BTreeMap::new(),
            gap_asked: None,
            gap_since: None,
            told: BTreeSet::new(),
            out: Vec::new(),
        }
    }

    /// Something happened; what is to be done, in this order.
    pub fn on(&mut self, event: Event, now: Moment) -> Vec<Action> {
        match event {
            Event::Tick => {}
            Event::Chain(state) => self.learn_chain(*state, now),
            Event::File(file) => self.learn_file(*file),
            Event::Accept(hash) => self.accept(hash),
            Event::Read {
                next,
                slot,
                readings,
                ahead,
            } => self.observed((next, slot), readings, ahead, now),
            Event::Message(bytes) => self.receive(&bytes, now),
            Event::Refused { digest, height } => self.refused(&digest, height),
            Event::Clock { member, ahead } => {
                self.offsets.insert(member, ahead);
            }
            Event::Resume => self.resume(now),
        }
        self.close_gap(now);
        self.turn_window();
        if self.may_work(now) {
            self.observe(now);
            self.propose(now);
            self.vote(now);
        }
        self.certify(now);
        self.carry(now);
        core::mem::take(&mut self.out)
    }

    /// What every message is called that peers may lack.
    pub fn inventory(&self) -> Vec<MessageId> {
        let domain = self.grid.domain();
        let mut ids: Vec<MessageId> = self
            .acceptances
            .values()
            .map(|message| message.id(&domain))
            .collect();
        if let Some(window) = &self.window {
            ids.extend(window.mailbox.all().map(|held| held.id));
            ids.extend(window.certificates.standing().iter().map(|standing| standing.id));
        }
        ids
    }

    /// A message of the inventory.
    pub fn message(&self, id: &MessageId) -> Option<Message> {
        let domain = self.grid.domain();
        let window = self.window.as_ref();
        let held = window.and_then(|window| window.mailbox.all().find(|held| held.id == *id));
        let held = held.map(|held| held.message.clone());
        let certificate = || {
            let mut standing = window?.certificates.standing().iter();
            let found = standing.find(|standing| standing.id == *id)?;
            Some(Message::Certificate(found.certificate.clone()))
        };
        let acceptance = || {
            let mut said = self.acceptances.values();
            said.find(|message| message.id(&domain) == *id).cloned()
        };
        held.or_else(certificate).or_else(acceptance)
    }

    /// The record of what was signed.
    pub const fn record(&self) -> &R {
        &self.record
    }

    /// Takes the record back when the member ends.
    pub fn into_record(self) -> R {
        self.record
    }

    /// The shared files.
    pub const fn files(&self) -> &Files {
        &self.files
    }

    /// The first interval that it works on.
    pub fn first(&self) -> Option<IntervalIndex> {
        self.window.as_ref().map(|window| window.next.first)
    }

    /// Tells people, once.
    pub(super) fn tell(&mut self, news: News) {
        if self.told.len() > MAX_TOLD {
            self.told.clear();
        }
        if self.told.insert(news.to_string()) {
            self.out.push(Action::Tell(Box::new(news)));
        }
    }
}

/// News that are remembered as told; more than a window's slots and members bring.
const MAX_TOLD: usize = 1_024;
