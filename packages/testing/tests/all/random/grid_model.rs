//! What the rules say of a grid: time, rights and money. Who gets how much energy is checked interval by interval in the
//! harness' ledger; here it is taken as settled, and everything that follows from it is computed anew.

use std::collections::BTreeMap;

pub const LENGTH: u64 = 900;
pub const LIMIT: u64 = 6 * 3_600;
pub const CHALLENGE: u64 = 3 * 3_600;
/// Base units per MWh.
pub const PRICE: u128 = 333_333;
/// The fee, in basis points of a sale.
pub const FEE: u128 = 700;
const MWH: u128 = 1_000_000_000;

/// A window whose results are held.
#[derive(Debug)]
pub struct Held {
    pub final_at: u64,
    pub first: u64,
    pub credits: Vec<u128>,
    pub debits: u128,
    pub fee: u128,
}

#[derive(Debug, Default)]
pub struct Grid {
    /// Free balance by slot.
    pub free: Vec<u128>,
    /// First interval of every roster, and its seats.
    pub rosters: Vec<(u64, usize)>,
    /// Where the next window starts.
    pub next: u64,
    /// When a gap was last closed.
    pub closed: Option<u64>,
    pub held: BTreeMap<(u64, u64), Held>,
    pub fee: u128,
    pub rounding: u128,
    pub deposited: u128,
    pub withdrawn: u128,
    pub swept: u128,
    pub reported: bool,
}

impl Grid {
    /// The interval that runs.
    pub fn running(now: u64) -> u64 {
        now / LENGTH
    }

    /// Whether an interval ended so long ago that it is not reported any more: what was not too old when a gap was closed is not
    /// for the grace, here an hour and a half, a quarter of the limit.
    fn too_old(&self, now: u64, interval: u64) -> bool {
        let grace = self.closed.filter(|closed| now <= closed + LIMIT / 4);
        (interval + 1) * LENGTH + LIMIT < grace.unwrap_or(now)
    }

    pub fn has_gap(&self, now: u64) -> bool {
        self.too_old(now, self.next)
    }

    /// Closes what is too old, if anything.
    pub fn close_gap(&mut self, now: u64) {
        if self.has_gap(now) {
            while self.too_old(now, self.next) {
                self.next += 1;
            }
            self.closed = Some(now);
        }
    }

    /// Seats of the roster in force in an interval, and where it ends.
    pub fn roster(&self, interval: u64) -> (usize, u64) {
        let position = self
            .rosters
            .iter()
            .rposition(|(from, _)| *from <= interval)
            .unwrap();
        let end = self.rosters.get(position + 1).map_or(u64::MAX, |(from, _)| *from);
        (self.rosters[position].1, end)
    }

    pub fn takes_report(&self, now: u64, intervals: u64, signers: u8) -> bool {
        let end = self.next + intervals;
        let roster_ends = self.roster(self.next).1;
        !self.has_gap(now) && end <= Self::running(now) && end <= roster_ends && signers >= 3
    }

    /// What a slot can take out: free, or credited by a window whose time is over.
    pub fn free_by_the_clock(&self, now: u64, slot: usize) -> Option<u128> {
        let over = self.held.range(..=(now, u64::MAX));
        let credits = over.map(|(_, window)| window.credits.get(slot).copied().unwrap_or(0));
        Some(self.free.get(slot)? + credits.sum::<u128>())
    }

    /// Makes windows final whose time is over, the earliest end first.
    pub fn finalise(&mut self, now: u64, limit: usize) {
        let ended: Vec<(u64, u64)> = self
            .held
            .keys()
            .copied()
            .filter(|(end, _)| *end <= now)
            .take(limit)
            .collect();
        for key in ended {
            let window = self.held.remove(&key).unwrap();
            for (free, credit) in self.free.iter_mut().zip(&window.credits) {
                *free += credit;
            }
            self.fee += window.fee;
            self.rounding += window.debits - window.fee - window.credits.iter().sum::<u128>();
        }
    }

    /// Books a window: what each seat bought and sold in it, in mWh.
    pub fn settle(&mut self, now: u64, intervals: u64, traded: &[(u128, u128)]) {
        let (mut credits, mut debits, mut fees) = (Vec::new(), 0, 0);
        for (seat, (bought, sold)) in traded.iter().enumerate() {
            let debit = (bought * PRICE).div_ceil(MWH);
            let earned = sold * PRICE;
            let fee = earned * FEE / 10_000;
            self.free[seat] = self.free[seat].checked_sub(debit).expect("nobody ever owes");
            credits.push((earned - fee) / MWH);
            debits += debit;
            fees += fee;
        }
        let held = Held {
            final_at: now + CHALLENGE,
            first: self.next,
            credits,
            debits,
            fee: fees / MWH,
        };
        self.held.insert((held.final_at, held.first), held);
        self.next += intervals;
        self.reported = true;
    }

    /// Everything that is in the contract by its books.
    pub fn holding(&self) -> u128 {
        let held: u128 = self.held.values().map(|window| window.debits).sum();
        self.free.iter().sum::<u128>() + held + self.fee + self.rounding
    }
}
