//! The whole run settled with `gridpact-market` alone: what the contracts must come to, what other rules would have
//! come to, and what deposits it takes.

use std::collections::VecDeque;

use anyhow::{Context, Result};
use gridpact_market::{Account, AllocationRule, Policy, SeatResult, Terms, WindowOutcome, WindowSettlement};
use gridpact_units::{Amount, EnergyTotal, Slot};

use super::schedule::Slice;
use crate::data::Dataset;
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

/// Balances as the settlement contract keeps them.
pub struct Mirror<'a> {
    policy: &'a Policy,
    free: Vec<Amount>,
    held: VecDeque<(u64, Vec<SeatResult>)>,
    /// Per home: debits so far, credits that became final so far, and the largest difference seen.
    spent: Vec<u128>,
    gained: Vec<u128>,
    peak: Vec<u128>,
}

impl<'a> Mirror<'a> {
    /// Opens an account for every home with what it deposits.
    pub fn new(policy: &'a Policy, deposits: Vec<Amount>) -> Self {
        let homes = deposits.len();
        let none = vec![0; homes];
        Self {
            policy,
            free: deposits,
            held: VecDeque::new(),
            spent: none.clone(),
            gained: none.clone(),
            peak: none,
        }
    }

    /// Settles one window; calls back with every interval's picture, what each home bought and what it sold.
    pub fn settle(
        &mut self,
        dataset: &Dataset,
        slice: &Slice,
        mut each: impl FnMut(Interval, &[gridpact_units::Energy], &[gridpact_units::Energy]),
    ) -> Result<WindowOutcome> {
        self.finalise(slice.settled_at);
        let homes = self.free.len();
        let accounts: Vec<Account> = (0..homes)
            .map(|slot| {
                Account::new(
                    Slot(u32::try_from(slot).unwrap_or(u32::MAX)),
                    terms(slot),
                    self.free[slot],
                )
            })
            .collect();
        let mut settlement = WindowSettlement::new(self.policy, &accounts);
        for offset in 0..slice.intervals {
            let readings = &dataset.readings[(slice.from + offset) * homes..][..homes];
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
                start: dataset.interval.start_of(index),
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
            self.spent[slot] += result.debit.0;
            self.peak[slot] = self.peak[slot].max(self.spent[slot].saturating_sub(self.gained[slot]));
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
                self.gained[slot] += result.credit.0;
            }
        }
    }

    /// What every home has free.
    pub fn free(&self) -> &[Amount] {
        &self.free
    }

    /// The deposit that would just have done for every home: the peak of debits so far less credits final by then.
    pub fn needed(&self) -> Vec<Amount> {
        self.peak.iter().copied().map(Amount).collect()
    }
}

/// Everything a whole run comes to under one policy.
pub struct Settled {
    /// Every interval.
    pub intervals: Vec<Interval>,
    /// Bought in every interval by every home, mWh; empty where not asked for.
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

/// Settles all windows; `detail` keeps every home's part of every interval.
pub fn settle_all(
    dataset: &Dataset,
    slices: &[Slice],
    policy: &Policy,
    deposits: Vec<Amount>,
    detail: bool,
) -> Result<Settled> {
    let mut mirror = Mirror::new(policy, deposits);
    let cells = if detail { dataset.readings.len() } else { 0 };
    let (mut bought, mut sold) = (Vec::with_capacity(cells), Vec::with_capacity(cells));
    let mut intervals = Vec::with_capacity(dataset.intervals());
    let mut windows: Vec<WindowOutcome> = Vec::with_capacity(slices.len());
    for (number, slice) in slices.iter().enumerate() {
        let outcome = mirror.settle(dataset, slice, |interval, buys, sells| {
            intervals.push(interval);
            if detail {
                bought.extend(buys.iter().map(|energy| energy.0));
                sold.extend(sells.iter().map(|energy| energy.0));
            }
        });
        windows.push(outcome?);
        // Between two stretches everybody takes all money out of the old grid, which waits for the last window.
        if slices
            .get(number + 1)
            .is_none_or(|next| next.stretch != slice.stretch)
        {
            mirror.finalise(slice.final_at);
        }
    }
    Ok(Settled {
        intervals,
        bought,
        sold,
        windows,
        balances: mirror.free().to_vec(),
        needed: mirror.needed(),
    })
}
