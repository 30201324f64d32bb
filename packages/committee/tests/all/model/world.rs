//! Members, their machines, the lines between them, the chain, and time.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use gridpact_committee::chain::{Accepted, ChainState, Grid};
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::member::action::{Action, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::message::content::{Certificate, Content, Vote};
use gridpact_committee::message::envelope::Message;
use gridpact_committee::moment::Moment;
use gridpact_units::{IntervalIndex, UnixSeconds};

use super::chance::Chance;
use super::disk::{Crash, Disk};
use super::promises::Promises;
use super::registry::{Registry, LENGTH};
use super::setting::{Hostile, Setting, Variant, START};
use crate::support::{committee, grid, seats, Cheap};

/// What happens at a moment.
#[derive(Clone, Debug)]
pub enum What {
    Deliver(u8, Rc<Vec<u8>>),
    Wake(u8, u64),
    Feed(u8, Box<Event>),
    Sync(u8),
    Block,
    Carry(u8, Rc<Certificate>, [u8; 32]),
    CloseGap,
    Restart(u8),
    /// The operator accepts the second file.
    Accept(u8),
}

pub struct Node {
    pub member: Option<Member<Cheap, Disk>>,
    pub disk: Disk,
    polled: u64,
    wakes: u64,
    measured: bool,
    started: u64,
    whole: bool,
    accepted_second: bool,
}

pub struct World {
    pub setting: Setting,
    pub chance: Chance,
    pub now: u64,
    queue: BTreeMap<(u64, u64), What>,
    counter: u64,
    pub nodes: Vec<Node>,
    pub registry: Registry,
    transactions: Vec<What>,
    pub grid: Grid,
    pub files: [SharedFile; 2],
    pub promises: Promises,
    /// What was seen to happen, by name.
    pub seen: BTreeMap<String, u64>,
    /// Votes that hostile members gave for drafts, so that they give each once.
    pub given: BTreeSet<(u8, [u8; 32])>,
}

impl World {
    pub fn new(seed: u64, variant: Variant) -> Self {
        let setting = Setting::new(seed, variant);
        let mut world = Self {
            chance: Chance(seed ^ 0x5eed),
            now: START * 900_000,
            queue: BTreeMap::new(),
            counter: 0,
            nodes: vec![],
            registry: Registry::new(&setting),
            transactions: vec![],
            grid: grid(setting.limit),
            files: [setting.file(false), setting.file(true)],
            promises: Promises::default(),
            seen: BTreeMap::new(),
            given: BTreeSet::new(),
            setting,
        };
        for member in 0..world.setting.members {
            let disk = Disk::default();
            disk.0.borrow_mut().late = variant == Variant::SignBeforeCommit && !world.setting.faulty(member);
            world.nodes.push(Node {
                member: None,
                disk,
                polled: 0,
                wakes: 0,
                measured: false,
                started: world.now,
                whole: true,
                accepted_second: false,
            });
            world.after(0, What::Restart(member));
            let first_sync = world.chance.range(0, 15_000);
            world.after(first_sync, What::Sync(member));
        }
        if let Some(accepts) = world.setting.second_file.clone() {
            for (member, at) in (0..).zip(accepts) {
                world.after(at - world.now, What::Accept(member));
            }
        }
        world.after(1, What::Block);
        world
    }

    pub fn see(&mut self, name: &str) {
        *self.seen.entry(name.to_owned()).or_default() += 1;
    }

    pub fn after(&mut self, milliseconds: u64, what: What) {
        self.counter += 1;
        self.queue.insert((self.now + milliseconds, self.counter), what);
    }

    fn calm(&self) -> bool {
        self.now >= self.setting.calm
    }

    /// Lets the next thing happen.
    pub fn step(&mut self) {
        let ((at, _), what) = self.queue.pop_first().expect("a block is always to come");
        self.now = at;
        match what {
            What::Deliver(to, bytes) => self.deliver(to, &bytes),
            What::Wake(member, wakes) => {
                if self.nodes[usize::from(member)].wakes == wakes {
                    self.happen(member, Event::Tick);
                }
            }
            What::Feed(member, event) => self.happen(member, *event),
            What::Sync(member) => self.sync(member),
            What::Block => self.block(),
            carry @ (What::Carry(..) | What::CloseGap) => self.transactions.push(carry),
            What::Restart(member) => self.restart(member),
            What::Accept(member) => {
                self.nodes[usize::from(member)].accepted_second = true;
                self.happen(member, Event::Accept(self.files[1].hash()));
            }
        }
    }

    fn restart(&mut self, member: u8) {
        let start = Start {
            at: self.local(member),
            known_from: if self.nodes[usize::from(member)].whole {
                Moment::default()
            } else {
                self.local(member)
            },
            doppelganger: false,
        };
        let node = &mut self.nodes[usize::from(member)];
        {
            let mut disk = node.disk.0.borrow_mut();
            disk.crashed = false;
            disk.crash = Crash::None;
            disk.waiting.clear();
        }
        node.member = Some(Member::new(
            self.grid.clone(),
            Cheap(member),
            node.disk.clone(),
            start,
        ));
        (node.polled, node.measured, node.started) = (0, false, self.now);
        let second = node.accepted_second;
        for file in self.files.clone() {
            self.happen(member, Event::File(Box::new(file)));
        }
        self.happen(member, Event::Accept(self.files[0].hash()));
        if second {
            self.happen(member, Event::Accept(self.files[1].hash()));
        }
    }

    /// A member's own clock.
    pub fn local(&self, member: u8) -> Moment {
        Moment(
            self.now
                .saturating_add_signed(self.setting.skews[usize::from(member)]),
        )
    }

    fn deliver(&mut self, to: u8, bytes: &Rc<Vec<u8>>) {
        let credulous = self.setting.variant == Variant::NoRecomputation && !self.setting.faulty(to);
        let votes = matches!(
            self.setting.hostile[usize::from(to)],
            Some(Hostile::Equivocates | Hostile::Forges)
        );
        if credulous || votes {
            self.vote_for_anything(to, bytes, credulous);
        }
        self.happen(to, Event::Message(bytes.to_vec()));
    }

    /// Something happens to a member; what it wants done is done, unless it crashes before.
    fn happen(&mut self, member: u8, event: Event) {
        let index = usize::from(member);
        if self.nodes[index].member.is_none() {
            return;
        }
        {
            let content = &mut *self.nodes[index].disk.0.borrow_mut();
            let late = core::mem::take(&mut content.waiting);
            content.rows.extend(late);
        }
        if self.now - self.nodes[index].polled >= 5_000 && (self.calm() || self.chance.percent(70)) {
            self.nodes[index].polled = self.now;
            let state = self.chain_state();
            self.one(member, Event::Chain(Box::new(state)));
        }
        self.one(member, event);
        self.plan_wake(member);
    }

    fn plan_wake(&mut self, member: u8) {
        let (index, local) = (usize::from(member), self.local(member));
        let Some(awake) = &self.nodes[index].member else {
            return;
        };
        let wait = awake.wakes_at(local).since(local);
        // While something is under way the chain is looked at more often.
        let look = if self.calm() { 6_000 } else { 20_000 };
        let wait = if wait < 59_000 || self.registry.gap() {
            wait.min(look)
        } else {
            wait
        };
        self.nodes[index].wakes += 1;
        let wakes = self.nodes[index].wakes;
        self.after(wait.max(1), What::Wake(member, wakes));
    }

    fn one(&mut self, member: u8, event: Event) {
        let (index, local) = (usize::from(member), self.local(member));
        let crashes =
            !self.calm() && !self.setting.faulty(member) && self.chance.range(0, 999) < self.setting.crashes;
        let late = self.setting.variant == Variant::SignBeforeCommit;
        let crash = match (crashes && !late, self.chance.range(0, 2)) {
            (false, _) | (true, 2) => Crash::None,
            (true, 0) => Crash::BeforeCommit,
            (true, _) => Crash::AfterCommit,
        };
        self.nodes[index].disk.0.borrow_mut().crash = crash;
        let Some(awake) = self.nodes[index].member.as_mut() else {
            return;
        };
        let mut actions = awake.on(event, local);
        let crashed_in_record = self.nodes[index].disk.0.borrow().crashed;
        let between = crashes && crash == Crash::None;
        if crashed_in_record {
            actions.clear();
        } else if between {
            let done = self.chance.range(0, actions.len() as u64) as usize;
            actions.truncate(done);
        }
        for action in actions {
            self.act(member, action);
        }
        self.nodes[index].disk.0.borrow_mut().crash = Crash::None;
        if crashed_in_record || between {
            self.crash(member);
        }
    }

    fn crash(&mut self, member: u8) {
        self.see("crash");
        let loses = self.setting.loses_record == Some(member) && self.chance.percent(30);
        let node = &mut self.nodes[usize::from(member)];
        node.member = None;
        if loses {
            // A backup of some time ago.
            let mut disk = node.disk.0.borrow_mut();
            let half = disk.rows.len() / 2;
            disk.rows.truncate(half);
            node.whole = false;
        }
        if loses {
            self.see("record lost");
        }
        let late = self.setting.variant == Variant::SignBeforeCommit;
        let away = self.chance.range(500, if late { 5_000 } else { 120_000 });
        let back = away.min(self.setting.calm.saturating_sub(self.now).max(500));
        self.after(back, What::Restart(member));
    }

    fn act(&mut self, member: u8, action: Action) {
        match action {
            Action::Read {
                next,
                slot,
                intervals,
            } => {
                let readings = self.read(member, next.first.0, intervals, next.roster_version);
                let event = Event::Read { next, slot, readings };
                let wait = self.chance.range(20, 800);
                self.after(wait, What::Feed(member, Box::new(event)));
            }
            Action::Send(message) => self.say(member, *message),
            Action::Carry { certificate, digest } => {
                let patience = match self.setting.hostile[usize::from(member)] {
                    Some(Hostile::Silent) => return,
                    Some(Hostile::Withholds) => self.chance.range(0, 1_800_000),
                    _ => self.chance.range(200, 3_000),
                };
                self.after(patience, What::Carry(member, Rc::new(*certificate), digest));
            }
            Action::CloseGap => {
                if self.calm() || !self.chance.percent(self.setting.chain_loss) {
                    self.after(500, What::CloseGap);
                }
            }
            Action::Evidence(evidence) => {
                self.see("evidence");
                let accused = evidence.member;
                self.promises
                    .accused(accused, self.setting.faulty(accused), &evidence);
            }
            Action::Tell(news) => self.told(member, &news),
            Action::Archive { .. } | Action::Fetch(_) => {}
        }
    }

    fn told(&mut self, member: u8, news: &News) {
        let name = format!("{news:?}");
        let name: String = name
            .chars()
            .take_while(|letter| letter.is_alphanumeric())
            .collect();
        let name = match news {
            News::Disagreement { refusal, .. } => {
                let refusal = format!("{refusal:?}");
                refusal
                    .chars()
                    .take_while(|letter| letter.is_alphanumeric())
                    .collect()
            }
            _ => name,
        };
        self.see(&name);
        // Where members sign beside their rules, each hears of signatures that it did not make.
        let beside = self.setting.variant == Variant::NoRecomputation;
        if matches!(news, News::Doppelganger { .. }) && !self.setting.faulty(member) && !beside {
            self.promises
                .broken("doppelganger", format!("member {member} met itself"));
        }
    }

    /// An honest member's message goes out; a hostile one's as it likes.
    fn say(&mut self, member: u8, message: Message) {
        if self.setting.hostile[usize::from(member)].is_some() {
            return self.twist(member, message);
        }
        match &message {
            Message::Vote { vote, .. } => {
                let closing = self.registry.closing;
                self.promises.voted(member, vote, &self.grid, closing, self.now);
            }
            Message::Certificate(certificate) => {
                self.promises.certified(certificate, &self.grid, &self.setting);
            }
            Message::Signed { .. } => {}
        }
        self.broadcast(member, &message);
    }

    pub fn broadcast(&mut self, member: u8, message: &Message) {
        let bytes = Rc::new(message.encode());
        for to in 0..self.setting.members {
            if to != member {
                self.send(member, to, &bytes);
            }
        }
    }

    fn cut(&self, from: u8, to: u8) -> bool {
        !self.calm() && self.setting.parted && from % 2 != to % 2
    }

    pub fn send(&mut self, from: u8, to: u8, bytes: &Rc<Vec<u8>>) {
        if self.cut(from, to) || (!self.calm() && self.chance.percent(self.setting.loss)) {
            return;
        }
        let slow = !self.calm() && self.chance.percent(20);
        let wait = if slow {
            self.chance.range(1_000, 60_000)
        } else {
            self.chance.range(30, 2_500)
        };
        self.after(wait, What::Deliver(to, Rc::clone(bytes)));
    }

    /// A member and a peer tell each other what they have, and bring what lacks.
    fn sync(&mut self, member: u8) {
        let wait = self.chance.range(10_000, 20_000);
        self.after(wait, What::Sync(member));
        let peer = self.chance.range(0, u64::from(self.setting.members) - 1) as u8;
        let silent = |member: u8| self.setting.hostile[usize::from(member)] == Some(Hostile::Silent);
        let lost = !self.calm() && self.chance.clone().percent(self.setting.loss);
        if peer == member || self.cut(member, peer) || silent(member) || silent(peer) || lost {
            return;
        }
        for (from, to) in [(member, peer), (peer, member)] {
            let (giver, taker) = (
                &self.nodes[usize::from(from)].member,
                &self.nodes[usize::from(to)].member,
            );
            let (Some(giver), Some(taker)) = (giver, taker) else {
                return;
            };
            let known: BTreeSet<[u8; 32]> = taker.inventory().into_iter().collect();
            let lacking = giver.inventory().into_iter().filter(|id| !known.contains(id));
            let lacking: Vec<Message> = lacking.filter_map(|id| giver.message(&id)).collect();
            for message in lacking {
                if self.keeps_back(from, &message) {
                    continue;
                }
                let bytes = Rc::new(message.encode());
                let wait = self.chance.range(30, 2_000);
                self.after(wait, What::Deliver(to, bytes));
            }
        }
        self.measure(member, peer);
        self.measure(peer, member);
    }

    fn measure(&mut self, member: u8, peer: u8) {
        if self.nodes[usize::from(member)].measured && !self.chance.percent(10) {
            return;
        }
        self.nodes[usize::from(member)].measured = true;
        let skew = |member: u8| self.setting.skews[usize::from(member)];
        let ahead = skew(peer) - skew(member);
        self.happen(member, Event::Clock { member: peer, ahead });
    }

    fn block(&mut self) {
        let (shortest, longest) = self.setting.blocks;
        let wait = self.chance.range(shortest, longest);
        self.after(wait, What::Block);
        self.registry.height += 1;
        self.registry.now = self.now / 1_000;
        if let Some((scheduled, begins)) = self.setting.second_roster {
            if self.registry.now >= scheduled && self.registry.rosters.len() == 1 {
                let seats = self.registry.rosters[0].1 + 1;
                self.registry.rosters.push((begins, seats));
            }
        }
        for transaction in core::mem::take(&mut self.transactions) {
            match transaction {
                What::Carry(carrier, certificate, digest) => self.report(carrier, &certificate, digest),
                _ => {
                    if self.registry.close_gap() {
                        self.see("gap closed");
                    }
                }
            }
        }
        // A stranger who closes gaps for the fun of it.
        if self.chance.percent(5) && self.registry.close_gap() {
            self.see("gap closed");
        }
    }

    fn report(&mut self, carrier: u8, certificate: &Rc<Certificate>, digest: [u8; 32]) {
        let lost = !self.calm() && self.chance.percent(self.setting.chain_loss);
        let height = if lost {
            None
        } else {
            let before = self.registry.next;
            match self.registry.report(certificate) {
                Ok(()) => {
                    if self.registry.next > before {
                        self.see("accepted");
                        self.promises.certified(certificate, &self.grid, &self.setting);
                    }
                    return;
                }
                Err(why) => {
                    self.see(&format!("refused: {why}"));
                    Some(self.registry.height)
                }
            }
        };
        let wait = self.chance.range(500, 3_000);
        let event = Event::Refused { digest, height };
        self.after(wait, What::Feed(carrier, Box::new(event)));
    }

    /// What the chain says at its newest block.
    pub fn chain_state(&self) -> ChainState {
        let registry = &self.registry;
        let version = registry.roster(registry.next);
        let mut committee = committee(self.setting.members);
        committee.quorum = self.setting.quorum;
        let closing = registry
            .closing
            .filter(|_| self.setting.variant != Variant::BeyondGrace);
        ChainState {
            height: registry.height,
            first: IntervalIndex(registry.next),
            epoch: 1,
            committee: Arc::new(committee),
            roster_version: version as u32,
            seats: Arc::new(seats(registry.rosters[version - 1].1 as u32)),
            roster_ends: registry.roster_ends().map(IntervalIndex),
            closing: closing.map(UnixSeconds),
            accepted_before: registry.accepted_before().map(|(at, revision)| Accepted {
                at: UnixSeconds(at),
                revision,
            }),
            gap: registry.gap(),
        }
    }

    /// The vote of a member that looks at nothing; an honest one of the wrong variant goes through its record all the same.
    fn vote_for_anything(&mut self, member: u8, bytes: &[u8], record: bool) {
        let Ok(Message::Signed {
            content: Content::Proposal(proposal),
            ..
        }) = Message::decode(bytes)
        else {
            return;
        };
        let Ok(vote) = Vote::of(&proposal.draft) else {
            return;
        };
        let digest = vote.digest(&self.grid.domain());
        if !self.given.insert((member, digest)) {
            return;
        }
        let row = gridpact_committee::record::Row {
            kind: gridpact_committee::record::Kind::Vote,
            epoch: vote.header.epoch,
            first: vote.header.first_interval,
            intervals: vote.header.intervals,
            slot: vote.header.revision,
            digest,
            bytes: proposal.draft,
        };
        let mut disk = if record {
            self.nodes[usize::from(member)].disk.clone()
        } else {
            Disk::default()
        };
        if let Ok(signature) = gridpact_committee::record::sign(&Cheap(member), &mut disk, &row) {
            self.broadcast(
                member,
                &Message::Vote {
                    member,
                    vote,
                    signature,
                },
            );
        }
    }

    /// The first second after an interval.
    pub fn end_of(interval: u64) -> u64 {
        (interval + 1) * LENGTH
    }
}
