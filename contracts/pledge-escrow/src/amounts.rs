//! Sums of money that came in as one bounded total.

use gridpact_units::Amount;

use crate::error::ContractError;

/// Sum; refused from 2^128 on, which only somebody who mints the asset could bring about, in one project.
pub(crate) fn add(a: Amount, b: Amount) -> Result<Amount, ContractError> {
    a.checked_add(b).ok_or(ContractError::TooMuch)
}

/// Difference; the invariants exclude an error.
pub(crate) fn sub(a: Amount, b: Amount) -> Result<Amount, ContractError> {
    a.checked_sub(b)
        .ok_or(ContractError::Arithmetic { what: "books" })
}

/// Sum of parts of a total, which bounds it.
pub(crate) fn sum(parts: impl IntoIterator<Item = u128>) -> u128 {
    parts.into_iter().fold(0, u128::saturating_add)
}
