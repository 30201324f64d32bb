use gridpact_units::{Energy, IntervalIndex};

use crate::{varint, DecodeError, HeaderError};

/// First byte of every report in the format that this crate writes and reads.
pub const FORMAT_VERSION: u8 = 1;

/// Most intervals in a report: two days of quarter hours, so that a day late still goes in one report.
pub const MAX_INTERVALS: u16 = 192;

/// Most seats in a report: what one transaction can settle within half a block.
pub const MAX_SEATS: u16 = 1_024;

/// Most energy of one reading in one direction: `Power::MAX` over an hour, the longest interval, in mWh.
pub const MAX_ENERGY: Energy = Energy(100_000_000_000);

/// Coarsest resolution: 1 kWh per count, in mWh.
pub const MAX_RESOLUTION: u32 = 1_000_000;

/// Latest first interval, 2^53 - 1: what a browser's numbers hold exactly, and far from any overflow.
pub const MAX_FIRST_INTERVAL: IntervalIndex = IntervalIndex(9_007_199_254_740_991);

/// Energy of one count, in mWh: 1 to [`MAX_RESOLUTION`]. Every energy of a report is a multiple of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resolution(u32);

impl Resolution {
    /// 1 mWh: exact for any meter.
    pub const MILLIWATT_HOUR: Self = Self(1);
    /// 0.25 Wh.
    pub const QUARTER_WATT_HOUR: Self = Self(250);
    /// 1 Wh.
    pub const WATT_HOUR: Self = Self(1_000);

    /// A resolution in mWh, checked.
    pub fn from_milliwatt_hours(milliwatt_hours: u32) -> Result<Self, HeaderError> {
        match milliwatt_hours {
            1..=MAX_RESOLUTION => Ok(Self(milliwatt_hours)),
            _ => Err(HeaderError::Resolution {
                got: milliwatt_hours.into(),
            }),
        }
    }

    /// In mWh.
    pub const fn milliwatt_hours(self) -> u32 {
        self.0
    }

    /// Counts in `energy`; `None` where it is not a multiple.
    pub(crate) fn counts(self, energy: Energy) -> Option<u64> {
        let resolution = u64::from(self.0);
        (energy.0.checked_rem(resolution)? == 0).then_some(energy.0.checked_div(resolution)?)
    }

    /// Counts in [`MAX_ENERGY`], rounded down.
    pub(crate) fn most_counts(self) -> u64 {
        MAX_ENERGY.0.checked_div(u64::from(self.0)).unwrap_or(0)
    }
}

/// What a report covers. The order of the fields is that of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// Epoch of the committee that signs.
    pub epoch: u32,
    /// Version of the roster whose seats the readings follow.
    pub roster_version: u32,
    /// First interval of the window, at most [`MAX_FIRST_INTERVAL`].
    pub first_interval: IntervalIndex,
    /// Intervals in the window, 1 to [`MAX_INTERVALS`].
    pub intervals: u16,
    /// Seats in every interval, 1 to [`MAX_SEATS`].
    pub seats: u16,
    /// 0 for a first report; a greater one replaces it.
    pub revision: u16,
    /// Energy of one count.
    pub resolution: Resolution,
}

impl Header {
    /// Readings in the report, intervals x seats: at most 196,608.
    pub fn reading_count(&self) -> usize {
        usize::from(self.intervals).saturating_mul(self.seats.into())
    }

    /// Refuses counts outside their ranges.
    pub(crate) fn check(&self) -> Result<(), HeaderError> {
        if !(1..=MAX_INTERVALS).contains(&self.intervals) {
            return Err(HeaderError::Intervals {
                got: self.intervals.into(),
            });
        }
        if !(1..=MAX_SEATS).contains(&self.seats) {
            return Err(HeaderError::Seats {
                got: self.seats.into(),
            });
        }
        if self.first_interval > MAX_FIRST_INTERVAL {
            return Err(HeaderError::FirstInterval {
                got: self.first_interval.0,
            });
        }
        Ok(())
    }

    /// Appends version and fields.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(FORMAT_VERSION);
        varint::write(bytes, self.epoch.into());
        varint::write(bytes, self.roster_version.into());
        varint::write(bytes, self.first_interval.0);
        varint::write(bytes, self.intervals.into());
        varint::write(bytes, self.seats.into());
        varint::write(bytes, self.revision.into());
        varint::write(bytes, self.resolution.0.into());
    }

    /// Reads version and fields from the start of `bytes`, and where the readings begin.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, usize), DecodeError> {
        let version = *bytes.first().ok_or(DecodeError::UnexpectedEnd { length: 0 })?;
        if version != FORMAT_VERSION {
            return Err(DecodeError::Version { got: version });
        }
        let mut position = 1;
        let header = Self {
            epoch: read_u32(bytes, &mut position, "epoch")?,
            roster_version: read_u32(bytes, &mut position, "roster version")?,
            first_interval: IntervalIndex(varint::read(bytes, &mut position, "first interval", 64)?),
            intervals: read_u16(bytes, &mut position, "intervals")?,
            seats: read_u16(bytes, &mut position, "seats")?,
            revision: read_u16(bytes, &mut position, "revision")?,
            resolution: Resolution::from_milliwatt_hours(read_u32(bytes, &mut position, "resolution")?)?,
        };
        header.check()?;
        Ok((header, position))
    }
}

fn read_u32(bytes: &[u8], position: &mut usize, field: &'static str) -> Result<u32, DecodeError> {
    let value = varint::read(bytes, position, field, u32::BITS)?;
    u32::try_from(value).map_err(|_| DecodeError::FieldTooLarge {
        field,
        bits: u32::BITS,
    })
}

fn read_u16(bytes: &[u8], position: &mut usize, field: &'static str) -> Result<u16, DecodeError> {
    let value = varint::read(bytes, position, field, u16::BITS)?;
    u16::try_from(value).map_err(|_| DecodeError::FieldTooLarge {
        field,
        bits: u16::BITS,
    })
}
