use gridpact_units::{IntervalIndex, IntervalLength, Price, MAX_PRICE};
use serde::{Deserialize, Serialize};

use crate::bounds::{
    MAX_TARIFF_BANDS, MAX_TARIFF_TABLES, MAX_UTC_OFFSET_MINUTES, MINUTES_PER_DAY, MIN_UTC_OFFSET_MINUTES,
};
use crate::error::PolicyError;

/// What the utility charges and pays at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rates {
    /// What a home pays its utility, base units per MWh (R).
    pub retail: Price,
    /// What the utility pays for energy fed in, base units per MWh (F), at most `retail`.
    pub feed_in: Price,
}

impl Rates {
    /// R - F: the room in which neighbours gain by trading with each other.
    pub fn spread(self) -> Price {
        Price(self.retail.0.saturating_sub(self.feed_in.0))
    }
}

/// The utility's prices from one minute of the local day until the next band begins.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct TariffBand {
    /// Minute of the local day at which the band begins, 0 to 1,439. The first band of a table begins at 0.
    pub from_minute: u16,
    /// What a home pays its utility in this band, base units per MWh (R).
    pub retail: Price,
    /// What the utility pays for energy fed in, base units per MWh (F), at most `retail`.
    pub feed_in: Price,
}

/// The utility's prices over the day, from one interval until the next table begins.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct TariffTable {
    /// The first interval this table holds for. The first table of a tariff also holds before it, so that there is no
    /// interval without a price.
    pub valid_from: IntervalIndex,
    /// Local time minus UTC in minutes, -720 to 840. Daylight saving is a new table with another offset.
    pub utc_offset_minutes: i16,
    /// 1 to 24 bands, in the order of their minutes.
    pub bands: Vec<TariffBand>,
}

/// The utility's prices: up to 32 tables in the order of their first intervals. Empty where there is no utility.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Tariff(pub Vec<TariffTable>);

impl Tariff {
    /// No utility.
    pub const NONE: Self = Self(Vec::new());

    /// One pair of prices around the clock.
    pub fn flat(retail: Price, feed_in: Price) -> Self {
        Self(vec![TariffTable {
            valid_from: IntervalIndex::default(),
            utc_offset_minutes: 0,
            bands: vec![TariffBand {
                from_minute: 0,
                retail,
                feed_in,
            }],
        }])
    }

    /// The utility's prices in an interval, by the local time at which it starts; `None` without a utility.
    pub(crate) fn rates_at(&self, length: IntervalLength, interval: IntervalIndex) -> Option<Rates> {
        let later = self.0.partition_point(|table| table.valid_from <= interval);
        let table = self.0.get(later.saturating_sub(1))?;
        let minute = table.local_minute(length, interval);
        let later = table.bands.partition_point(|band| band.from_minute <= minute);
        let band = table.bands.get(later.saturating_sub(1))?;
        Some(Rates {
            retail: band.retail,
            feed_in: band.feed_in,
        })
    }

    /// All prices of all tables.
    pub(crate) fn bands(&self) -> impl Iterator<Item = &TariffBand> {
        self.0.iter().flat_map(|table| &table.bands)
    }

    /// Bounds, order and R >= F.
    pub(crate) fn validate(&self) -> Result<(), PolicyError> {
        if self.0.len() > MAX_TARIFF_TABLES {
            return Err(PolicyError::TariffTables { got: self.0.len() });
        }
        for (earlier, later) in self.0.iter().zip(self.0.iter().skip(1)) {
            if later.valid_from <= earlier.valid_from {
                return Err(PolicyError::TariffTableOrder {
                    after: earlier.valid_from,
                    got: later.valid_from,
                });
            }
        }
        self.0.iter().try_for_each(TariffTable::validate)
    }
}

impl TariffTable {
    /// Minute of the local day at which an interval starts.
    fn local_minute(&self, length: IntervalLength, interval: IntervalIndex) -> u16 {
        let day = i64::from(MINUTES_PER_DAY);
        let utc_minute = i64::try_from(length.start_of(interval) / 60)
            .unwrap_or(i64::MAX)
            .rem_euclid(day);
        let local = utc_minute
            .saturating_add(i64::from(self.utc_offset_minutes))
            .rem_euclid(day);
        u16::try_from(local).unwrap_or_default()
    }

    fn validate(&self) -> Result<(), PolicyError> {
        if !(MIN_UTC_OFFSET_MINUTES..=MAX_UTC_OFFSET_MINUTES).contains(&self.utc_offset_minutes) {
            return Err(PolicyError::UtcOffset {
                got: self.utc_offset_minutes,
            });
        }
        let first = match self.bands.first() {
            Some(band) if self.bands.len() <= MAX_TARIFF_BANDS => band.from_minute,
            _ => {
                return Err(PolicyError::TariffBands {
                    got: self.bands.len(),
                })
            }
        };
        if first != 0 {
            return Err(PolicyError::FirstBand { got: first });
        }
        for (earlier, later) in self.bands.iter().zip(self.bands.iter().skip(1)) {
            if later.from_minute <= earlier.from_minute || later.from_minute >= MINUTES_PER_DAY {
                return Err(PolicyError::BandOrder {
                    after: earlier.from_minute,
                    got: later.from_minute,
                });
            }
        }
        self.bands.iter().try_for_each(TariffBand::validate)
    }
}

impl TariffBand {
    fn validate(&self) -> Result<(), PolicyError> {
        if self.retail > MAX_PRICE {
            return Err(PolicyError::PriceAboveMax {
                what: "retail",
                got: self.retail,
            });
        }
        if self.feed_in > self.retail {
            return Err(PolicyError::FeedInAboveRetail {
                retail: self.retail,
                got: self.feed_in,
            });
        }
        Ok(())
    }
}
