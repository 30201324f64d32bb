use core::fmt;

use gridpact_units::{Amount, BasisPoints, Price};
use serde::{Deserialize, Serialize};

/// Which fee it is, for as long as the grid lasts. A later policy may drop, add or reorder fees: money of one that is gone
/// is still known by its number. A number, not the label: a byte in every held window, and the label may be reworded.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FeeId(pub u8);

impl fmt::Display for FeeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A part of sellers' earnings that goes elsewhere, a network fee for instance. Fees are taken in the order of the
/// policy, each at most what the ones before it left: a seller never pays more than it earned.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct Fee {
    /// Which fee it is; another than that of every other fee the grid ever had.
    pub id: FeeId,
    /// How much it takes.
    pub kind: FeeKind,
}

/// How much a fee takes.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// A part of what was earned before fees, in hundredths of a percent.
    BasisPoints(BasisPoints),
    /// Base units per MWh sold, at most 10^24.
    PerMwh(Price),
}

impl FeeKind {
    /// This much as the fee of a number.
    pub const fn of(self, id: u8) -> Fee {
        Fee {
            id: FeeId(id),
            kind: self,
        }
    }
}

/// What one fee came to.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct FeeAmount {
    /// The fee.
    pub id: FeeId,
    /// Base units.
    pub amount: Amount,
}
