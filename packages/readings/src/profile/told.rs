//! A profile's file: what may stand in it.

use gridpact_units::Quality;
use serde::Deserialize;

use crate::numbers::Rounding;

/// The file.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    pub name: String,
    pub zone: String,
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
    /// Whether 00:00 at an end is the end of the day that stands beside it, as 24:00 would be.
    #[serde(default)]
    pub midnight_ends_day: bool,
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
    pub unit: String,
    /// Whose it is, where each meter has its columns.
    pub meter: Option<String>,
    /// Which way it counts, where no cell says it.
    pub direction: Option<Sign>,
    /// Whether it is a register's total.
    #[serde(default)]
    pub register: bool,
    rounding: Option<Round>,
    /// What stands between thousands.
    pub thousands: Option<char>,
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
