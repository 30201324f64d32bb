//! The whole run settled with `gridpact-market` alone: what the contracts must come to, what other rules would have
//! come to, and what deposits it takes.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "every list has an entry a home, as the accounts that the market answers for; sums of money stay below 2^128"
)]

use std::collections::VecDeque;

use anyhow::{Context, Result};
use gridpact_market::{Account, AllocationRule, Policy, SeatResult, Terms, WindowOutcome, WindowSettlement};
use gridpact_readings::dataset::Dataset;
use gridpact_units::{Amount, Energy, EnergyTotal, IntervalLength, Reading, Slot};

use super::schedule::Slice;
use crate::run::Interval;

/// More than any home can spend, and small enough that its value in mWh x price stays below 2^128.
pub const AMPLE: Amount = Amount(1 << 90);

/// What is agreed with every home: a household each, served in the order of the data under `priority`.
pub fn terms(slot: usize) -> Terms {
    let number = u32::try_from(slot).unwrap_or(u32::MAX);
    Terms {
        priority: u16::try_from(slot).unwrap_or(u16::MAX),
        ..Terms::of_household(number)
    }
}

/// What deposits it takes: per home, debits so far less credits that were final by then, and the peak of it.
#[derive(Clone, Default)]
pub struct Needs {
    spent: Vec<u128>,
    gained: Vec<u128>,
    peak: Vec<u128>,
}

impl Needs {
    /// Nothing spent yet.
    pub fn new(homes: usize) -> Self {
        Self {
            spent: vec![0; homes],
            gained: vec![0; homes],
            peak: vec![0; homes],
        }
    }

    /// The deposit that would just have done for every home.
    pub fn peaks(&self) -> Vec<Amount> {
        self.peak.iter().copied().map(Amount).collect()
    }
}

/// Balances as the settlement contract keeps them.
pub struct Mirror<'a> {
    policy: &'a Policy,
    free: Vec<Amount>,
    held: VecDeque<(u64, Vec<SeatResult>)>,
    needs: Needs,
}

impl<'a> Mirror<'a> {
    /// Opens an account for every home with what it deposits.
    pub fn new(policy: &'a Policy, deposits: Vec<Amount>, needs: Needs) -> Self {
        Self {
            policy,
            free: deposits,
            held: VecDeque::new(),
            needs,
        }
    }

    /// The accounts as a window begins with them.
    pub fn accounts(&self) -> Vec<Account> {
        let account = |(slot, free): (usize, &Amount)| {
            Account::new(Slot(u32::try_from(slot).unwrap_or(u32::MAX)), terms(slot), *free)
        };
        self.free.iter().enumerate().map(account).collect()
    }

    /// Settles one window; calls back with every interval's picture, what each home bought and what it sold.
    pub fn settle(
        &mut self,
        length: IntervalLength,
        slice: &Slice,
        readings: &[Reading],
        mut each: impl FnMut(Interval, &[Energy], &[Energy]),
    ) -> Result<WindowOutcome> {
        self.finalise(slice.settled_at);
        let accounts = self.accounts();
        let mut settlement = WindowSettlement::new(self.policy, &accounts);
        for (offset, readings) in readings.chunks_exact(accounts.len()).enumerate() {
            let index = slice.first.plus(offset as u64);
            let outcome = settlement.interval(index, readings)?;
            let narrow =
                |total: EnergyTotal| u64::try_from(total.0).context("an interval's energy exceeds 2^64 mWh");
            let scarce = self.policy.buyers == AllocationRule::Even && outcome.traded < outcome.payable;
            let unserved = readings
                .iter()
                .zip(outcome.bought)
                .filter(|(reading, bought)| **bought < reading.import);
            let interval = Interval {
                start: length.start_of(index),
                price: outcome.price,
                supply: narrow(outcome.supply)?,
                demand: narrow(outcome.demand)?,
                payable: narrow(outcome.payable)?,
                shared: narrow(outcome.traded)?,
                level: unserved.map(|(_, bought)| bought.0).max().filter(|_| scarce),
            };
            each(interval, outcome.bought, outcome.sold);
        }
        let outcome = settlement.finish()?;
        for (slot, result) in outcome.results.iter().enumerate() {
            let free = self.free[slot].checked_sub(result.debit);
            self.free[slot] = free.with_context(|| format!("slot {slot} was debited more than it had"))?;
            let Needs { spent, gained, peak } = &mut self.needs;
            spent[slot] += result.debit.0;
            peak[slot] = peak[slot].max(spent[slot].saturating_sub(gained[slot]));
        }
        self.held.push_back((slice.final_at, outcome.results.clone()));
        Ok(outcome)
    }

