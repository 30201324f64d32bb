//! The grid as plain facts, interval by interval; nothing of the contract's code is in it.

use std::collections::BTreeMap;

use super::data::{From, Setting, METERS};
use crate::harness::{DAY, HOUR, QUARTER};

/// What an interval came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// Reported: in the window that starts there.
    Reported(u64),
    /// Closed as a gap: in the window that starts there.
    Gap(u64),
}

/// What was said of a reported window.
#[derive(Clone, Debug)]
pub struct Reported {
    pub bytes: Vec<u8>,
    pub revision: u16,
    pub signers: u32,
    pub roster: usize,
    pub at: u64,
}

#[derive(Clone, Debug)]
pub struct Proposal {
    pub who: u8,
    pub serial: u64,
    pub meter: usize,
    pub made: u64,
}

/// A meter that was admitted; slot, seat and place in the list are one number.
#[derive(Clone, Debug)]
pub struct Meter {
    pub who: u8,
    pub serial: u64,
    pub meter: usize,
    pub household: u32,
    pub weight: u32,
    pub from: u64,
}

pub struct Model {
    pub setting: Setting,
    /// Fate of every closed interval.
    pub fates: BTreeMap<u64, Fate>,
    /// Reported windows, by first interval.
    pub reports: BTreeMap<u64, Reported>,
    /// First interval and number of seats of each roster, from version 1.
    pub rosters: Vec<(u64, usize)>,
    pub meters: Vec<Meter>,
    /// Proposals that were neither admitted nor dropped.
    pub proposals: BTreeMap<u64, Proposal>,
    pub proposed: u64,
    pub households: u32,
    /// When a gap was last closed.
    pub closed: Option<u64>,
}

impl Model {
    pub fn new(setting: Setting) -> Self {
        Self {
            setting,
            fates: BTreeMap::new(),
            reports: BTreeMap::new(),
            rosters: vec![],
            meters: vec![],
            proposals: BTreeMap::new(),
            proposed: 0,
            households: 0,
            closed: None,
        }
    }

    /// Where the next window starts.
    pub fn next(&self) -> Option<u64> {
        let first = self.rosters.first()?.0;
        let last = self.fates.last_key_value();
        Some(last.map_or(first, |(interval, _)| interval + 1))
    }

    /// Where the n-th window before the end starts.
    pub fn window(&self, back: usize) -> Option<u64> {
        let starts = self.fates.iter().rev().filter_map(|(interval, fate)| match fate {
            Fate::Reported(first) | Fate::Gap(first) => (first == interval).then_some(*first),
        });
        starts.into_iter().nth(back)
    }

    pub fn roster_of(&self, interval: u64) -> usize {
        self.rosters.iter().filter(|(from, _)| *from <= interval).count()
    }

    /// How long after a closing no interval gets older.
    pub fn grace(&self) -> u64 {
        HOUR.max(self.setting.limit / 4)
    }

    /// Whether an interval ended longer than the limit ago, but for the grace after a closing, in which none gets older.
    pub fn too_old(&self, interval: u64, now: u64) -> bool {
        let age_at = match self.closed {
            Some(closed) if now <= closed + self.grace() => closed,
            _ => now,
        };
        age_at > (interval + 1) * QUARTER + self.setting.limit
    }

    pub fn acceptable(&self, first: u64, intervals: u16, roster: usize, now: u64) -> bool {
        self.next() == Some(first)
            && (first..first + u64::from(intervals)).all(|interval| {
                (interval + 1) * QUARTER <= now
                    && !self.too_old(interval, now)
                    && self.roster_of(interval) == roster
            })
    }

    /// Most import and export of a seat in an interval, in mWh: a quarter of the power, in whole Wh.
    pub fn most(&self, seat: usize) -> (u64, u64) {
        let (_, import, export) = METERS[self.meters[seat].meter];
        let watt_hours = |watts: u32| u64::from(watts / 4 + u32::from(!watts.is_multiple_of(4)));
        (watt_hours(import) * 1_000, watt_hours(export) * 1_000)
    }

    pub fn is_open(&self, number: u64, now: u64) -> bool {
        let proposal = self.proposals.get(&number);
        proposal.is_some_and(|proposal| now < proposal.made + 30 * DAY)
    }

    /// Whether somebody may propose a meter of this serial number.
    pub fn may_propose(&self, who: u8, serial: u64, now: u64) -> bool {
        let own = self.proposals.iter().filter(|(_, proposal)| proposal.who == who);
        let open = own.filter(|(number, _)| self.is_open(**number, now));
        open.count() < 8
            && self.proposals.values().all(|proposal| proposal.serial != serial)
            && self.meters.iter().all(|meter| meter.serial != serial)
    }

    fn begins(&self, interval: u64) -> bool {
        interval % self.setting.every == self.setting.offset
    }

    /// The n-th beginning of a roster after the running interval.
    pub fn beginning(&self, now: u64, number: u64) -> u64 {
        let mut beginnings = (now / QUARTER + 1..).filter(|interval| self.begins(*interval));
        beginnings.nth(number as usize).unwrap()
    }

    /// The first interval that is asked for; None where it is left to the registry.
    pub fn asked(&self, from: From, now: u64) -> Option<u64> {
        let running = now / QUARTER;
        match from {
            From::Next => None,
            From::Ahead(ahead) => Some(running.saturating_add_signed(ahead)),
            From::Beginning(number) => Some(self.beginning(now, number)),
            From::Latest(ahead) => Some(((now + 90 * DAY) / QUARTER).saturating_add_signed(ahead)),
        }
    }

    /// Whether a roster may begin there.
    pub fn may_begin(&self, from: u64, now: u64) -> bool {
        from * QUARTER > now && from <= (now + 90 * DAY) / QUARTER && self.begins(from)
    }

    /// Whether seats may be added to a roster that begins there: the newest, or one behind it, of at most 16 to come.
    pub fn may_add(&self, from: u64, now: u64) -> bool {
        let to_come = self.rosters.iter().filter(|(begin, _)| begin * QUARTER > now);
        match self.rosters.last() {
            Some((newest, _)) if *newest == from => true,
            Some((newest, _)) => *newest < from && to_come.count() < 16,
            None => true,
        }
    }
}
