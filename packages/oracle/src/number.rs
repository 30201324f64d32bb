//! Numbers as meters write them, to mWh by their digits: nothing passes through a float.

use crate::bounds::MAX_REGISTER;
use crate::config::Unit;

/// Longest number: a register has below 20 digits, and a home automation adds some.
const LONGEST: usize = 48;
/// Largest exponent, either way: beyond it a number is none of a meter's.
const LARGEST_EXPONENT: i32 = 30;

/// A text that is no register's value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a register's value from 0 to {} mWh in digits, got `{got}`",
    MAX_REGISTER
)]
pub struct NotValue {
    /// The text, or its beginning.
    pub got: String,
}

/// A register's value in mWh. What is finer is cut, always towards zero, so that differences of a register still add up.
///
/// # Errors
/// Anything but digits with at most one point and an exponent; a value above [`MAX_REGISTER`].
pub fn milliwatt_hours(text: &str, unit: Unit) -> Result<u64, NotValue> {
    let refuse = || NotValue {
        got: text.chars().take(LONGEST).collect(),
    };
    parse(text.trim(), unit)
        .filter(|value| *value <= MAX_REGISTER)
        .ok_or_else(refuse)
}

fn parse(text: &str, unit: Unit) -> Option<u64> {
    if text.len() > LONGEST {
        return None;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        None => (text, 0),
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
    };
    if exponent.abs() > LARGEST_EXPONENT {
        return None;
    }
    let (whole, behind) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let point = mantissa.contains('.');
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || (point && behind.is_empty()) || !digits(whole) || !digits(behind) {
        return None;
    }
    // The value is digits x 10^-behind x 10^exponent of the unit; what is kept is the digits before that place.
    let places = i32::try_from(unit.decimals()).ok()?.checked_add(exponent)?;
    let digits = format!("{whole}{behind}");
    let kept = i32::try_from(whole.len()).ok()?.checked_add(places)?;
    let kept = usize::try_from(kept).unwrap_or_default();
    let mut value: u64 = 0;
    for at in 0..kept {
        let digit = digits
            .as_bytes()
            .get(at)
            .map_or(0, |byte| u64::from(byte.wrapping_sub(b'0')));
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(value)
}
