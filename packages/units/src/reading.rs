use serde::{Deserialize, Serialize};

use crate::Energy;

/// How a reading came to be. Missing is not zero. The codes are those of the report format, 4 bits; 5 to 15 are reserved.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Read from the meter.
    #[default]
    Measured,
    /// A substitute that stays, for instance spread from the cumulative register.
    SubstitutedFinal,
    /// A substitute that a later revision may replace.
    SubstitutedProvisional,
    /// No value: the meter neither buys nor sells in this interval; both energies are 0.
    Missing,
    /// Measured while the relay limited the connection.
    Limited,
}

impl Quality {
    /// The 4-bit code of the report format.
    pub const fn code(self) -> u8 {
        match self {
            Self::Measured => 0,
            Self::SubstitutedFinal => 1,
            Self::SubstitutedProvisional => 2,
            Self::Missing => 3,
            Self::Limited => 4,
        }
    }
}

/// A reserved or impossible quality code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownQuality(pub u8);

impl TryFrom<u8> for Quality {
    type Error = UnknownQuality;

    fn try_from(code: u8) -> Result<Self, UnknownQuality> {
        Ok(match code {
            0 => Self::Measured,
            1 => Self::SubstitutedFinal,
            2 => Self::SubstitutedProvisional,
            3 => Self::Missing,
            4 => Self::Limited,
            other => return Err(UnknownQuality(other)),
        })
    }
}

/// What one connection point took from and gave to the wire in one interval, as metered (not netted).
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reading {
    /// Taken from the wire.
    pub import: Energy,
    /// Given to the wire.
    pub export: Energy,
    /// How the values came to be.
    pub quality: Quality,
}

impl Reading {
    /// No value was to be had.
    pub const MISSING: Self = Self {
        import: Energy::ZERO,
        export: Energy::ZERO,
        quality: Quality::Missing,
    };

    /// A measured reading.
    pub const fn measured(import: Energy, export: Energy) -> Self {
        Self {
            import,
            export,
            quality: Quality::Measured,
        }
    }

    /// True where there is no value.
    pub fn is_missing(&self) -> bool {
        self.quality == Quality::Missing
    }
}
