use serde::{Deserialize, Serialize};

/// Number of an interval: unix seconds / interval length, UTC. 92- and 100-interval days exist only on screens.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct IntervalIndex(pub u64);

impl IntervalIndex {
    /// The interval `count` later; saturates at the end of time.
    #[must_use]
    pub fn plus(self, count: u64) -> Self {
        Self(self.0.saturating_add(count))
    }

    /// How many intervals lie between `earlier` and this one; `None` where this one is earlier.
    pub fn since(self, earlier: Self) -> Option<u64> {
        self.0.checked_sub(earlier.0)
    }
}

impl core::fmt::Display for IntervalIndex {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// Length of an interval in seconds: at least 60, and it divides an hour. It never changes for a grid.
#[derive(Serialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct IntervalLength(u32);

/// The length asked for is below a minute or does not divide an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidIntervalLength(pub u32);

impl core::fmt::Display for InvalidIntervalLength {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "interval length: expected 60 to 3,600 seconds dividing an hour, got {} s",
            self.0
        )
    }
}

impl core::error::Error for InvalidIntervalLength {}

impl IntervalLength {
    /// 15 minutes, the European metering interval.
    pub const QUARTER_HOUR: Self = Self(900);
    /// Half an hour.
    pub const HALF_HOUR: Self = Self(1_800);
    /// One hour.
    pub const HOUR: Self = Self(3_600);

    /// A length in seconds, checked.
    pub fn from_seconds(seconds: u32) -> Result<Self, InvalidIntervalLength> {
        match (seconds, 3_600_u32.checked_rem(seconds)) {
            (60.., Some(0)) => Ok(Self(seconds)),
            _ => Err(InvalidIntervalLength(seconds)),
        }
    }

    /// In seconds.
    pub const fn seconds(self) -> u32 {
        self.0
    }

    /// The interval that holds this second.
    pub fn index_at(self, unix_seconds: u64) -> IntervalIndex {
        IntervalIndex(unix_seconds.checked_div(u64::from(self.0)).unwrap_or_default())
    }

    /// The first second of an interval; saturates at the end of time.
    pub fn start_of(self, index: IntervalIndex) -> u64 {
        index.0.saturating_mul(u64::from(self.0))
    }
}

impl<'de> Deserialize<'de> for IntervalLength {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_seconds(u32::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A meter's place in the grid's books for one tenancy. Never reused.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Slot(pub u32);

impl core::fmt::Display for Slot {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// A slot's position in reports and in the pages of balances. Reused after a slot retires.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Seat(pub u16);

impl core::fmt::Display for Seat {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// A moment: seconds since 1970-01-01T00:00:00Z. In JSON: a number.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct UnixSeconds(pub u64);

impl UnixSeconds {
    /// The moment `duration` later; saturates at the end of time.
    #[must_use]
    pub fn plus(self, duration: Seconds) -> Self {
        Self(self.0.saturating_add(duration.0))
    }
}

impl core::fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// A duration in seconds. In JSON: a number.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Seconds(pub u64);

impl Seconds {
    /// 86,400 seconds.
    pub const DAY: Self = Self(86_400);

    /// This many days; saturates.
    pub const fn days(days: u64) -> Self {
        Self(days.saturating_mul(Self::DAY.0))
    }
}

impl core::fmt::Display for Seconds {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}
