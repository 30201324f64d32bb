//! The whole run settled with `gridpact-replay` alone: what the contracts must come to, what other rules would have
//! come to, and what deposits it takes.

mod needs;
mod settled_run;

use anyhow::{Context, Result};
use gridpact_market::{Account, AllocationRule, IntervalOutcome, Policy, WindowOutcome};
use gridpact_replay::{Books, Meter, Window};
use gridpact_units::{Amount, Energy, EnergyTotal, IntervalLength, Reading, Seat, Slot, UnixSeconds};

use crate::connections::{Connection, Connections};
use crate::metered::{highest_price, need_and_offer};
use crate::run::Interval;
use crate::schedule::Slice;
use needs::Taken;

pub use needs::Needs;
pub use settled_run::{settle_all, Cut, NotAmple, Settled, SettledRun};

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
    pub fn new(
        policy: &'a Policy,
        connections: &Connections,
        deposits: Vec<Amount>,
        needs: Needs,
    ) -> Result<Self> {
        let mut books = Books::new(policy.clone())?;
        let meters = (0..).zip(connections.iter()).map(meter);
        let meters = meters.collect::<Result<Vec<_>>>()?;
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
        let accounts = self.accounts();
        let (policy, needs) = (self.policy, &mut self.needs);
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
            let homes = accounts.iter().zip(row).zip(outcome.bought);
            let homes = homes.map(|((account, reading), bought)| Taken {
                need: need(account, reading),
                bought: *bought,
            });
            needs.interval(
                outcome.price,
                highest_price(policy, outcome.index, outcome.price),
                homes,
            );
            match picture(length, policy.buyers, outcome, &accounts, row) {
                Ok(interval) => each(interval, outcome.bought, outcome.sold),
                Err(error) => pictured = Err(error),
            }
        })?;
        pictured?;
        self.needs.window(&settled.outcome);
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
                self.needs.credits(window.seats.iter().map(|seat| seat.credit));
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
fn meter((slot, connection): (u32, &Connection)) -> Result<Meter> {
    let terms = connection.terms;
    Ok(Meter {
        slot: Slot(slot),
        seat: Seat(u16::try_from(slot)?),
        household: terms.household,
        weight: terms.weight,
        part: terms.part,
        priority: terms.priority,
        buy_tier: terms.buy_tier,
        sell_tier: terms.sell_tier,
    })
}

fn need(account: &Account, reading: &Reading) -> Energy {
    account
        .terms
        .map_or(Energy::ZERO, |terms| need_and_offer(&terms, reading).0)
}

/// What is shown of an interval.
fn picture(
    length: IntervalLength,
    buyers: AllocationRule,
    outcome: &IntervalOutcome<'_>,
    accounts: &[Account],
    readings: &[Reading],
) -> Result<Interval> {
    let narrow = |total: EnergyTotal| u64::try_from(total.0).context("an interval's energy exceeds 2^64 mWh");
    let scarce = buyers == AllocationRule::Even && outcome.traded < outcome.payable;
    let homes = accounts.iter().zip(readings).zip(outcome.bought);
    let unserved = homes.filter(|((account, reading), bought)| **bought < need(account, reading));
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
