//! Profiles: how the columns of somebody's table become ours, as a small file says it.
//!
//! Those of `profiles/` are built in; each says what it was made after. `start` and `end` are columns joined by a blank and read by
//! `format` (strftime's letters) as a clock of the profile's zone shows them; the format `rfc3339` is of times that have their offset.

pub mod propose;
pub mod sample;
mod times;
mod words;

use core::fmt;

use gridpact_units::Quality;
use serde::Deserialize;

use crate::clock::Zone;
use crate::numbers::{Rounding, Unit};

/// Profiles built in, by file.
const BUILT_IN: [&str; 3] = [
    include_str!("../profiles/fluvius.toml"),
    include_str!("../profiles/linznetz.toml"),
    include_str!("../profiles/home-assistant-statistics.toml"),
];

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

/// The file.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    name: String,
    zone: String,
    pub time: Time,
    pub meter: Option<Meter>,
    pub direction: Option<Directions>,
    pub values: Vec<Value>,
    pub quality: Option<Qualities>,
}

/// Where an interval's time stands.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Time {
    /// Columns of the start, or of the end where `stamp` says so.
    pub start: Vec<String>,
    /// Columns of the end, where rows say how long they are.
    pub end: Option<Vec<String>>,
    pub format: String,
    /// Whether `start` names ends.
    #[serde(default)]
    pub ends: bool,
    /// Seconds between what is written and what is meant.
    #[serde(default)]
    pub later: u32,
}

/// Where a meter's name stands.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meter {
    pub column: String,
    /// Letters around the name that are not its.
    #[serde(default)]
    pub trim: String,
}

/// Which way a row's value counts, by a cell; rows of others are left out.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Directions {
    pub column: String,
    #[serde(default)]
    pub import: Vec<String>,
    #[serde(default)]
    pub export: Vec<String>,
}

/// A column of numbers.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Value {
    pub column: String,
    unit: String,
    /// Which way it counts, where no cell says it.
    pub direction: Option<Sign>,
    /// Whether it is a register's total.
    #[serde(default)]
    pub register: bool,
    rounding: Option<Round>,
}

/// Which way a column counts.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sign {
    /// What was taken.
    Import,
    /// What was given.
    Export,
    /// What was taken, or below zero what was given.
    Net,
}

/// A rounding by name.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Round {
    Nearest,
    Down,
}

/// What a cell says of a row's quality.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Qualities {
    pub column: String,
    #[serde(default)]
    measured: Vec<String>,
    #[serde(default)]
    substituted_final: Vec<String>,
    #[serde(default)]
    substituted_provisional: Vec<String>,
    #[serde(default)]
    missing: Vec<String>,
    /// What all other cells say; without it they are refused.
    others: Option<Quality>,
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
        self.told.time.format == times::WITH_OFFSET
    }

    pub(crate) fn zone(&self) -> Zone {
        self.zone
    }

    /// Its columns of numbers.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&Value, Unit)> {
        self.told.values.iter().zip(self.units.iter().copied())
    }
}

impl Value {
    pub(crate) fn rounding(&self) -> Option<Rounding> {
        self.rounding.map(|rounding| match rounding {
            Round::Nearest => Rounding::Nearest,
            Round::Down => Rounding::Down,
        })
    }
}

impl Qualities {
    /// The quality that a cell says; `None` of one that is not known.
    pub(crate) fn of(&self, cell: &str) -> Option<Quality> {
        let known = [
            (&self.measured, Quality::Measured),
            (&self.substituted_final, Quality::SubstitutedFinal),
            (&self.substituted_provisional, Quality::SubstitutedProvisional),
            (&self.missing, Quality::Missing),
        ];
        let found = known
            .iter()
            .find(|(cells, _)| cells.iter().any(|known| known == cell));
        found.map(|(_, quality)| *quality).or(self.others)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The profiles built in.
pub fn built_in() -> impl Iterator<Item = Profile> {
    BUILT_IN.iter().filter_map(|text| Profile::parse(text).ok())
}

/// The file of a profile built in.
fn built_in_text(name: &str) -> Option<&'static str> {
    let is = |text: &&&str| Profile::parse(text).is_ok_and(|profile| profile.name() == name);
    BUILT_IN.iter().find(is).copied()
}

/// The profile built in that fits a header.
pub fn guess(header: &[String]) -> Option<Profile> {
    built_in().find(|profile| profile.fits(header))
}
