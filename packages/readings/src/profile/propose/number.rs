//! Numbers in cells, before anything is known of their columns.

/// A total is so many times what it grows by in a row.
const REGISTER: u128 = 20;

/// A number as somebody writes it.
pub(super) struct Number {
    pub negative: bool,
    pub decimals: usize,
    pub exponent: bool,
    /// Its digits before the point.
    whole: u128,
}

/// What a cell says, where it is a number.
pub(super) fn number(cell: &str) -> Option<Number> {
    let (negative, digits) = cell
        .strip_prefix('-')
        .map_or((false, cell), |digits| (true, digits));
    let (mantissa, exponent) = digits
        .split_once(['e', 'E'])
        .map_or((digits, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let good_exponent = exponent
        .is_none_or(|exponent| exponent.len() <= 4 && all_digits(exponent.trim_start_matches(['-', '+'])));
    if whole.is_empty() || whole.len() > 30 || !all_digits(whole) || !all_digits(fraction) || !good_exponent {
        return None;
    }
    Some(Number {
        negative,
        decimals: fraction.len(),
        exponent: exponent.is_some(),
        whole: whole.parse().ok()?,
    })
}

/// Whether numbers only grow, by little beside what they are; several meters' rows may be mixed, so most steps must be such.
pub(super) fn is_register(numbers: &[Number]) -> bool {
    let steps = numbers.iter().zip(numbers.iter().skip(1));
    let (mut little, mut all) = (0_usize, 0_usize);
    for (one, next) in steps {
        all = all.saturating_add(1);
        let grows = next.whole >= one.whole;
        let by = next.whole.saturating_sub(one.whole);
        little = little
            .saturating_add((grows && one.whole > 0 && by.saturating_mul(REGISTER) <= one.whole).into());
    }
    let first = numbers.first().map_or(0, |number| number.whole);
    let last = numbers.last().map_or(0, |number| number.whole);
    all > 3 && last > first && little.saturating_mul(10) >= all.saturating_mul(9)
}
