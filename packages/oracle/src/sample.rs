//! One reading of one register, as it came.

use gridpact_units::UnixSeconds;

/// What a register counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// What was taken from the wire.
    Import,
    /// What was given to it.
    Export,
}

impl Register {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Import, Self::Export];

    /// As the database says it.
    pub const fn code(self) -> u8 {
        match self {
            Self::Import => 0,
            Self::Export => 1,
        }
    }

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Export => "export",
        }
    }
}

/// One reading of one register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Which register.
    pub register: Register,
    /// When it stood so.
    pub at: UnixSeconds,
    /// How it stood, mWh.
    pub value: u64,
}