    /// Moves the credits of windows that are final by `now` into the free balances.
    pub fn finalise(&mut self, now: u64) {
        while self.held.front().is_some_and(|(final_at, _)| *final_at <= now) {
            for (slot, result) in self
                .held
                .pop_front()
                .into_iter()
                .flat_map(|(_, results)| results)
                .enumerate()
            {
                self.free[slot].0 += result.credit.0;
                self.needs.gained[slot] += result.credit.0;
            }
        }
    }

    /// When the last window becomes final; `None` where all are.
    pub fn last_final_at(&self) -> Option<u64> {
        self.held.back().map(|(final_at, _)| *final_at)
    }

    /// What every home has free.
    pub fn free(&self) -> &[Amount] {
        &self.free
    }

    /// What deposits it took.
    pub fn into_needs(self) -> Needs {
        self.needs
    }
}

/// Everything a whole run comes to under one policy.
pub struct Settled {
    /// Every interval.
    pub intervals: Vec<Interval>,
    /// Bought in every interval by every home, mWh.
    pub bought: Vec<u64>,
    /// Sold.
    pub sold: Vec<u64>,
    /// Every window.
    pub windows: Vec<WindowOutcome>,
    /// Balances at the end.
    pub balances: Vec<Amount>,
    /// Least deposits.
    pub needed: Vec<Amount>,
}

impl Settled {
    /// Nothing settled yet.
    pub fn with_capacity(dataset: &Dataset, windows: usize) -> Self {
        Self {
            intervals: Vec::with_capacity(dataset.intervals()),
            bought: Vec::with_capacity(dataset.readings.len()),
            sold: Vec::with_capacity(dataset.readings.len()),
            windows: Vec::with_capacity(windows),
            balances: vec![],
            needed: vec![],
        }
    }

    /// Keeps an interval.
    pub fn record(&mut self, interval: Interval, bought: &[Energy], sold: &[Energy]) {
        self.intervals.push(interval);
        self.bought.extend(bought.iter().map(|energy| energy.0));
        self.sold.extend(sold.iter().map(|energy| energy.0));
    }
}

/// What all windows come to with ample deposits, and what deposits that takes.
pub fn settle_all(
    dataset: &Dataset,
    slices: &[Slice],
    policy: &Policy,
) -> Result<(Vec<WindowOutcome>, Needs)> {
    let homes = dataset.meters.len();
    let mut mirror = Mirror::new(policy, vec![AMPLE; homes], Needs::new(homes));
    let mut windows: Vec<WindowOutcome> = Vec::with_capacity(slices.len());
    for (number, slice) in slices.iter().enumerate() {
        let readings = &dataset.readings[slice.from * homes..][..slice.intervals * homes];
        windows.push(mirror.settle(dataset.interval, slice, readings, |_, _, _| {})?);
        // Between two stretches everybody takes all money out of the old grid, which waits for the last window.
        if slices
            .get(number + 1)
            .is_none_or(|next| next.stretch != slice.stretch)
        {
            mirror.finalise(slice.final_at);
        }
    }
    Ok((windows, mirror.into_needs()))
}
