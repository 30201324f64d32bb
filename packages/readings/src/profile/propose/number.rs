//! Numbers in cells, before anything is known of their columns.

/// A total is so many times what it grows by in a row.
const REGISTER: u128 = 20;
/// Numbers that have to agree before a sign is taken for a mark of thousands.
const LIKELY: usize = 3;

/// A number as somebody writes it.
pub(super) struct Number {
    pub negative: bool,
    pub zero: bool,
    pub decimals: usize,
    pub exponent: bool,
    /// Its digits before the point.
    whole: u128,
}

impl Number {
    /// Whether it has no digit before the point but zero.
    pub fn below_one(&self) -> bool {
        self.whole == 0
    }
}

/// Whether a cell is a number at all.
pub(super) fn is_number(cell: &str) -> bool {
    number(cell, thousands(&[cell])).is_some()
}

/// What a cell says, where it is a number, with a mark between its thousands.
pub(super) fn number(cell: &str, thousands: Option<char>) -> Option<Number> {
    let plain;
    let cell = match thousands {
        Some(mark) => {
            plain = cell.replace(mark, "");
            plain.as_str()
        }
        None => cell,
    };
    let (negative, digits) = cell
        .strip_prefix(['-', '\u{2212}'])
        .map_or((false, cell.strip_prefix('+').unwrap_or(cell)), |digits| {
            (true, digits)
        });
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
        zero: !mantissa.bytes().any(|digit| (b'1'..=b'9').contains(&digit)),
        decimals: fraction.len(),
        exponent: exponent.is_some(),
        whole: whole.parse().ok()?,
    })
}

/// The sign that stands between thousands: one that comes twice in a number, or before the sign of decimals; or one behind which
/// every number that has it has three digits, where others without it are below a thousand.
pub(super) fn thousands(cells: &[&str]) -> Option<char> {
    for mark in ['\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}'] {
        let between = |cell: &str| cell.split_once(mark).is_some_and(|(_, group)| group.len() >= 3);
        if cells.iter().any(|cell| between(cell)) {
            return Some(mark);
        }
    }
    for (mark, point) in [('.', ','), (',', '.')] {
        let sure = |cell: &&str| {
            let before_point = cell
                .find(mark)
                .zip(cell.find(point))
                .is_some_and(|(mark, point)| mark < point);
            before_point || cell.matches(mark).count() > 1
        };
        let likely = !cells.iter().any(|cell| cell.contains(point)) && looks_like_thousands(cells, mark);
        if cells.iter().any(sure) || likely {
            return Some(mark);
        }
    }
    None
}

/// Whether all numbers with a sign are such as 1.234, and those without it are below a thousand.
fn looks_like_thousands(cells: &[&str], mark: char) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mut with, mut without) = (0_usize, 0_usize);
    for cell in cells {
        let cell = cell.trim_start_matches(['-', '+']);
        let fits = match cell.split_once(mark) {
            Some((whole, group)) => {
                with = with.saturating_add(1);
                group.len() == 3 && digits(group) && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
            }
            None => {
                without = without.saturating_add((cell != "0").into());
                cell.len() <= 3
            }
        };
        if !fits || !digits(&cell.replace(mark, "")) {
            return false;
        }
    }
    with >= LIKELY && without >= LIKELY
}

/// Whether numbers only grow, by little beside what they are, or are called so; several meters' rows may be mixed, and a register
/// may begin anew, so most steps must be such.
pub(super) fn is_register(numbers: &[Number], named: bool) -> bool {
    let steps = numbers.iter().zip(numbers.iter().skip(1));
    let (mut little, mut all, mut more) = (0_usize, 0_usize, 0_usize);
    for (one, next) in steps {
        all = all.saturating_add(1);
        let grows = next.whole >= one.whole;
        more = more.saturating_add((next.whole > one.whole).into());
        let by = next.whole.saturating_sub(one.whole);
        let by_little = one.whole > 0 && by.saturating_mul(REGISTER) <= one.whole;
        little = little.saturating_add((grows && (by_little || named)).into());
    }
    all > 3 && more > 0 && little.saturating_mul(10) >= all.saturating_mul(9)
}
