//! Bounds of what a message brings.

use cosmwasm_std::HexBinary;
use gridpact_types::escrow::bounds::HASH_LENGTH;

use crate::error::ContractError;

pub(crate) fn check_above_zero(what: &'static str, got: u128) -> Result<(), ContractError> {
    if got > 0 {
        Ok(())
    } else {
        Err(ContractError::Zero { what })
    }
}

/// Refuses what is no SHA-256 hash.
pub(crate) fn check_hash(what: &'static str, hash: &HexBinary) -> Result<(), ContractError> {
    if hash.len() == HASH_LENGTH {
        Ok(())
    } else {
        Err(ContractError::Hash {
            what,
            expected: HASH_LENGTH,
            got: hash.len(),
        })
    }
}

/// Refuses a text outside its bounds.
pub(crate) fn check_length(
    what: &'static str,
    text: &str,
    min: usize,
    max: usize,
) -> Result<(), ContractError> {
    if (min..=max).contains(&text.len()) {
        Ok(())
    } else {
        Err(ContractError::Length {
            what,
            min,
            max,
            got: text.len(),
        })
    }
}

/// Refuses a list of too few or too many.
pub(crate) fn check_count(
    what: &'static str,
    got: usize,
    min: usize,
    max: usize,
) -> Result<(), ContractError> {
    if (min..=max).contains(&got) {
        Ok(())
    } else {
        Err(ContractError::Count { what, min, max, got })
    }
}
