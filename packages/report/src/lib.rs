//! The byte format of a report of meter readings, its digest and its quorum; pure.
//!
//! A report covers one window: whole intervals by seats. It is a header, which says what it covers, and a body, the readings.
//! `FORMAT.md` beside this crate writes the bytes down for other implementations; one report has exactly one encoding, so a
//! digest of the bytes is a digest of the readings.
//!
//! Nothing here knows a chain, a clock or a float, and nothing allocates by a count that arbitrary bytes declare
//! beyond the bounds stated at [`Decoder`] and [`decode`].

pub mod archive;
mod bounds;
mod codec;
pub mod connections;
mod digest;
mod error;
mod header;
pub mod limit;
mod mode;
pub mod quorum;
mod report;
#[cfg(feature = "sign")]
pub mod sign;
mod varint;

pub use bounds::{FORMAT_VERSION, MAX_ENERGY, MAX_FIRST_INTERVAL, MAX_HEADER_LENGTH, MAX_RESOLUTION};
pub use codec::Decoder;
pub use digest::{body_hash, digest, digest_of, Domain, DOMAIN_TAG};
pub use error::{DecodeError, EncodeError, HeaderError, Part};
pub use header::{split, Header, Resolution};
pub use mode::{Mode, Scheme};
pub use report::{decode, encode, Report};
