//! How the readings of a report are held, and how it is signed: a byte each, so that other ways can come.

use crate::error::DecodeError;

/// How a report holds its readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// They stand openly in the body: anybody can read them, and recompute what they were settled to.
    #[default]
    Open,
}

impl Mode {
    /// The byte in a header.
    pub const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
        }
    }

    /// Most intervals in a report: two days of quarter hours, so that a day late still goes in one report.
    pub const fn max_intervals(self) -> u16 {
        match self {
            Self::Open => 192,
        }
    }

    /// Most seats in a report: what one transaction can settle within half a block.
    pub const fn max_seats(self) -> u16 {
        match self {
            Self::Open => 1_024,
        }
    }
}

impl TryFrom<u8> for Mode {
    type Error = DecodeError;

    fn try_from(code: u8) -> Result<Self, DecodeError> {
        match code {
            0 => Ok(Self::Open),
            got => Err(DecodeError::Mode { got }),
        }
    }
}

/// How a report is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// A quorum of the committee's listed members sign its digest, each with ECDSA over secp256k1.
    #[default]
    Secp256k1,
}

impl Scheme {
    /// The byte in a header.
    pub const fn code(self) -> u8 {
        match self {
            Self::Secp256k1 => 0,
        }
    }
}

impl TryFrom<u8> for Scheme {
    type Error = DecodeError;

    fn try_from(code: u8) -> Result<Self, DecodeError> {
        match code {
            0 => Ok(Self::Secp256k1),
            got => Err(DecodeError::Scheme { got }),
        }
    }
}
