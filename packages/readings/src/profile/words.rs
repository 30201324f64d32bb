//! What columns and cells are called in the languages of portals that we have seen: English, German, Dutch, French, Spanish, Italian.

mod lists;

use crate::numbers::Unit;
use lists::{
    CURRENCIES, END, ENERGY, EXPORT, FEES, IMPORT, MADE, METER, MONEY, NET, OWN, PARTS, QUALITY, REACTIVE,
    REACTIVE_UNITS, START, TIME, TOTAL, USED,
};

/// Which way a name says that energy went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From the wire.
    Import,
    /// To the wire.
    Export,
    /// Either, by the sign.
    Net,
}

/// The way that a name says; `None` of names that say none.
pub(super) fn way(name: &str) -> Option<Way> {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&OWN) {
        return None;
    }
    if has(&EXPORT) {
        return Some(Way::Export);
    }
    if has(&IMPORT) {
        return Some(Way::Import);
    }
    if has(&MADE) {
        return Some(Way::Export);
    }
    if has(&USED) {
        return Some(Way::Import);
    }
    let net = parts(&name).any(|part| NET.contains(&part));
    net.then_some(Way::Net)
}

/// Whether a name speaks of the wire, and not only of what was used or made behind it.
pub(super) fn is_of_wire(name: &str) -> bool {
    let name = name.to_lowercase();
    IMPORT.iter().chain(&EXPORT).any(|word| name.contains(word))
        || NET.iter().any(|net| parts(&name).any(|part| part == *net))
}

/// Whether a name is one of energy that no meter at the wire counts as such: reactive, or money.
pub(super) fn is_no_energy(name: &str) -> bool {
    let lower = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let word = |words: &[&str]| parts(&lower).any(|part| words.contains(&part));
    let money = has(&MONEY) || word(&CURRENCIES) || lower.contains(['€', '$', '£']);
    let fee = unit(name).is_none() && has(&FEES);
    has(&REACTIVE) || word(&REACTIVE_UNITS) || money || fee
}

/// Whether a name says that its column is a register's total.
pub(super) fn is_total(name: &str) -> bool {
    let name = name.to_lowercase();
    TOTAL.iter().any(|word| name.contains(word))
}

/// What is left of a column's name without which way it counts, its unit, its tariff and its phase: a meter's name, or nothing.
pub(super) fn whose(name: &str) -> String {
    let is_way = |part: &str| {
        let part = part.to_lowercase();
        let lists: [&[&str]; 5] = [&IMPORT, &USED, &EXPORT, &MADE, &ENERGY];
        lists
            .iter()
            .any(|words| words.iter().any(|word| part.contains(word)))
            || NET.contains(&part.as_str())
    };
    let is_unit = |part: &str| Unit::named(part.trim_matches(['[', ']', '(', ')'])).is_some();
    let words = name
        .split_whitespace()
        .filter(|part| !is_way(part) && !is_unit(part));
    let words: Vec<&str> = words.collect();
    let only_parts = words.iter().all(|word| {
        let word = word.to_lowercase();
        PARTS.contains(&word.trim_matches(|letter: char| !letter.is_alphanumeric()))
    });
    match only_parts {
        true => String::new(),
        false => words
            .join(" ")
            .trim_matches([':', '-', ',', '_'])
            .trim()
            .to_owned(),
    }
}

/// Whether a name is one of energy.
pub(super) fn is_energy(name: &str) -> bool {
    let lower = name.to_lowercase();
    unit(name).is_some() || way(name).is_some() || ENERGY.iter().any(|word| lower.contains(word))
}

/// Whether a name is one of a meter.
pub(super) fn is_meter(name: &str) -> bool {
    let name = name.to_lowercase();
    METER.iter().any(|word| name.contains(word)) || parts(&name).any(|part| part == "id")
}

/// Whether a name is one of a quality.
pub(super) fn is_quality(name: &str) -> bool {
    let name = name.to_lowercase();
    QUALITY.iter().any(|word| name.contains(word))
}

/// Whether a name is one of a start.
pub(super) fn is_start(name: &str) -> bool {
    let name = name.to_lowercase();
    let start = parts(&name).any(|part| START.contains(&part));
    start
}

/// Whether a name is one of a moment.
pub(super) fn is_time(name: &str) -> bool {
    let lower = name.to_lowercase();
    TIME.iter().any(|word| lower.contains(word)) || lower == "ts" || is_start(name) || is_end(name)
}

/// Whether a name is one of an end.
pub(super) fn is_end(name: &str) -> bool {
    let name = name.to_lowercase();
    let end = parts(&name).any(|part| END.contains(&part));
    end
}

/// The unit in a name, as a word of its own.
pub(super) fn unit(name: &str) -> Option<Unit> {
    parts(name).find_map(Unit::named)
}

/// Words of a name.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
}

/// A quality's name in a profile, of a cell that is known.
pub(super) fn quality(cell: &str) -> Option<&'static str> {
    Some(match cell.to_lowercase().as_str() {
        "" | "a" | "l1" | "w" | "measured" | "actual" | "valid" | "ok" | "r" | "real" | "gemessen"
        | "wahrer wert" | "gevalideerd" | "uitgelezen" => "measured",
        "f" | "l2" | "substituted_final" | "final" => "substituted_final",
        "e"
        | "s"
        | "l3"
        | "estimated"
        | "estimate"
        | "geschat"
        | "geschätzt"
        | "ersatzwert"
        | "v"
        | "vorläufig"
        | "vorläufiger wert"
        | "substituted_provisional" => "substituted_provisional",
        "n" | "missing" | "null" | "fehlend" | "fehlender wert" => "missing",
        _ => return None,
    })
}
