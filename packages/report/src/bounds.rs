//! Bounds of every report, each with its reason. What a report may span is bounded by its [`Mode`](crate::Mode).

use gridpact_units::{Energy, IntervalIndex};

/// First byte of every report in the format that this crate writes and reads.
pub const FORMAT_VERSION: u8 = 1;

/// Most bytes of a header: every number at its longest.
pub const MAX_HEADER_LENGTH: usize = 31;

/// Most energy of one reading in one direction: `Power::MAX` over an hour, the longest interval, in mWh.
pub const MAX_ENERGY: Energy = Energy(100_000_000_000);

/// Coarsest resolution: 1 kWh per count, in mWh.
pub const MAX_RESOLUTION: u32 = 1_000_000;

/// Latest first interval, 2^53 - 1: what a browser's numbers hold exactly, and far from any overflow.
pub const MAX_FIRST_INTERVAL: IntervalIndex = IntervalIndex(9_007_199_254_740_991);
