use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use crate::community::Community;

/// A window that was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First interval.
    pub first_interval: IntervalIndex,
    /// Number of intervals.
    pub intervals: u16,
    /// Revision of the report.
    pub revision: u16,
    /// Roster of the report.
    pub roster_version: u32,
    /// When it becomes final.
    pub final_at: UnixSeconds,
}

/// One slot's part of a held window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldSeat {
    /// Whose it is: the slot that had the seat in the window's own roster.
    pub slot: Slot,
    /// Left the free balance when the window was settled.
    pub debit: Amount,
    /// Becomes free when the window is final.
    pub credit: Amount,
}

/// A settled window until it is final: sum of debits = sum of credits + fees + rounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldWindow {
    /// The window.
    pub window: Window,
    /// Its results, by seat.
    pub seats: Vec<HeldSeat>,
    /// What it leaves for the community.
    pub community: Community,
}

impl HeldWindow {
    /// By what held windows stand in order.
    pub(crate) fn end(&self) -> (UnixSeconds, IntervalIndex) {
        (self.window.final_at, self.window.first_interval)
    }

    /// Sum of the debits, which came from free balances: it fits.
    pub fn debits(&self) -> Amount {
        sum(self.seats.iter().map(|seat| seat.debit))
    }

    /// Sum of the credits, at most that of the debits.
    pub fn credits(&self) -> Amount {
        sum(self.seats.iter().map(|seat| seat.credit))
    }
}

/// Saturates; nothing that is summed here comes near 2^128.
pub(crate) fn sum(amounts: impl IntoIterator<Item = Amount>) -> Amount {
    Amount(
        amounts
            .into_iter()
            .fold(0, |sum, amount| sum.saturating_add(amount.0)),
    )
}
