//! What meters are called: by a name of their owner's, or by the slot that a grid gave them.

use core::fmt;
use core::hash::Hash;

use gridpact_units::Slot;

use crate::collected::Naming;

/// A longer name is a mistake in the file.
const MAX_NAME: usize = 64;

/// What a table names its meters by.
pub trait MeterKey: Clone + Eq + Hash + fmt::Display {
    /// What the column may be called, the usual name first.
    const COLUMNS: &'static [&'static str];

    /// Reads a cell of a column so called.
    ///
    /// # Errors
    /// What should stand there.
    fn read(column: &str, text: &str) -> Result<Self, String>;
}

/// How rows name such meters.
pub(crate) const fn naming<M: MeterKey>() -> Naming {
    Naming {
        columns: M::COLUMNS,
        read: |column, text| M::read(column, text).map(|meter| meter.to_string()),
    }
}

/// The slot that a grid gave the meter.
impl MeterKey for Slot {
    const COLUMNS: &'static [&'static str] = &["slot"];

    fn read(_: &str, text: &str) -> Result<Self, String> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let slot = digits.then(|| text.parse().ok()).flatten();
        slot.map(Self).ok_or_else(|| "the number of a slot".to_owned())
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
}
