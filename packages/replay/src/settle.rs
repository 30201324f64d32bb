//! Windows, settled and held.

use gridpact_market::{Account, IntervalOutcome, Policy, Terms, WindowOutcome, WindowSettlement};
use gridpact_units::{Amount, EnergyTotal, IntervalIndex, Price, Reading, Slot, UnixSeconds};

use crate::accounts::Accounts;
use crate::books::{accounts, Books};
use crate::community::Community;
use crate::error::EventError;
use crate::finality::MAX_FINALISED;
use crate::held::{HeldSeat, HeldWindow, Window};

/// What a report came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The window.
    pub window: Window,
    /// The slot in every seat: `outcome.results` has the same order.
    pub slots: Vec<Slot>,
    /// What was free in every seat's account when the window was settled.
    pub free: Vec<Amount>,
    /// What every seat bought, sold, pays and gets.
    pub outcome: WindowOutcome,
    /// The price of every interval, in order.
    pub prices: Vec<Price>,
    /// The lowest and the highest price at which something was traded; none where nothing was.
    pub traded_at: Option<(Price, Price)>,
    /// The windows that became final on the way, in this order.
    pub finalised: Vec<HeldWindow>,
}

impl Books {
    /// Settles a window under its own roster: readings interval by interval, one a seat. First every window whose time is over
    /// becomes final, so that their credits pay. `each` sees every interval.
    ///
    /// # Errors
    /// No such roster, a number of readings other than seats x intervals, a window of which something was settled already, more windows whose time
    /// is over than one message makes final, what `gridpact-market` refuses.
    pub fn settle(
        &mut self,
        now: UnixSeconds,
        window: Window,
        readings: &[Reading],
        mut each: impl FnMut(&IntervalOutcome<'_>),
    ) -> Result<Settled, EventError> {
        let roster = self.roster_of(window, readings)?;
        let mut finality = self.finality(now, MAX_FINALISED)?;
        if finality.more {
            return Err(EventError::FinaliseFirst);
        }
        let accounts = accounts(roster, &finality.free);
        let mut settled = settle_alone(&self.policy, window, &accounts, readings, &mut each)?;
        let held = hold(window, &settled.slots, &settled.outcome);
        for seat in &held.seats {
            debit(&mut finality.free, seat)?;
        }
        settled.finalised = self.write(finality);
        self.keep_held(held);
        self.settled_until = end_of(window);
        Ok(settled)
    }

    /// The roster of a window that comes after all that was settled, with one reading for every interval and seat.
    pub(crate) fn roster_of(
        &self,
        window: Window,
        readings: &[Reading],
    ) -> Result<&[(Slot, Terms)], EventError> {
        let (settled_until, got) = (self.settled_until, window.first_interval);
        if got < settled_until {
            return Err(EventError::Settled { settled_until, got });
        }
        let roster = self.roster(window.roster_version)?;
        let (expected, got) = (
            roster.len().saturating_mul(window.intervals.into()),
            readings.len(),
        );
        if expected != got {
            return Err(EventError::Readings { expected, got });
        }
        Ok(roster)
    }
}

/// The interval after a window.
pub(crate) fn end_of(window: Window) -> IntervalIndex {
    window.first_interval.plus(window.intervals.into())
}

/// What a window comes to with these accounts; nothing is written.
pub(crate) fn settle_alone(
    policy: &Policy,
    window: Window,
    accounts: &[Account],
    readings: &[Reading],
    each: &mut dyn FnMut(&IntervalOutcome<'_>),
) -> Result<Settled, EventError> {
    let mut settlement = WindowSettlement::new(policy, accounts);
    let mut prices = Vec::with_capacity(window.intervals.into());
    let mut traded_at: Option<(Price, Price)> = None;
    let mut index = window.first_interval;
    for readings in readings.chunks_exact(accounts.len().max(1)) {
        let interval = settlement.interval(index, readings)?;
        prices.push(interval.price);
        if interval.traded != EnergyTotal(0) {
            let (low, high) = traded_at.unwrap_or((interval.price, interval.price));
            traded_at = Some((low.min(interval.price), high.max(interval.price)));
        }
        each(&interval);
        index = index.plus(1);
    }
    Ok(Settled {
        window,
        slots: accounts.iter().map(|account| account.slot).collect(),
        free: accounts.iter().map(|account| account.free).collect(),
        outcome: settlement.finish()?,
        prices,
        traded_at,
        finalised: Vec::new(),
    })
}

pub(crate) fn hold(window: Window, slots: &[Slot], outcome: &WindowOutcome) -> HeldWindow {
    let seats = slots.iter().zip(&outcome.results).map(|(slot, result)| HeldSeat {
        slot: *slot,
        debit: result.debit,
        credit: result.credit,
    });
    HeldWindow {
        window,
        seats: seats.collect(),
        community: Community::of_window(outcome.community.rounding, &outcome.community.fees),
    }
}

/// `gridpact-market` lets nobody spend more than is free.
fn debit(free: &mut Accounts, seat: &HeldSeat) -> Result<(), EventError> {
    let HeldSeat { slot, debit, .. } = *seat;
    let free = free.get_mut(slot)?;
    *free = free.checked_sub(debit).ok_or(EventError::InsufficientFree {
        slot,
        free: *free,
        got: debit,
    })?;
    Ok(())
}
