//! The whole run settled with `gridpact-replay` alone: what the contracts must come to, what other rules would have
//! come to, and what deposits it takes.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "every list has an entry a home, as the accounts that the market answers for; sums of money stay below 2^128"
)]

use anyhow::{Context, Result};
use gridpact_market::{Account, AllocationRule, IntervalOutcome, Policy, Terms, WindowOutcome};
use gridpact_readings::dataset::Dataset;
use gridpact_replay::{Books, Meter, Window};
use gridpact_units::{Amount, Energy, EnergyTotal, IntervalLength, Reading, Seat, Slot, UnixSeconds};

use crate::run::Interval;
use crate::schedule::Slice;

/// More than any home can spend, and small enough that 1,024 homes together have less than a grid holds, 2^96.
pub const AMPLE: Amount = Amount(1 << 85);

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

/// Every home in the first and only roster.
const ROSTER: u32 = 1;

/// Balances as the settlement contract keeps them.
pub struct Mirror<'a> {
    policy: &'a Policy,
    books: Books,
    /// What every home has free, by slot: what the books say, for who looks often.
    free: Vec<Amount>,
    needs: Needs,
}

impl<'a> Mirror<'a> {
    /// Opens an account for every home with what it deposits.
    pub fn new(policy: &'a Policy, deposits: Vec<Amount>, needs: Needs) -> Result<Self> {
        let mut books = Books::new(policy.clone())?;
        let meters = (0..deposits.len()).map(meter).collect::<Result<Vec<_>>>()?;
        books.open(ROSTER, &meters)?;
        for (meter, deposit) in meters.iter().zip(deposits) {
            if !deposit.is_zero() {
                books.deposit(meter.slot, deposit)?;
            }
        }
        let mut mirror = Self {
            policy,
            books,
            free: vec![],
            needs,
        };
        mirror.read_free();
        Ok(mirror)
    }

    /// The accounts as a window begins with them.
    pub fn accounts(&self) -> Vec<Account> {
        self.books.seats(ROSTER).unwrap_or_default()
    }

    /// Settles one window; calls back with every interval's picture, what each home bought and what it sold.
    pub fn settle(
        &mut self,
        length: IntervalLength,
        slice: &Slice,
        readings: &[Reading],
        mut each: impl FnMut(Interval, &[Energy], &[Energy]),
    ) -> Result<WindowOutcome> {
        self.finalise(slice.settled_at)?;
        let buyers = self.policy.buyers;
        let mut rows = readings.chunks_exact(self.free.len().max(1));
        let mut pictured = Ok(());
        let window = Window {
            first_interval: slice.first,
            intervals: u16::try_from(slice.intervals).context("a window of so many intervals")?,
            revision: 0,
            roster_version: ROSTER,
            final_at: UnixSeconds(slice.final_at),
        };
        let now = UnixSeconds(slice.settled_at);
        let settled = self.books.settle(now, window, readings, |outcome| {
            let row = rows.next().unwrap_or_default();
            match picture(length, buyers, outcome, row) {
                Ok(interval) => each(interval, outcome.bought, outcome.sold),
                Err(error) => pictured = Err(error),
            }
        })?;
        pictured?;
        for (slot, result) in settled.outcome.results.iter().enumerate() {
            let Needs { spent, gained, peak } = &mut self.needs;
            spent[slot] += result.debit.0;
            peak[slot] = peak[slot].max(spent[slot].saturating_sub(gained[slot]));
        }
        self.read_free();
        Ok(settled.outcome)
    }

    /// Moves the credits of windows that are final by `now` into the free balances.
    pub fn finalise(&mut self, now: u64) -> Result<()> {
        // As many at once as one message of the contract makes final, until all are.
        loop {
            let windows = self.books.finalise(UnixSeconds(now), usize::MAX)?;
            if windows.is_empty() {
                self.read_free();
                return Ok(());
            }
            for window in &windows {
                for (gained, seat) in self.needs.gained.iter_mut().zip(&window.seats) {
                    *gained += seat.credit.0;
                }
            }
        }
    }

    /// When the last window becomes final; `None` where all are.
    pub fn last_final_at(&self) -> Option<u64> {
        self.books.held().next_back().map(|held| held.window.final_at.0)
    }

    /// What every home has free.
    pub fn free(&self) -> &[Amount] {
        &self.free
    }

    /// What deposits it took.
    pub fn into_needs(self) -> Needs {
        self.needs
    }

    fn read_free(&mut self) {
        self.free.clear();
        self.free.extend(self.books.accounts().map(|(_, free)| free));
    }
}

/// A home as it is admitted.
fn meter(slot: usize) -> Result<Meter> {
    let terms = terms(slot);
    Ok(Meter {
        slot: Slot(u32::try_from(slot)?),
        seat: Seat(u16::try_from(slot)?),
        household: terms.household,
        weight: terms.weight,
        part: terms.part,
        priority: terms.priority,
        buy_tier: terms.buy_tier,
        sell_tier: terms.sell_tier,
    })
}

/// What is shown of an interval.
fn picture(
    length: IntervalLength,
    buyers: AllocationRule,
    outcome: &IntervalOutcome<'_>,
    readings: &[Reading],
) -> Result<Interval> {
    let narrow = |total: EnergyTotal| u64::try_from(total.0).context("an interval's energy exceeds 2^64 mWh");
    let scarce = buyers == AllocationRule::Even && outcome.traded < outcome.payable;
    let unserved = readings
        .iter()
        .zip(outcome.bought)
        .filter(|(reading, bought)| **bought < reading.import);
    Ok(Interval {
        start: length.start_of(outcome.index),
        price: outcome.price,
        supply: narrow(outcome.supply)?,
        demand: narrow(outcome.demand)?,
        payable: narrow(outcome.payable)?,
        shared: narrow(outcome.traded)?,
        level: unserved.map(|(_, bought)| bought.0).max().filter(|_| scarce),
    })
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
    let mut mirror = Mirror::new(policy, vec![AMPLE; homes], Needs::new(homes))?;
    let mut windows: Vec<WindowOutcome> = Vec::with_capacity(slices.len());
    for (number, slice) in slices.iter().enumerate() {
        let readings = &dataset.readings[slice.from * homes..][..slice.intervals * homes];
        windows.push(mirror.settle(dataset.interval, slice, readings, |_, _, _| {})?);
        // Between two stretches everybody takes all money out of the old grid, which waits for the last window.
        if slices
            .get(number + 1)
            .is_none_or(|next| next.stretch != slice.stretch)
        {
            mirror.finalise(slice.final_at)?;
        }
    }
    Ok((windows, mirror.into_needs()))
}
