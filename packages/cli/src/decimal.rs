//! Decimal text to integers and back, exactly: no number of kWh or money ever passes through a float.

use core::fmt::Write;

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
    let mut value: u128 = 0;
    let mut places = 0;
    for digit in whole.bytes() {
        value = push(value, digit)?;
    }
    for digit in fraction.unwrap_or_default().bytes() {
        if places < scale {
            value = push(value, digit)?;
            places += 1;
        } else if digit != b'0' {
            return Err(NotDecimal::TooFine);
        }
    }
    let missing = 10_u128.checked_pow(scale - places).ok_or(NotDecimal::TooLarge)?;
    value.checked_mul(missing).ok_or(NotDecimal::TooLarge)
}

fn push(value: u128, digit: u8) -> Result<u128, NotDecimal> {
    value
        .checked_mul(10)
        .and_then(|value| value.checked_add(u128::from(digit - b'0')))
        .ok_or(NotDecimal::TooLarge)
}

/// A whole number of 10^-`scale` with all its decimals: `5` at scale 2 is `0.05`.
pub fn show(value: i128, scale: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// As [`show`], for people: `decimals` places, rounded half away from zero, thousands set apart by commas.
pub fn show_rounded(value: i128, scale: u32, decimals: u32) -> String {
    let (value, scale) = if decimals < scale {
        let step = 10_i128.checked_pow(scale - decimals).unwrap_or(i128::MAX);
        ((value + value.signum() * (step / 2)) / step, decimals)
    } else {
        (value, scale)
    };
    let plain = show(value, scale);
    let (sign, plain) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |plain| ("-", plain));
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
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
