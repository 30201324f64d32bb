//! How much is read, and why no more.

/// The most meters: a grid on the chain has at most 1,024 seats.
pub const MAX_METERS: usize = 1_024;

/// The most readings held at once, 64 a second for a year or 1,024 meters for 416 days of quarter hours: about 5 GB.
pub const MAX_READINGS: usize = 41_000_000;

/// The most bytes of one file after decompression, so that a small gzip cannot fill the disk or run for ever:
/// 41 million rows of our own table.
pub const MAX_FILE_BYTES: u64 = 4 << 30;
