//! How much is taken in, and why no more.

/// Meters of one oracle: a grid's seats.
pub const MAX_METERS: usize = 1_024;
/// Bytes of a name: it becomes a label and a client's id at a broker.
pub const MAX_NAME: usize = 64;
/// Topics of one broker: two registers of every meter of a grid.
pub const MAX_TOPICS: usize = 2 * MAX_METERS;
/// Bytes of one MQTT packet: a home automation's discovery messages are long, and ours are short.
pub const MAX_PACKET: u32 = 256 * 1_024;
/// Bytes of one telegram: the longest known, with four sub-meters and 20 power failures, has below 2 KiB.
pub const MAX_TELEGRAM: usize = 8 * 1_024;
/// Bytes of one pushed body: a day of quarter hours of eight meters.
pub const MAX_PUSH: usize = 256 * 1_024;
/// Readings of one pushed body.
pub const MAX_PUSHED_READINGS: usize = 4_096;
/// Bytes of one file in a folder, after decompression: a month of quarter hours of a grid.
pub const MAX_FOLDER_FILE: u64 = 512 << 20;
/// How far a reading's own time may be ahead of the oracle's clock, s: clocks drift, and a meter at 2033 is no meter.
pub const MAX_AHEAD: u64 = 120;
/// Earliest time of a reading: 2015, before which no smart meter's clock is right; a meter that lost its battery is at 2000.
pub const EARLIEST: u64 = 1_420_070_400;
/// Largest register, mWh: 10 TWh, far above any connection's life, and below 2^63 as the database counts.
pub const MAX_REGISTER: u64 = 10_000_000_000_000_000;
/// Jobs that wait for the writer before whoever brings more is held: some seconds of a thousand meters.
pub const WRITER_QUEUE: usize = 1_024;
/// Jobs that are committed together: one sync for all of them.
pub const GROUP: usize = 256;
