//! Decimal text to integers and back, exactly: no number of kWh or money ever passes through a float.

pub mod energy;
pub mod money;

use core::fmt::{self, Write};

/// Why a text is no number of the form asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDecimal {
    /// Not digits, or digits, a point and digits.
    Shape,
    /// More digits behind the point than the unit has.
    TooFine,
    /// Above what the type holds.
    TooLarge,
}

impl fmt::Display for NotDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "expected digits, or digits, a point and digits, got something else",
            Self::TooFine => "expected no more digits behind the point than the unit has, got more",
            Self::TooLarge => "expected a number below 2^128 of the smallest unit, got a larger one",
        })
    }
}

impl core::error::Error for NotDecimal {}

/// Reads `12`, `12.5` or `0.000001` as a whole number of 10^-`scale`. No sign, exponent, blank or thousands mark.
/// Zeros may follow beyond the scale; other digits may not, since they would have to be rounded.
pub fn parse(text: &str, scale: u32) -> Result<u128, NotDecimal> {
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) {
        return Err(NotDecimal::Shape);
    }
    let mut value = whole.bytes().try_fold(0, push)?;
    let mut missing = scale;
    for digit in fraction.unwrap_or_default().bytes() {
        match missing.checked_sub(1) {
            Some(left) => {
                value = push(value, digit)?;
                missing = left;
            }
            None if digit == b'0' => {}
            None => return Err(NotDecimal::TooFine),
        }
    }
    let missing = 10_u128.checked_pow(missing).ok_or(NotDecimal::TooLarge)?;
    value.checked_mul(missing).ok_or(NotDecimal::TooLarge)
}

/// Puts an ASCII digit behind a number.
fn push(value: u128, digit: u8) -> Result<u128, NotDecimal> {
    let digit = digit.checked_sub(b'0').ok_or(NotDecimal::Shape)?;
    value
        .checked_mul(10)
        .and_then(|value| value.checked_add(digit.into()))
        .ok_or(NotDecimal::TooLarge)
}

/// A whole number of 10^-`scale` with all its decimals: `5` at scale 2 is `0.05`.
pub fn show(value: i128, scale: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = digits(value.unsigned_abs(), scale);
    let (whole, fraction) = split(&digits, scale);
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// As [`show`], without zeros at the end: `5000` at scale 3 is `5`.
pub fn show_trimmed(value: u128, scale: u32) -> String {
    let digits = digits(value, scale);
    let (whole, fraction) = split(&digits, scale);
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// The number's digits, at least one more than stand behind the point.
fn digits(value: u128, scale: u32) -> String {
    let digits = value.to_string();
    let width = usize::try_from(scale).unwrap_or(usize::MAX).saturating_add(1);
    "0".repeat(width.saturating_sub(digits.len())) + &digits
}

/// What stands before and behind the point.
fn split(digits: &str, scale: u32) -> (&str, &str) {
    let fraction = usize::try_from(scale).unwrap_or(usize::MAX);
    digits.split_at(digits.len().saturating_sub(fraction))
}

/// As [`show`], for people: `decimals` places, rounded half away from zero, thousands set apart by commas.
pub fn show_rounded(value: i128, scale: u32, decimals: u32) -> String {
    let (value, scale) = match scale.checked_sub(decimals) {
        Some(places) if places > 0 => (rounded(value, places), decimals),
        _ => (value, scale),
    };
    let plain = show(value, scale);
    let (sign, plain) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |plain| ("-", plain));
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        let behind = whole.len().saturating_sub(position);
        if position > 0 && behind.is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(text, ".{fraction}");
    }
    text
}

/// Without its last `places` digits, half away from zero; 0 where they are more than a number has.
fn rounded(value: i128, places: u32) -> i128 {
    let Some(step) = 10_u128.checked_pow(places) else {
        return 0;
    };
    let half = step.checked_div(2).unwrap_or_default();
    let size = value.unsigned_abs().saturating_add(half).checked_div(step);
    let size = size
        .and_then(|size| i128::try_from(size).ok())
        .unwrap_or(i128::MAX);
    size.saturating_mul(value.signum())
}
