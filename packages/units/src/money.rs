use serde::{Deserialize, Serialize};

use crate::decimal_string::serde_as_decimal_string;
use crate::{Energy, EnergyTotal};

/// mWh in one MWh: the divisor between a value (mWh x price) and an amount.
pub const MILLIWATT_HOURS_PER_MEGAWATT_HOUR: u128 = 1_000_000_000;

/// The largest price accepted: 10^24 base units per MWh, that is 1,000 a kWh of a token with 18 decimals. The largest reading,
/// [`crate::Power::MAX`] over an hour, is worth 10^35 then, below 2^128.
pub const MAX_PRICE: Price = Price(1_000_000_000_000_000_000_000_000);

/// Money in base units of the one asset a grid or project uses (a native denom or a cw20 token).
/// In JSON: a decimal string, as cosmwasm's `Uint128`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub u128);

impl Amount {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Number of base units.
    pub const fn base_units(self) -> u128 {
        self.0
    }

    /// True for 0 base units.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Sum; `None` above 2^128 base units.
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

/// Price in base units per MWh, at most [`MAX_PRICE`], so that a currency of two decimals can still say 15.35 ct/kWh.
/// In JSON: a decimal string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(pub u128);

impl Price {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);

    /// What `energy` is worth at this price, exactly; `None` above 2^128.
    pub fn checked_value(self, energy: Energy) -> Option<Value> {
        self.0.checked_mul(u128::from(energy.0)).map(Value)
    }

    /// What a total of energy is worth at this price, exactly; `None` above 2^128.
    pub fn checked_value_of_total(self, energy: EnergyTotal) -> Option<Value> {
        self.0.checked_mul(energy.0).map(Value)
    }
}

/// An exact value in mWh x base units per MWh: money before the one division by
/// [`MILLIWATT_HOURS_PER_MEGAWATT_HOUR`]. Summed over a window and divided once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(pub u128);

impl Value {
    /// Worth nothing.
    pub const ZERO: Self = Self(0);

    /// Sum; `None` above 2^128.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// In whole base units, rounded down: for credits. What is cut off goes to the community account.
    pub fn round_down(self) -> Amount {
        Amount(self.0 / MILLIWATT_HOURS_PER_MEGAWATT_HOUR)
    }

    /// In whole base units, rounded up: for debits, so that every credit is backed.
    pub fn round_up(self) -> Amount {
        Amount(self.0.div_ceil(MILLIWATT_HOURS_PER_MEGAWATT_HOUR))
    }
}

/// Hundredths of a percent, 0 to 10,000.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct BasisPoints(pub u16);

impl BasisPoints {
    /// The whole: 10,000 basis points.
    pub const WHOLE: Self = Self(10_000);
}

/// Parts per million, 0 to 1,000,000.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Ppm(pub u32);

impl Ppm {
    /// The whole: 1,000,000 parts.
    pub const WHOLE: Self = Self(1_000_000);

    /// This part of `energy`, rounded down (what is cut off stays outside the grid).
    pub fn of(self, energy: Energy) -> Energy {
        // 2^64 x 10^6 < 2^128.
        let part = u128::from(energy.0).saturating_mul(u128::from(self.0)) / 1_000_000;
        Energy(u64::try_from(part).unwrap_or(u64::MAX))
    }
}

impl Default for Ppm {
    fn default() -> Self {
        Self::WHOLE
    }
}

serde_as_decimal_string!(Amount, "Money in base units, as a decimal string");
serde_as_decimal_string!(Price, "A price in base units per MWh, as a decimal string");
