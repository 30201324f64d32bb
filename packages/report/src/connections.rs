//! What every seat's connection can carry in an interval: what a registry, which knows the power limits, hands to whoever decodes the
//! readings, who holds them to it. So a report is decoded once.

use gridpact_units::{Energy, IntervalIndex, Reading};

use crate::error::{DecodeError, Part};
use crate::varint;

/// Which way energy goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the wire.
    Import,
    /// To the wire.
    Export,
}

impl Direction {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Import, Self::Export];

    /// What a reading says of it.
    pub fn of(self, reading: &Reading) -> Energy {
        match self {
            Self::Import => reading.import,
            Self::Export => reading.export,
        }
    }
}

impl core::fmt::Display for Direction {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Import => "import",
            Self::Export => "export",
        })
    }
}

/// A reading that nobody can have read.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionError {
    /// More energy than the connection can move.
    #[error("{direction} in interval {interval}, seat {seat}: expected at most {limit} mWh, got {got} mWh", limit = limit.0, got = got.0)]
    AboveLimit {
        /// The interval.
        interval: IntervalIndex,
        /// The seat.
        seat: usize,
        /// Which of its two values.
        direction: Direction,
        /// The most that its connection can move in an interval.
        limit: Energy,
        /// What the report says.
        got: Energy,
    },
    /// Anything but a missing reading of a seat that is vacant.
    #[error("reading in interval {interval}, seat {seat}: expected a missing one, as the seat is vacant, got {import} mWh in and {export} mWh out", import = import.0, export = export.0)]
    Vacant {
        /// The interval.
        interval: IntervalIndex,
        /// The seat.
        seat: usize,
        /// The import that it says.
        import: Energy,
        /// The export that it says.
        export: Energy,
    },
}

/// What the readings of one interval may be, by seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connections {
    /// The most import and export of every seat; nothing of a vacant one.
    most: Vec<(Energy, Energy)>,
    /// Seats with no meter.
    vacant: Vec<usize>,
}

impl FromIterator<Option<(Energy, Energy)>> for Connections {
    /// The most import and export of every seat, in order; None for a vacant one.
    fn from_iter<I: IntoIterator<Item = Option<(Energy, Energy)>>>(seats: I) -> Self {
        let mut connections = Self::default();
        for (seat, most) in seats.into_iter().enumerate() {
            if most.is_none() {
                connections.vacant.push(seat);
            }
            connections.most.push(most.unwrap_or_default());
        }
        connections
    }
}

impl Connections {
    /// How many seats.
    pub fn seats(&self) -> usize {
        self.most.len()
    }

    /// Seat by seat: one more than the most import in mWh, and 0 for a vacant one; then, of one that is not vacant, the most export.
    /// Unsigned, seven bits a byte, least significant first.
    pub fn encode(&self) -> Vec<u8> {
        // Of 63 A on three phases a quarter hour takes four bytes a direction.
        let mut bytes = Vec::with_capacity(self.most.len().saturating_mul(8));
        let mut vacant = self.vacant.iter().copied().peekable();
        for (seat, (import, export)) in self.most.iter().enumerate() {
            if vacant.next_if_eq(&seat).is_some() {
                varint::write(&mut bytes, 0);
            } else {
                varint::write(&mut bytes, import.0.saturating_add(1));
                varint::write(&mut bytes, export.0);
            }
        }
        bytes
    }

    /// What [`Self::encode`] wrote.
    ///
    /// # Errors
    /// Bytes that end within a seat, or numbers in more bytes than they need.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut position = 0;
        let seats = core::iter::from_fn(|| (position < bytes.len()).then(|| read_seat(bytes, &mut position)));
        seats.collect()
    }

    /// Refuses an interval in which a seat moved more than its connection can, or nobody's seat anything.
    ///
    /// # Errors
    /// The first such reading.
    pub fn check(&self, interval: IntervalIndex, readings: &[Reading]) -> Result<(), ConnectionError> {
        self.check_vacant(interval, readings)?;
        // Nearly always all are within: found without a branch for each, which would cost more gas than the comparison.
        let within = readings
            .iter()
            .zip(&self.most)
            .fold(true, |within, (reading, (import, export))| {
                within & (reading.import <= *import) & (reading.export <= *export)
            });
        if within {
            return Ok(());
        }
        for (seat, (reading, (import, export))) in readings.iter().zip(&self.most).enumerate() {
            for (direction, limit) in [(Direction::Import, *import), (Direction::Export, *export)] {
                let got = direction.of(reading);
                if got > limit {
                    return Err(ConnectionError::AboveLimit {
                        interval,
                        seat,
                        direction,
                        limit,
                        got,
                    });
                }
            }
        }
        Ok(())
    }

    /// No meter stands behind a vacant seat: whatever were said of it, a zero included, nobody could have read.
    fn check_vacant(&self, interval: IntervalIndex, readings: &[Reading]) -> Result<(), ConnectionError> {
        for &seat in &self.vacant {
            if let Some(reading) = readings.get(seat).filter(|reading| !reading.is_missing()) {
                return Err(ConnectionError::Vacant {
                    interval,
                    seat,
                    import: reading.import,
                    export: reading.export,
                });
            }
        }
        Ok(())
    }
}

fn read_seat(bytes: &[u8], position: &mut usize) -> Result<Option<(Energy, Energy)>, DecodeError> {
    let first = varint::read(bytes, position, Part::Connections, "import limit", u64::BITS)?;
    let Some(import) = first.checked_sub(1) else {
        return Ok(None);
    };
    let export = varint::read(bytes, position, Part::Connections, "export limit", u64::BITS)?;
    Ok(Some((Energy(import), Energy(export))))
}
