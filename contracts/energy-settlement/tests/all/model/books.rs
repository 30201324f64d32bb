//! The model: what everybody paid in and took out, and windows divided in exact fractions by `gridpact-reference`, which knows
//! none of `gridpact-market`'s code. A credit counts from the second on at which its window is final, whoever turned a crank.

use std::collections::BTreeMap;

use gridpact_market::{Account, FeeId, Policy, Terms};
use gridpact_units::{Amount, IntervalIndex, Reading, Slot};

/// A window, final or not.
#[derive(Debug)]
pub struct Window {
    pub final_at: u64,
    pub intervals: u16,
    pub roster: usize,
    /// By seat of its roster.
    pub debits: Vec<u128>,
    pub credits: Vec<u128>,
    pub fees: BTreeMap<FeeId, u128>,
    pub rounding: u128,
    pub traded: u128,
}

/// What one slot paid in, and what it withdrew and was debited.
#[derive(Clone, Copy, Debug, Default)]
pub struct Purse {
    pub paid_in: u128,
    pub paid_out: u128,
}

#[derive(Debug)]
pub struct Model {
    pub policy: Policy,
    /// By version, counted from 0: the terms of each seat. Seats and slots have the same numbers.
    pub rosters: Vec<Vec<Terms>>,
    pub purses: Vec<Purse>,
    /// By first interval.
    pub windows: BTreeMap<u64, Window>,
    pub deposited: u128,
    pub withdrawn: u128,
    /// Swept so far, by fee; None for rounding.
    pub swept: BTreeMap<Option<FeeId>, u128>,
}

impl Model {
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            rosters: Vec::new(),
            purses: Vec::new(),
            windows: BTreeMap::new(),
            deposited: 0,
            withdrawn: 0,
            swept: BTreeMap::new(),
        }
    }

    /// What every slot has free when just these windows count.
    pub fn free(&self, counts: impl Fn(u64, &Window) -> bool) -> Vec<u128> {
        let mut credits = vec![0; self.purses.len()];
        for (_, window) in self
            .windows
            .iter()
            .filter(|(first, window)| counts(**first, window))
        {
            credits
                .iter_mut()
                .zip(&window.credits)
                .for_each(|(sum, credit)| *sum += credit);
        }
        let purses = self.purses.iter().zip(credits);
        purses
            .map(|(purse, credit)| purse.paid_in + credit - purse.paid_out)
            .collect()
    }

    /// What every slot has free by the clock.
    pub fn free_at(&self, now: u64) -> Vec<u128> {
        self.free(|_, window| window.final_at <= now)
    }

    /// What a fee, or rounding, came to in these windows and nobody swept.
    pub fn community(&self, part: Option<FeeId>, counts: impl Fn(u64) -> bool) -> u128 {
        let of = |window: &Window| match part {
            None => window.rounding,
            Some(id) => window.fees.get(&id).copied().unwrap_or_default(),
        };
        let windows = self.windows.iter().filter(|(first, _)| counts(**first));
        let gathered: u128 = windows.map(|(_, window)| of(window)).sum();
        gathered - self.swept.get(&part).copied().unwrap_or_default()
    }

    pub fn deposit(&mut self, slot: usize, amount: u128) {
        self.purses[slot].paid_in += amount;
        self.deposited += amount;
    }

    pub fn withdraw(&mut self, slot: usize, amount: u128) {
        self.purses[slot].paid_out += amount;
        self.withdrawn += amount;
    }

    /// Settles a window of this roster with what is free by the clock.
    pub fn settle(
        &mut self,
        now: u64,
        final_at: u64,
        first: IntervalIndex,
        roster: usize,
        readings: &[Reading],
    ) {
        let seats = &self.rosters[roster];
        let free = self.free_at(now);
        let accounts: Vec<Account> = (0..)
            .zip(seats)
            .zip(free)
            .map(|((slot, terms), free)| Account::new(Slot(slot), *terms, Amount(free)))
            .collect();
        let outcome = gridpact_reference::window::settle(&self.policy, &accounts, first, readings);
        for (purse, debit) in self.purses.iter_mut().zip(&outcome.debits) {
            purse.paid_out += debit;
        }
        let window = Window {
            final_at,
            intervals: outcome.intervals.len() as u16,
            roster,
            debits: outcome.debits,
            credits: outcome.credits,
            fees: outcome.fees.into_iter().collect(),
            rounding: outcome.rounding,
            traded: outcome
                .intervals
                .iter()
                .map(|interval| u128::from(interval.traded))
                .sum(),
        };
        self.windows.insert(first.0, window);
    }
}
