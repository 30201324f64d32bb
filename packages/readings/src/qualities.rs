//! What others call the quality of a reading, as ours.

use gridpact_units::Quality;

/// Our own names; a cell left empty is the first.
const OURS: [(&str, Quality); 5] = [
    ("measured", Quality::Measured),
    ("substituted_final", Quality::SubstitutedFinal),
    ("substituted_provisional", Quality::SubstitutedProvisional),
    ("missing", Quality::Missing),
    ("limited", Quality::Limited),
];

/// Letters of others. AEMO's NEM12: A actual, F final substituted, S substituted and E estimated (both may still change),
/// N null. Austria's EDA: L1 measured, L2 substituted, L3 substituted and uncertain.
const LETTERS: [(&str, Quality); 8] = [
    ("A", Quality::Measured),
    ("F", Quality::SubstitutedFinal),
    ("S", Quality::SubstitutedProvisional),
    ("E", Quality::SubstitutedProvisional),
    ("N", Quality::Missing),
    ("L1", Quality::Measured),
    ("L2", Quality::SubstitutedFinal),
    ("L3", Quality::SubstitutedProvisional),
];

/// Reads one of them.
pub(crate) fn named(text: &str) -> Option<Quality> {
    if text.is_empty() {
        return Some(Quality::Measured);
    }
    let mut all = OURS.iter().chain(&LETTERS);
    all.find(|(name, _)| *name == text).map(|(_, quality)| *quality)
}

/// The name of a quality in our own table.
pub(crate) fn name(quality: Quality) -> &'static str {
    let found = OURS.iter().find(|(_, known)| *known == quality);
    found.map_or("", |(name, _)| name)
}

/// Our own names, for what is expected.
pub(crate) fn names() -> String {
    OURS.map(|(name, _)| name).join(", ")
}

/// What two readings together are worth: missing where one is, else the less certain of both.
pub(crate) fn worse(one: Quality, other: Quality) -> Quality {
    let rank = |quality: Quality| match quality {
        Quality::Measured => 0,
        Quality::Limited => 1,
        Quality::SubstitutedFinal => 2,
        Quality::SubstitutedProvisional => 3,
        Quality::Missing => 4,
    };
    if rank(one) >= rank(other) {
        one
    } else {
        other
    }
}
