//! How much is read, and why no more.

/// The most meters: a grid on the chain has at most 1,024 seats.
pub const MAX_METERS: usize = 1_024;

/// The most readings held at once, 1.3 a second for a year or 1,024 meters for 416 days of quarter hours: of usual rows 3 to 8 bytes
/// each while files are read, and 9 as a data set.
pub const MAX_READINGS: usize = 41_000_000;

/// The most rows of all files, or values of one: a reading's two directions may each have one.
pub const MAX_ROWS: usize = 2 * MAX_READINGS;

/// The most rows of one meter, which are held one by one, 72 bytes each, while they are put on a grid: a register that is read every
/// ten seconds for two years and a half.
pub const MAX_METER_ROWS: usize = 8_000_000;

/// The most bytes of one file after decompression, so that a small gzip cannot fill the disk or run for ever:
/// 41 million rows of our own table.
pub const MAX_FILE_BYTES: u64 = 4 << 30;
