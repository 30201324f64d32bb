//! Profiles: how the columns of somebody's table become ours, as a small file says it.
//!
//! Those of `profiles/` are built in; each says what it was made after. `start` and `end` are columns joined by a blank and read by
//! `format` as a clock of the profile's zone shows them: strftime's letters, where a month may be named; `rfc3339` of times that have
//! their offset, `epoch` and `epoch_ms` of seconds and thousandths since 1970, `excel` of a spreadsheet's days since 1900.

pub mod built_in;
pub(crate) mod moments;
pub mod propose;
pub mod sample;
mod times;
pub(crate) mod told;
mod words;

use core::fmt;

use crate::clock::Zone;
use crate::numbers::Unit;
use moments::WITH_OFFSET;
use told::{Told, Value};

/// How to read a table that is not ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    told: Told,
    zone: Zone,
    units: Vec<Unit>,
}

/// What is wrong with a profile.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("a profile: {what}")]
pub struct NotProfile {
    /// What, with the line where it is one of the file's form.
    pub what: String,
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// Another form, a field that is not known, a zone or unit that is not, values of which nothing says which way they count.
    pub fn parse(text: &str) -> Result<Self, NotProfile> {
        let bad = |what: String| NotProfile { what };
        let told: Told = toml::from_str(text).map_err(|error| bad(error.to_string()))?;
        let zone = Zone::named(&told.zone);
        let zone =
            zone.ok_or_else(|| bad(format!("expected a zone as Europe/Vienna, got `{}`", told.zone)))?;
        let unit = |value: &Value| {
            let unit = Unit::named(&value.unit).filter(|unit| !(value.register && unit.is_power()));
            unit.ok_or_else(|| {
                bad(format!(
                    "expected a unit as kWh, of a register's total one of energy, got `{}`",
                    value.unit
                ))
            })
        };
        let units = told
            .values
            .iter()
            .map(unit)
            .collect::<Result<Vec<Unit>, NotProfile>>()?;
        let by_cell = told.direction.is_some();
        let said_once = told
            .values
            .iter()
            .all(|value| value.direction.is_none() == by_cell);
        if !said_once
            || (by_cell && told.values.len() != 1)
            || told.values.is_empty()
            || told.time.start.is_empty()
        {
            return Err(bad(
                "expected a time, and values that each name a direction, or one value and a column of directions".to_owned(),
            ));
        }
        if told.time.midnight_ends_day && !(told.time.ends || told.time.end.is_some()) {
            return Err(bad(
                "expected `ends = true`, or columns of an `end`, where midnight ends a day".to_owned(),
            ));
        }
        let marks = |value: &Value| {
            value
                .thousands
                .is_some_and(|mark| mark.is_ascii_digit() || mark == '-')
        };
        if told.values.iter().any(marks) {
            return Err(bad("expected a mark of thousands as `.`, `,` or `'`".to_owned()));
        }
        let registers = told.values.iter().filter(|value| value.register).count();
        let powers = units.iter().filter(|unit| unit.is_power()).count();
        if ![0, units.len()].contains(&registers) || ![0, units.len()].contains(&powers) {
            return Err(bad(
                "expected values that are all energies, all powers or all registers".to_owned(),
            ));
        }
        Ok(Self { told, zone, units })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.told.name
    }

    /// Whether a table with this header has all the columns that it names.
    pub fn fits(&self, header: &[String]) -> bool {
        let told = &self.told;
        let time = told.time.start.iter().chain(told.time.end.iter().flatten());
        let others = told.values.iter().map(|value| &value.column);
        let others = others.chain(told.meter.as_ref().map(|meter| &meter.column));
        let others = others.chain(told.direction.as_ref().map(|direction| &direction.column));
        let others = others.chain(told.quality.as_ref().map(|quality| &quality.column));
        time.chain(others).all(|column| header.contains(column))
    }

    pub(crate) fn told(&self) -> &Told {
        &self.told
    }

    /// Whether times have their offset.
    pub(crate) fn with_offset(&self) -> bool {
        self.told.time.format == WITH_OFFSET
    }

    pub(crate) fn zone(&self) -> Zone {
        self.zone
    }

    /// Its columns of numbers.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&Value, Unit)> {
        self.told.values.iter().zip(self.units.iter().copied())
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
