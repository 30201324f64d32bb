//! A reading where it belongs.

use gridpact_units::{Quality, Reading, UnixSeconds};

use crate::row::{Kind, Origin, Row};

/// A reading of one meter and interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The interval's start.
    pub start: UnixSeconds,
    /// Where the (first) row stands that it comes from.
    pub origin: Origin,
    /// What it says.
    pub reading: Reading,
}

impl Placed {
    /// As a row, to be kept in a log.
    pub fn row(&self) -> Row {
        Row {
            at: self.start,
            import: Some(self.reading.import.0),
            export: Some(self.reading.export.0),
            seconds: 0,
            origin: self.origin,
            offset: 0,
            ends: false,
            kind: Kind::Energy,
            quality: self.reading.quality,
        }
    }

    /// From such a row.
    pub fn of(row: &Row) -> Self {
        let (import, export) = row.energies();
        let reading = match row.quality {
            Quality::Missing => Reading::MISSING,
            quality => Reading {
                import,
                export,
                quality,
            },
        };
        Self {
            start: row.at,
            origin: row.origin,
            reading,
        }
    }
}
