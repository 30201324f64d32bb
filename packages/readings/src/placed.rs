//! A reading where it belongs.

use gridpact_units::{Reading, UnixSeconds};

use crate::collected::Origin;

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
