use gridpact_units::{IntervalIndex, IntervalLength, Price, MAX_PRICE};
use serde::{Deserialize, Serialize};

use crate::bounds::{
    MAX_TARIFF_BANDS, MAX_TARIFF_TABLES, MAX_UTC_OFFSETS, MAX_UTC_OFFSET_MINUTES, MINUTES_PER_DAY,
    MIN_UTC_OFFSET_MINUTES,
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
    /// 1 to 24 bands, in the order of their minutes.
    pub bands: Vec<TariffBand>,
}

/// Local time from one interval until the next change.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct UtcOffset {
    /// The first interval it holds for. The first of a tariff also holds before it.
    pub valid_from: IntervalIndex,
    /// Local time minus UTC in minutes, -720 to 840.
    pub minutes: i16,
}

/// The utility's prices. Prices and local time change at moments of their own: daylight saving repeats no table.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct Tariff {
    /// Up to 32 tables in the order of their first intervals. Empty where there is no utility.
    pub tables: Vec<TariffTable>,
    /// Up to 64 changes of local time in the order of their first intervals; none where the bands go by UTC.
    #[serde(default)]
    pub utc_offsets: Vec<UtcOffset>,
}

impl Tariff {
    /// No utility.
    pub const NONE: Self = Self {
        tables: Vec::new(),
        utc_offsets: Vec::new(),
    };

    /// One pair of prices around the clock.
    pub fn flat(retail: Price, feed_in: Price) -> Self {
        Self {
            tables: vec![TariffTable {
                valid_from: IntervalIndex::default(),
                bands: vec![TariffBand {
                    from_minute: 0,
                    retail,
                    feed_in,
                }],
            }],
            utc_offsets: vec![],
        }
    }

    /// The utility's prices in an interval, by the local time at which it starts; `None` without a utility.
    pub(crate) fn rates_at(&self, length: IntervalLength, interval: IntervalIndex) -> Option<Rates> {
        let table = in_force(&self.tables, |table| table.valid_from <= interval)?;
        let minute = self.local_minute(length, interval);
        let band = in_force(&table.bands, |band| band.from_minute <= minute)?;
        Some(band.rates())
    }

    /// Minute of the local day at which an interval starts.
    fn local_minute(&self, length: IntervalLength, interval: IntervalIndex) -> u16 {
        let day = i64::from(MINUTES_PER_DAY);
        let utc_minute = i64::try_from(length.start_of(interval) / 60)
            .unwrap_or(i64::MAX)
            .rem_euclid(day);
        let offset = in_force(&self.utc_offsets, |offset| offset.valid_from <= interval);
        let local = utc_minute
            .saturating_add(offset.map_or(0, |offset| offset.minutes.into()))
            .rem_euclid(day);
        u16::try_from(local).unwrap_or_default()
    }

    /// All pairs of prices of all tables.
    pub(crate) fn rates(&self) -> impl Iterator<Item = Rates> + '_ {
        let bands = self.tables.iter().flat_map(|table| &table.bands);
        bands.map(TariffBand::rates)
    }

    /// Bounds, order and R >= F.
    pub(crate) fn validate(&self) -> Result<(), PolicyError> {
        if self.tables.len() > MAX_TARIFF_TABLES {
            return Err(PolicyError::TariffTables {
                got: self.tables.len(),
            });
        }
        if self.utc_offsets.len() > MAX_UTC_OFFSETS {
            return Err(PolicyError::UtcOffsets {
                got: self.utc_offsets.len(),
            });
        }
        check_order("table", self.tables.iter().map(|table| table.valid_from))?;
        check_order(
            "UTC offset",
            self.utc_offsets.iter().map(|offset| offset.valid_from),
        )?;
        self.utc_offsets.iter().try_for_each(UtcOffset::validate)?;
        self.tables.iter().try_for_each(TariffTable::validate)
    }
}

/// The last entry that has begun; the first where none has.
fn in_force<T>(entries: &[T], begun: impl Fn(&T) -> bool) -> Option<&T> {
    entries.get(entries.partition_point(begun).saturating_sub(1))
}

fn check_order(
    what: &'static str,
    mut starts: impl Iterator<Item = IntervalIndex>,
) -> Result<(), PolicyError> {
    let Some(mut after) = starts.next() else {
        return Ok(());
    };
    for got in starts {
        if got <= after {
            return Err(PolicyError::TariffOrder { what, after, got });
        }
        after = got;
    }
    Ok(())
}

impl UtcOffset {
    fn validate(&self) -> Result<(), PolicyError> {
        if (MIN_UTC_OFFSET_MINUTES..=MAX_UTC_OFFSET_MINUTES).contains(&self.minutes) {
            return Ok(());
        }
        Err(PolicyError::UtcOffset { got: self.minutes })
    }
}

impl TariffTable {
    fn validate(&self) -> Result<(), PolicyError> {
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
    fn rates(&self) -> Rates {
        Rates {
            retail: self.retail,
            feed_in: self.feed_in,
        }
    }

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
