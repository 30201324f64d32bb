//! Bounds of what a message brings.

use cosmwasm_std::HexBinary;
use gridpact_types::escrow::bounds::{HASH_LENGTH, MAX_TITLE, MAX_URI, URI_SCHEMES};
use gridpact_types::text::control;

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

/// Refuses a text outside its bounds: of what it takes in JSON, where it may be longer.
pub(crate) fn check_length(
    what: &'static str,
    text: &str,
    min: usize,
    max: usize,
) -> Result<(), ContractError> {
    let got = text.chars().map(stored_length).fold(0, usize::saturating_add);
    if (min..=max).contains(&got) {
        Ok(())
    } else {
        Err(ContractError::Length { what, min, max, got })
    }
}

/// Bytes that a character takes in a text of JSON.
const fn stored_length(character: char) -> usize {
    match character {
        '"' | '\\' | '\u{8}' | '\t' | '\n' | '\u{c}' | '\r' => 2,
        '\0'..'\u{20}' => 6,
        other => other.len_utf8(),
    }
}

/// Refuses a title that is no single line, or that turns a line around in which it stands.
pub(crate) fn check_title(what: &'static str, text: &str) -> Result<(), ContractError> {
    check_length(what, text, 1, MAX_TITLE)?;
    match control(text) {
        None => Ok(()),
        Some(got) => Err(ContractError::Character { what, got }),
    }
}

/// Refuses a URI that a reader's program had better not open.
pub(crate) fn check_uri(what: &'static str, text: &str) -> Result<(), ContractError> {
    check_length(what, text, 0, MAX_URI)?;
    let in_scheme = |scheme: &&str| text.len() > scheme.len() && text.starts_with(*scheme);
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"\\<>^`{|}".contains(&byte);
    if text.is_empty() || URI_SCHEMES.iter().any(in_scheme) && text.bytes().all(is_plain) {
        return Ok(());
    }
    Err(ContractError::Uri {
        what,
        got: text.escape_default().to_string(),
    })
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
