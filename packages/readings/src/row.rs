//! A row as a file gives it.

use gridpact_units::{Energy, Quality, UnixSeconds};

/// What a row's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Energies of an interval, mWh.
    Energy,
    /// Mean powers over an interval, mW.
    Power,
    /// What registers show at a moment, mWh.
    Register,
}

/// Where something stands, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Position of the meter.
    pub meter: u32,
    /// Line in the file.
    pub line: u32,
    /// Position of the file.
    pub file: u16,
}

/// A row. A direction that it says nothing of is `None`; one without a value is missing by the quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The interval's start, its end where `ends` says so, or a register's moment.
    pub at: UnixSeconds,
    /// What was taken.
    pub import: Option<u64>,
    /// What was given.
    pub export: Option<u64>,
    /// The interval's length, s; 0 where the file does not say.
    pub seconds: u32,
    /// Where it stands.
    pub origin: Origin,
    /// Local time less UTC, minutes.
    pub offset: i16,
    /// Whether `at` is the interval's end.
    pub ends: bool,
    /// What the numbers are.
    pub kind: Kind,
    /// What they are worth.
    pub quality: Quality,
}

impl Row {
    /// Whether it is of an interval, and not what registers show.
    pub fn is_energy(&self) -> bool {
        self.kind != Kind::Register
    }

    /// With a length, where it has none and is of an interval, and the interval's start for its end.
    #[must_use]
    pub fn lengthened(mut self, length: u32) -> Self {
        if self.is_energy() {
            if self.seconds == 0 {
                self.seconds = length;
            }
            if self.ends {
                self.at = UnixSeconds(self.at.0.saturating_sub(self.seconds.into()));
                self.ends = false;
            }
        }
        self
    }

    /// What was taken and given, with nothing where a direction is not said.
    pub fn energies(&self) -> (Energy, Energy) {
        let energy = |value: Option<u64>| Energy(value.unwrap_or_default());
        (energy(self.import), energy(self.export))
    }
}
