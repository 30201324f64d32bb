use gridpact_units::{IntervalIndex, Reading};

use crate::error::SettleError;
use crate::outcome::WindowOutcome;
use crate::participant::Account;
use crate::policy::Policy;
use crate::settle::WindowSettlement;

/// Settles a whole window at once: the readings of the first interval, one for each account, then those of the next.
///
/// # Errors
/// As [`WindowSettlement::interval`]; a number of readings that is no multiple of that of accounts.
pub fn settle_window(
    policy: &Policy,
    accounts: &[Account],
    first: IntervalIndex,
    readings: &[Reading],
) -> Result<WindowOutcome, SettleError> {
    let seats = accounts.len();
    if readings.len().checked_rem(seats).unwrap_or(readings.len()) != 0 {
        return Err(SettleError::ReadingCount {
            seats,
            got: readings.len(),
        });
    }
    let mut window = WindowSettlement::new(policy, accounts);
    let mut index = first;
    for readings in readings.chunks_exact(seats.max(1)) {
        window.interval(index, readings)?;
        index = index.plus(1);
    }
    window.finish()
}
