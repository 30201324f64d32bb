//! The byte format of a report of meter readings, its digest and its quorum; pure.
//!
//! A report covers one window: whole intervals by seats. `FORMAT.md` beside this crate writes the bytes down for other
//! implementations; one report has exactly one encoding, so a digest of the bytes is a digest of the readings.
//!
//! Nothing here knows a chain, a clock or a float, and nothing allocates by a count that arbitrary bytes declare
//! beyond the bounds stated at [`Decoder`] and [`decode`].

mod codec;
mod digest;
mod error;
mod header;
pub mod quorum;
mod report;
#[cfg(feature = "sign")]
pub mod sign;
mod varint;

pub use codec::Decoder;
pub use digest::{digest, Domain, DOMAIN_TAG};
pub use error::{DecodeError, EncodeError, HeaderError};
pub use header::{
    Header, Resolution, FORMAT_VERSION, MAX_ENERGY, MAX_FIRST_INTERVAL, MAX_INTERVALS, MAX_RESOLUTION,
    MAX_SEATS,
};
pub use report::{decode, encode, Report};
