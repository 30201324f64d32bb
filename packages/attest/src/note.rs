//! What became of readings that are not in the report as they came.

use core::fmt;

use gridpact_report::connections::Direction;
use gridpact_report::Resolution;
use gridpact_types::registry::answers::RosterSeat;
use gridpact_units::decimal::energy::{show_energy, show_power};
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Power, Reading, Slot};

/// Something that whoever makes a report should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Rows of intervals that the next report cannot cover were left out.
    Outside {
        /// How many.
        rows: u64,
    },
    /// A reading that its connection cannot carry is reported as missing.
    AboveLimit(AboveLimit),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside { rows } => {
                write!(
                    f,
                    "{rows} rows are of intervals that the next report cannot cover: left out"
                )
            }
            Self::AboveLimit(above) => write!(f, "{above}: reported as missing"),
        }
    }
}

/// A reading above what its connection can carry over an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AboveLimit {
    /// Whose.
    pub slot: Slot,
    /// When.
    pub interval: IntervalIndex,
    /// Which way.
    pub direction: Direction,
    /// What the connection can carry.
    pub limit: Power,
    /// The most that it can carry over an interval, up to the next whole count.
    pub max: Energy,
    /// What the reading says.
    pub got: Energy,
}

impl AboveLimit {
    /// What is above the limits of a seat, as the registry counts it.
    pub(crate) fn find(
        seat: &RosterSeat,
        interval: IntervalIndex,
        length: IntervalLength,
        resolution: Resolution,
        reading: &Reading,
    ) -> Option<Self> {
        let slot = seat.slot?;
        let mut found = Direction::BOTH.into_iter().map(|direction| {
            let limit = match direction {
                Direction::Import => seat.import_limit,
                Direction::Export => seat.export_limit,
            };
            Self {
                slot,
                interval,
                direction,
                limit,
                max: resolution.most(limit, length),
                got: direction.of(reading),
            }
        });
        found.find(|found| found.got > found.max)
    }
}

impl fmt::Display for AboveLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of slot {}: expected at most {} ({} over an interval), got {}",
            self.direction,
            self.slot,
            show_energy(self.max.0.into()),
            show_power(self.limit),
            show_energy(self.got.0.into())
        )
    }
}
