//! Names of meters that are none: numbers that a spreadsheet has cut, and sums.

use crate::collected::Collected;
use crate::findings::what::What;
use crate::row::Row;

/// What rows of sums are called, in small letters.
const SUMS: [&str; 8] = [
    "sum", "summe", "total", "totals", "gesamt", "totaal", "somme", "totale",
];

/// Tells of a meter whose name is doubtful.
pub(super) fn tell(collected: &mut Collected, rows: &[Row]) {
    let Some(first) = rows.first() else { return };
    let name = collected.name_of(first.origin);
    let what = match (is_cut(name), SUMS.contains(&name.to_lowercase().as_str())) {
        (true, _) => What::CutName,
        (_, true) => What::NamedSum,
        _ => return,
    };
    collected.notice(first.origin, what);
}

/// `4.71E+12`, `4,71E+12`.
fn is_cut(name: &str) -> bool {
    let Some((mantissa, exponent)) = name.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix('+');
    digits(whole) && digits(fraction) && exponent.is_some_and(digits)
}
