//! Sums and differences of money that cannot fail, and say what failed if they do.

use gridpact_units::Amount;

use crate::error::ContractError;

/// Sum; the bound on holdings excludes an error.
pub(crate) fn add(a: Amount, b: Amount, what: &'static str) -> Result<Amount, ContractError> {
    a.checked_add(b).ok_or(ContractError::Arithmetic { what })
}

/// Difference; the invariants exclude an error.
pub(crate) fn sub(a: Amount, b: Amount, what: &'static str) -> Result<Amount, ContractError> {
    a.checked_sub(b).ok_or(ContractError::Arithmetic { what })
}
