use serde::{Deserialize, Serialize};

use crate::decimal_string::serde_as_decimal_string;

/// Energy of one meter in one interval, in mWh (1 kWh = 1,000,000 mWh). In JSON: a number.
///
/// Meters resolve to 1 Wh or 0.25 Wh; mWh hold both exactly.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Energy(pub u64);

impl Energy {
    /// No energy.
    pub const ZERO: Self = Self(0);

    /// mWh in one Wh.
    pub const PER_WATT_HOUR: u64 = 1_000;

    /// Whole watt-hours as mWh; `None` above 2^64 mWh.
    pub fn from_watt_hours(watt_hours: u64) -> Option<Self> {
        watt_hours.checked_mul(Self::PER_WATT_HOUR).map(Self)
    }

    /// Number of mWh.
    pub const fn milliwatt_hours(self) -> u64 {
        self.0
    }

    /// True for 0 mWh.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Sum; `None` above 2^64 mWh.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference; `None` below zero.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Difference, zero where it would be negative.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A total of energy over meters or intervals, in mWh. In JSON: a decimal string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnergyTotal(pub u128);

impl EnergyTotal {
    /// No energy.
    pub const ZERO: Self = Self(0);

    /// Number of mWh.
    pub const fn milliwatt_hours(self) -> u128 {
        self.0
    }

    /// This total and one more reading; saturates, which 2^64 readings of 2^64 mWh would be needed for.
    #[must_use]
    pub fn plus(self, energy: Energy) -> Self {
        Self(self.0.saturating_add(u128::from(energy.0)))
    }

    /// Sum of two totals; `None` above 2^128 mWh.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl core::iter::Sum<Energy> for EnergyTotal {
    fn sum<I: Iterator<Item = Energy>>(energies: I) -> Self {
        energies.fold(Self::ZERO, Self::plus)
    }
}

serde_as_decimal_string!(EnergyTotal, "A total of energy in mWh, as a decimal string");

/// Power limit of a connection point in one direction, in W.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Power(pub u32);

impl Power {
    /// The largest limit accepted, 100 MW: far above any connection a neighbourhood has, and small enough
    /// that no window of readings can overflow settlement's arithmetic.
    pub const MAX: Self = Self(100_000_000);

    /// The most energy this power moves in `seconds`, in mWh, rounded up: a reading of exactly the limit is allowed.
    pub fn energy_over(self, seconds: u32) -> Energy {
        // W x s x 1000 / 3600 = mWh; 2^32 x 2^32 / 3.6 < 2^64.
        let milliwatt_seconds = u128::from(self.0)
            .saturating_mul(u128::from(seconds))
            .saturating_mul(1_000);
        Energy(u64::try_from(milliwatt_seconds.div_ceil(3_600)).unwrap_or(u64::MAX))
    }
}
