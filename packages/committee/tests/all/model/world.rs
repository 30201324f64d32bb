//! Everybody and everything there is, and time: what happens next.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use gridpact_committee::chain::Grid;
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::{Member, Start};
use gridpact_committee::message::content::Certificate;
use gridpact_committee::moment::Moment;

use super::disk::{Crash, Disk};
use super::promises::Promises;
use super::registry::{Registry, LENGTH};
use super::setting::{Setting, Variant, START};
use crate::support::{grid, Cheap};
use gridpact_chance::Chance;

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
    /// A member is away for so long, ms.
    Leave(u8, u64),
}

pub struct Node {
    pub member: Option<Member<Cheap, Disk>>,
    pub disk: Disk,
    pub polled: u64,
    pub wakes: u64,
    pub measured: bool,
    pub started: u64,
    pub whole: bool,
    pub accepted_second: bool,
}

pub struct World {
    pub setting: Setting,
    pub chance: Chance,
    pub now: u64,
    pub queue: BTreeMap<(u64, u64), What>,
    pub counter: u64,
    pub nodes: Vec<Node>,
    pub registry: Registry,
    pub transactions: Vec<What>,
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
            chance: Chance::new(seed ^ 0x5eed),
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
        if let Some((member, at, long)) = world.setting.away {
            world.after(at - world.now, What::Leave(member, long));
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

    pub fn calm(&self) -> bool {
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
            What::Feed(member, event) => self.feed(member, *event),
            What::Leave(member, long) => {
                if self.nodes[usize::from(member)].member.take().is_some() {
                    self.see("away");
                    self.after(long, What::Restart(member));
                }
            }
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

    pub fn restart(&mut self, member: u8) {
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

    /// The first second after an interval.
    pub fn end_of(interval: u64) -> u64 {
        (interval + 1) * LENGTH
    }
}
