//! What columns and cells are called in the languages of portals that we have seen: English, German, Dutch, French, Spanish, Italian.

use crate::numbers::Unit;

/// Of what was taken from the wire.
const IMPORT: [&str; 16] = [
    "import",
    "consum",
    "usage",
    "verbrauch",
    "bezug",
    "afname",
    "verbruik",
    "soutirage",
    "consommation",
    "prelev",
    "grid_in",
    "energiemenge",
    "delivered",
    "forbrug",
    "aus dem netz",
    "1.8.0",
];
/// Of what was given to it.
const EXPORT: [&str; 17] = [
    "export",
    "einspeis",
    "injec",
    "feed",
    "generat",
    "erzeug",
    "lieferung",
    "teruglever",
    "productie",
    "production",
    "verted",
    "immess",
    "surplus",
    "return",
    "überschuss",
    "solar",
    "2.8.0",
];
/// Of both in one number, below zero where it was given.
const NET: [&str; 3] = ["net", "saldo", "balance"];
/// Of energy at all.
const ENERGY: [&str; 11] = [
    "energy",
    "energie",
    "energia",
    "volume",
    "value",
    "wert",
    "waarde",
    "kwh",
    "reading",
    "stand",
    "zählerstand",
];
/// Of a meter.
const METER: [&str; 18] = [
    "meter",
    "zähler",
    "zaehler",
    "zählpunkt",
    "zaehlpunkt",
    "ean",
    "nmi",
    "mpan",
    "cups",
    "pod",
    "prm",
    "device",
    "serial",
    "customer",
    "kunde",
    "point",
    "house",
    "haus",
];
/// Of a quality.
const QUALITY: [&str; 10] = [
    "quality",
    "qualit",
    "status",
    "validat",
    "flag",
    "ersatz",
    "estimat",
    "metodo",
    "method",
    "kwaliteit",
];
/// Of an interval's end.
const END: [&str; 9] = [
    "end", "bis", "tot", "until", "jusqu", "fin", "hasta", "to", "ende",
];

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
    if has(&EXPORT) {
        return Some(Way::Export);
    }
    if has(&IMPORT) {
        return Some(Way::Import);
    }
    let net = parts(&name).any(|part| NET.contains(&part));
    net.then_some(Way::Net)
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
        "" | "a" | "l1" | "measured" | "actual" | "valid" | "ok" | "r" | "real" | "gemessen"
        | "gevalideerd" | "uitgelezen" => "measured",
        "f" | "l2" | "substituted_final" | "final" => "substituted_final",
        "e"
        | "s"
        | "l3"
        | "estimated"
        | "estimate"
        | "geschat"
        | "geschätzt"
        | "ersatzwert"
        | "substituted_provisional" => "substituted_provisional",
        "n" | "missing" | "null" | "fehlend" => "missing",
        _ => return None,
    })
}
