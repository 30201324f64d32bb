use gridpact_units::{Energy, IntervalIndex, IntervalLength, Power};

use crate::bounds::{FORMAT_VERSION, MAX_ENERGY, MAX_FIRST_INTERVAL, MAX_HEADER_LENGTH, MAX_RESOLUTION};
use crate::error::{DecodeError, HeaderError, Part};
use crate::mode::{Mode, Scheme};
use crate::varint;

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

    /// The most energy of a connection in an interval: its power times the length, up to the next whole count. A register
    /// shows whole counts, so between two looks at it a home that is just at its limit comes to one more now and then.
    ///
    /// At most what a report holds, which no connection exceeds by more than a count.
    pub fn most(self, limit: Power, length: IntervalLength) -> Energy {
        let count = u64::from(self.0);
        let counts = limit.energy_over(length.seconds()).0.div_ceil(count.max(1));
        Energy(counts.min(self.max_counts()).saturating_mul(count))
    }

    /// Counts in `energy`; `None` where it is not a multiple.
    pub(crate) fn counts(self, energy: Energy) -> Option<u64> {
        let resolution = u64::from(self.0);
        (energy.0.checked_rem(resolution)? == 0).then_some(energy.0.checked_div(resolution)?)
    }

    /// Counts in [`MAX_ENERGY`], rounded down.
    pub(crate) fn max_counts(self) -> u64 {
        MAX_ENERGY.0.checked_div(u64::from(self.0)).unwrap_or(0)
    }
}

/// What a report covers. The order of the fields is that of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// How the readings are held.
    pub mode: Mode,
    /// How the report is signed.
    pub scheme: Scheme,
    /// Epoch of the committee that signs.
    pub epoch: u32,
    /// Version of the roster whose seats the readings follow.
    pub roster_version: u32,
    /// First interval of the window, at most [`MAX_FIRST_INTERVAL`].
    pub first_interval: IntervalIndex,
    /// Intervals in the window, 1 to [`Mode::max_intervals`].
    pub intervals: u16,
    /// Seats in every interval, 1 to [`Mode::max_seats`].
    pub seats: u16,
    /// 0 for a first report; a greater one replaces it.
    pub revision: u16,
    /// Energy of one count.
    pub resolution: Resolution,
}

impl Header {
    /// The first interval after the window.
    pub fn end(&self) -> IntervalIndex {
        self.first_interval.plus(self.intervals.into())
    }

    /// Readings in the report, intervals x seats: at most 196,608.
    pub fn reading_count(&self) -> usize {
        usize::from(self.intervals).saturating_mul(self.seats.into())
    }

    /// Refuses counts outside their ranges.
    pub(crate) fn check(&self) -> Result<(), HeaderError> {
        let max = self.mode.max_intervals();
        if !(1..=max).contains(&self.intervals) {
            let got = self.intervals.into();
            return Err(HeaderError::Intervals { max, got });
        }
        let max = self.mode.max_seats();
        if !(1..=max).contains(&self.seats) {
            let got = self.seats.into();
            return Err(HeaderError::Seats { max, got });
        }
        if self.first_interval > MAX_FIRST_INTERVAL {
            return Err(HeaderError::FirstInterval {
                got: self.first_interval.0,
            });
        }
        Ok(())
    }

    /// The header's bytes, with which those of a report begin: version and fields, each in its one encoding.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(MAX_HEADER_LENGTH);
        bytes.extend([FORMAT_VERSION, self.mode.code(), self.scheme.code()]);
        varint::write(&mut bytes, self.epoch.into());
        varint::write(&mut bytes, self.roster_version.into());
        varint::write(&mut bytes, self.first_interval.0);
        varint::write(&mut bytes, self.intervals.into());
        varint::write(&mut bytes, self.seats.into());
        varint::write(&mut bytes, self.revision.into());
        varint::write(&mut bytes, self.resolution.0.into());
        bytes
    }

    /// The header that `bytes` are, to the last one; the inverse of [`Header::encode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        match split(bytes)? {
            (header, []) => Ok(header),
            (_, rest) => Err(DecodeError::TrailingBytes {
                part: Part::Header,
                expected: bytes.len().saturating_sub(rest.len()),
                got: bytes.len(),
            }),
        }
    }
}

/// Takes the bytes of a report apart: its header, and the body that follows. Nothing of the readings is decoded or copied.
pub fn split(bytes: &[u8]) -> Result<(Header, &[u8]), DecodeError> {
    let mut position = 0;
    let version = read_byte(bytes, &mut position)?;
    if version != FORMAT_VERSION {
        return Err(DecodeError::Version { got: version });
    }
    let header = Header {
        mode: Mode::try_from(read_byte(bytes, &mut position)?)?,
        scheme: Scheme::try_from(read_byte(bytes, &mut position)?)?,
        epoch: read_u32(bytes, &mut position, "epoch")?,
        roster_version: read_u32(bytes, &mut position, "roster version")?,
        first_interval: IntervalIndex(varint::read(
            bytes,
            &mut position,
            Part::Header,
            "first interval",
            u64::BITS,
        )?),
        intervals: read_u16(bytes, &mut position, "intervals")?,
        seats: read_u16(bytes, &mut position, "seats")?,
        revision: read_u16(bytes, &mut position, "revision")?,
        resolution: Resolution::from_milliwatt_hours(read_u32(bytes, &mut position, "resolution")?)?,
    };
    header.check()?;
    Ok((header, bytes.get(position..).unwrap_or_default()))
}

fn read_byte(bytes: &[u8], position: &mut usize) -> Result<u8, DecodeError> {
    let byte = bytes.get(*position).copied();
    *position = position.saturating_add(1);
    byte.ok_or(DecodeError::UnexpectedEnd {
        part: Part::Header,
        length: bytes.len(),
    })
}

fn read_u32(bytes: &[u8], position: &mut usize, field: &'static str) -> Result<u32, DecodeError> {
    let value = varint::read(bytes, position, Part::Header, field, u32::BITS)?;
    u32::try_from(value).map_err(|_| DecodeError::FieldTooLarge {
        field,
        bits: u32::BITS,
    })
}

fn read_u16(bytes: &[u8], position: &mut usize, field: &'static str) -> Result<u16, DecodeError> {
    let value = varint::read(bytes, position, Part::Header, field, u16::BITS)?;
    u16::try_from(value).map_err(|_| DecodeError::FieldTooLarge {
        field,
        bits: u16::BITS,
    })
}
