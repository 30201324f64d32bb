//! Sums of money and energy.

use anyhow::{Context, Result};
use gridpact_units::{Amount, EnergyTotal};

/// All of these amounts together, where a wrong sum would hide a breach.
///
/// # Errors
/// Beyond 2^128 base units, which no real money reaches.
pub fn total(amounts: impl IntoIterator<Item = Amount>) -> Result<Amount> {
    let mut amounts = amounts.into_iter();
    amounts
        .try_fold(Amount::ZERO, Amount::checked_add)
        .context("a sum of money beyond 2^128 base units")
}

/// What is left of an amount.
///
/// # Errors
/// More is taken than there is.
pub fn less(amount: Amount, taken: Amount) -> Result<Amount> {
    amount
        .checked_sub(taken)
        .with_context(|| format!("expected at most {amount} taken, got {taken}"))
}

/// All of this energy together; 2^128 mWh are more than there is.
pub fn energy(totals: impl IntoIterator<Item = EnergyTotal>) -> EnergyTotal {
    let totals = totals.into_iter();
    EnergyTotal(totals.fold(0, |sum, total| sum.saturating_add(total.0)))
}

/// As a number that may become negative; what is counted here is far below 2^127.
pub fn signed(value: u128) -> i128 {
    i128::try_from(value).unwrap_or(i128::MAX)
}
