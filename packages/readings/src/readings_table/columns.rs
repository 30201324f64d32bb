//! The columns of our own table, said once: for reading, for writing, for what is told of a wrong header.

use core::fmt;
use core::hash::Hash;

use gridpact_units::{Quality, Slot};

use crate::csv_rows::CsvRows;
use crate::error::Error;

/// Column of the interval's start.
pub(super) const START: usize = 0;
/// Column of the meter.
pub(super) const METER: usize = 1;
/// Column of what was taken.
pub(super) const IMPORT: usize = 2;
/// Column of what was given.
pub(super) const EXPORT: usize = 3;
/// Column of the quality, which may be left out.
const QUALITY: usize = 4;

/// The qualities by name; a cell left empty is the first.
const QUALITIES: [(&str, Quality); 5] = [
    ("measured", Quality::Measured),
    ("substituted_final", Quality::SubstitutedFinal),
    ("substituted_provisional", Quality::SubstitutedProvisional),
    ("missing", Quality::Missing),
    ("limited", Quality::Limited),
];

/// A longer name is a mistake in the file.
const MAX_NAME: usize = 64;

/// The header of a table that names its meters in this column.
pub(super) fn header(meter: &str) -> String {
    format!("interval_start,{meter},import_kwh,export_kwh,quality")
}

/// What a table names its meters by.
pub trait MeterKey: Clone + Eq + Hash {
    /// What the column may be called, the usual name first.
    const COLUMNS: &'static [&'static str];

    /// Reads a cell of a column so called.
    ///
    /// # Errors
    /// What should stand there.
    fn read(column: &str, text: &str) -> Result<Self, String>;

    /// For errors: `meter a`, `slot 7`.
    fn told(&self) -> String;
}

/// The slot that a grid gave the meter.
impl MeterKey for Slot {
    const COLUMNS: &'static [&'static str] = &["slot"];

    fn read(_: &str, text: &str) -> Result<Self, String> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let slot = digits.then(|| text.parse().ok()).flatten();
        slot.map(Self).ok_or_else(|| "the number of a slot".to_owned())
    }

    fn told(&self) -> String {
        format!("slot {self}")
    }
}

/// A meter's name, where no grid knows it yet; in a grid's table, the number of its slot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MeterName(pub String);

impl fmt::Display for MeterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl MeterKey for MeterName {
    const COLUMNS: &'static [&'static str] = &["meter", "slot"];

    fn read(column: &str, text: &str) -> Result<Self, String> {
        if column == "slot" {
            return Slot::read(column, text).map(|slot| Self(slot.to_string()));
        }
        let fits = (1..=MAX_NAME).contains(&text.len());
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| format!("a meter's name of 1 to {MAX_NAME} bytes"))
    }

    fn told(&self) -> String {
        format!("meter {self}")
    }
}

/// Refuses another header; says whether there is a column of qualities.
pub(super) fn check_header<M: MeterKey>(rows: &CsvRows) -> Result<bool, Error> {
    let got = rows.header().join(",");
    let mut known = M::COLUMNS.iter().map(|meter| header(meter));
    let found = known.find_map(|header| match header.strip_suffix(",quality") {
        _ if header == got => Some(true),
        Some(short) if short == got => Some(false),
        _ => None,
    });
    found.ok_or_else(|| {
        let headers: Vec<String> = M::COLUMNS.iter().map(|meter| header(meter)).collect();
        let expected = format!("{}, where quality may be left out", headers.join(" or "));
        rows.bad_header(&expected)
    })
}

/// The quality of the current row.
pub(super) fn quality(rows: &CsvRows) -> Result<Quality, Error> {
    let text = rows.cell(QUALITY);
    let found = QUALITIES
        .iter()
        .find(|(name, _)| *name == text || text.is_empty());
    found.map(|(_, quality)| *quality).ok_or_else(|| {
        let names = QUALITIES.map(|(name, _)| name).join(", ");
        rows.bad_cell(QUALITY, &format!("one of {names}, or nothing for measured"))
    })
}
