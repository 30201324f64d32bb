//! The columns of a meters' file, and what stands in their cells.

use gridpact_market::{Terms, MAX_WEIGHT};
use gridpact_readings::csv_rows::CsvRows;
use gridpact_types::registry::meters::MeterKind;
use gridpact_units::{decimal, Ppm};

/// The names of the columns, in any order. All but the first may be left out, and so may any cell of them.
pub const COLUMNS: [&str; 14] = [
    METER,
    SLOT,
    HOUSEHOLD,
    WEIGHT,
    KIND,
    BUY_TIER,
    SELL_TIER,
    PART,
    PRIORITY,
    IMPORT_LIMIT,
    EXPORT_LIMIT,
    FROM,
    UNTIL,
    FOLLOWS,
];
pub(super) const METER: &str = "meter";
pub(super) const SLOT: &str = "slot";
pub(super) const HOUSEHOLD: &str = "household";
pub(super) const WEIGHT: &str = "weight";
pub(super) const KIND: &str = "kind";
pub(super) const BUY_TIER: &str = "buy_tier";
pub(super) const SELL_TIER: &str = "sell_tier";
pub(super) const PART: &str = "part_percent";
pub(super) const PRIORITY: &str = "priority";
pub(super) const IMPORT_LIMIT: &str = "import_limit";
pub(super) const EXPORT_LIMIT: &str = "export_limit";
pub(super) const FROM: &str = "from";
pub(super) const UNTIL: &str = "until";
pub(super) const FOLLOWS: &str = "follows";

/// The columns that a grid's own roster says.
pub fn columns_of_roster() -> impl Iterator<Item = &'static str> {
    COLUMNS
        .into_iter()
        .filter(|column| ![FROM, UNTIL, FOLLOWS].contains(column))
}

/// A longer name of a household is a mistake in the file.
pub(super) const MAX_NAME: usize = 64;

/// What is wrong with the names of the columns; several at once.
pub(super) fn check_header(csv: &CsvRows) -> Vec<String> {
    let header = csv.header();
    let known = COLUMNS.join(", ");
    let mut wrong: Vec<String> = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let said = if !COLUMNS.contains(&name.as_str()) {
            format!("column `{name}`: unknown; known are {known}")
        } else if header.iter().take(at).any(|before| before == name) {
            format!("column `{name}`: expected once, got twice")
        } else {
            continue;
        };
        wrong.push(format!("{}, line 1, {said}", csv.file()));
    }
    if !header.iter().any(|name| name == METER) {
        wrong.push(format!(
            "{}, line 1: expected a column `{METER}`; known are {known}",
            csv.file()
        ));
    }
    wrong
}

pub(super) fn household(text: &str) -> Option<String> {
    (text.len() <= MAX_NAME).then(|| text.to_owned())
}

pub(super) fn weight(text: &str) -> Option<u32> {
    whole(text).filter(|weight| (1..=MAX_WEIGHT).contains(weight))
}

pub(super) fn kind(text: &str) -> Option<MeterKind> {
    Some(match text {
        "consumer" => MeterKind::Consumer,
        "prosumer" => MeterKind::Prosumer,
        "producer" => MeterKind::Producer,
        "storage" => MeterKind::Storage,
        _ => return None,
    })
}

/// A tier, or `none` for a side on which the meter does not act.
pub(super) fn tier(text: &str) -> Option<u8> {
    if text == "none" {
        return Some(Terms::NO_TIER);
    }
    let tier = u8::try_from(whole(text)?).ok()?;
    (tier != Terms::NO_TIER).then_some(tier)
}

/// Percent of the meter, to the millionth.
pub(super) fn part(text: &str) -> Option<Ppm> {
    let part = u32::try_from(decimal::parse(text, 4).ok()?).ok()?;
    (1..=Ppm::WHOLE.0).contains(&part).then_some(Ppm(part))
}

/// A turn under the rule `priority`.
pub(super) fn priority(text: &str) -> Option<u16> {
    u16::try_from(whole(text)?).ok()
}

/// Digits alone: `+1` is a number to the standard library.
fn whole(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
