//! Why there is no report, or no certificate.

use core::fmt;

use gridpact_readings::rfc3339;
use gridpact_report::connections::Direction;
use gridpact_report::{DecodeError, EncodeError, HeaderError};
use gridpact_units::decimal::energy::show_energy;
use gridpact_units::{Energy, IntervalIndex, Slot, UnixSeconds};

/// A slot's reading in an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose.
    pub slot: Slot,
    /// Of which interval.
    pub interval: IntervalIndex,
    /// When that begins.
    pub start: UnixSeconds,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "slot {} at {}", self.slot, rfc3339::show(self.start))
    }
}

/// Why there is no report, or no certificate.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nobody was admitted.
    #[error("the grid has no meter yet: nothing can be reported")]
    NoMeter,
    /// The next interval is not over.
    #[error("no interval is over yet; the next report begins at {}", rfc3339::show(*begins))]
    TooEarly {
        /// When the next report begins.
        begins: UnixSeconds,
    },
    /// The roster is not the one that the registry asks for.
    #[error("roster {roster_version}: expected {expected} seats, got {got}")]
    Seats {
        /// Its version.
        roster_version: u32,
        /// Seats it has.
        expected: u16,
        /// Seats that are known.
        got: usize,
    },
    /// No interval, or more than can be reported.
    #[error("expected 1 to {max} intervals from {} on, got {got}", rfc3339::show(*from))]
    Intervals {
        /// How many can be reported.
        max: u16,
        /// Where the report begins.
        from: UnixSeconds,
        /// How many it would cover.
        got: u64,
    },
    /// A reading of a meter that has no seat.
    #[error("{place}: expected a slot of the roster that the report follows, version {roster_version}, got another")]
    UnknownSlot {
        /// The reading.
        place: Place,
        /// The roster's version.
        roster_version: u32,
    },
    /// Two readings for one.
    #[error("{place}: expected one reading, got two")]
    Twice {
        /// The reading.
        place: Place,
    },
    /// Energy that the grid's counts cannot say; rounded, it would not be what the meter said.
    #[error(
        "{direction} of {place}: expected a multiple of the grid's resolution, {resolution} mWh, got {}",
        show_energy(got.0.into())
    )]
    NotAMultiple {
        /// The reading.
        place: Place,
        /// Which way.
        direction: Direction,
        /// mWh of one count.
        resolution: u32,
        /// The energy.
        got: Energy,
    },
    /// The registry asks for what no report can be.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The report has no encoding.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Bytes that are no report.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The committee of another epoch.
    #[error("expected the committee of epoch {expected}, got that of epoch {got}")]
    Epoch {
        /// The report's epoch.
        expected: u32,
        /// The committee's.
        got: u32,
    },
    /// A signature over something else.
    #[error("expected a signature over {expected}, got one over {got}: another report, chain or registry")]
    Digest {
        /// The report's digest, hex.
        expected: String,
        /// What was signed, hex.
        got: String,
    },
    /// A key of nobody in the committee.
    #[error("expected a member of epoch {epoch}, got the key {got}")]
    NotMember {
        /// The committee's epoch.
        epoch: u32,
        /// The key, hex.
        got: String,
    },
    /// A signature of another length.
    #[error("expected 64 bytes of signature, got {got}")]
    SignatureLength {
        /// Its bytes.
        got: usize,
    },
    /// A signature that its key did not make.
    #[error("the signature is not of that key")]
    Forged,
    /// Fewer members than the quorum.
    #[error("expected signatures of {quorum} members, got {got}")]
    TooFewSignatures {
        /// How many must sign.
        quorum: u8,
        /// How many did.
        got: usize,
    },
}

impl Error {
    /// The reading that is wrong, where it is one: whoever brought it knows where it came from.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::UnknownSlot { place, .. } | Self::Twice { place } | Self::NotAMultiple { place, .. } => {
                Some(*place)
            }
            _ => None,
        }
    }
}
