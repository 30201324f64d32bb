use crate::bounds::{FORMAT_VERSION, MAX_ENERGY, MAX_FIRST_INTERVAL, MAX_RESOLUTION};

/// A field of the header outside its range; for encoding and decoding alike.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderError {
    /// No interval, or more than a report of its mode may hold.
    #[error("intervals: expected 1 to {max}, got {got}")]
    Intervals {
        /// The most intervals of the mode.
        max: u16,
        /// Intervals declared.
        got: u64,
    },
    /// No seat, or more than a report of its mode may hold.
    #[error("seats: expected 1 to {max}, got {got}")]
    Seats {
        /// The most seats of the mode.
        max: u16,
        /// Seats declared.
        got: u64,
    },
    /// A resolution of nothing, or coarser than a kilowatt-hour.
    #[error("resolution: expected 1 to {MAX_RESOLUTION} mWh, got {got}")]
    Resolution {
        /// mWh per count.
        got: u64,
    },
    /// A first interval that a browser's numbers do not hold.
    #[error("first interval: expected at most {MAX_FIRST_INTERVAL}, got {got}")]
    FirstInterval {
        /// Index of the first interval.
        got: u64,
    },
}

/// Why a report has no encoding.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// A field of the header is outside its range.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// Not one reading for every interval and seat.
    #[error("readings: expected {expected} (intervals x seats), got {got}")]
    ReadingCount {
        /// Intervals x seats.
        expected: usize,
        /// Readings given.
        got: usize,
    },
    /// The resolution cannot say this energy, and rounding would sign something the meter did not say.
    #[error("interval {interval}, seat {seat}: expected a multiple of {resolution} mWh, got {got} mWh")]
    NotAMultiple {
        /// Position of the interval in the report.
        interval: usize,
        /// Seat of the reading.
        seat: usize,
        /// mWh per count.
        resolution: u32,
        /// The energy, in mWh.
        got: u64,
    },
    /// More than any connection can move in an hour.
    #[error("interval {interval}, seat {seat}: expected at most {} mWh, got {got} mWh", MAX_ENERGY.0)]
    TooLarge {
        /// Position of the interval in the report.
        interval: usize,
        /// Seat of the reading.
        seat: usize,
        /// The energy, in mWh.
        got: u64,
    },
    /// A missing reading has no value: its energies are 0.
    #[error("interval {interval}, seat {seat}: expected no energy in a missing reading, got {import} mWh in and {export} mWh out")]
    MissingWithEnergy {
        /// Position of the interval in the report.
        interval: usize,
        /// Seat of the reading.
        seat: usize,
        /// Import, in mWh.
        import: u64,
        /// Export, in mWh.
        export: u64,
    },
}

/// What bytes are part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the report covers.
    Header,
    /// The readings.
    Body,
    /// What the seats' connections can carry, which a registry hands on beside a report.
    Connections,
}

impl core::fmt::Display for Part {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Body => "body",
            Self::Connections => "connections",
        })
    }
}

/// Why bytes are not a report.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// A field of the header is outside its range.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The first byte names another format.
    #[error("format version: expected {FORMAT_VERSION}, got {got}")]
    Version {
        /// The first byte.
        got: u8,
    },
    /// Readings that are held in another way.
    #[error("mode: expected 0 (open readings), got {got}")]
    Mode {
        /// The byte of the mode.
        got: u8,
    },
    /// A report that is signed in another way.
    #[error("signature scheme: expected 0 (secp256k1, each of the committee's listed members), got {got}")]
    Scheme {
        /// The byte of the scheme.
        got: u8,
    },
    /// The bytes end before the header's last field, before the last declared reading, or within a seat's connection.
    #[error("{part}: expected more after the first {length} bytes, got the end")]
    UnexpectedEnd {
        /// Where they end.
        part: Part,
        /// Number of bytes there are.
        length: usize,
    },
    /// A field in more bytes than it needs: a second encoding of the same.
    #[error("{field}: expected the shortest encoding, got a last byte of zero")]
    NotShortest {
        /// Name of the field.
        field: &'static str,
    },
    /// A field larger than its type.
    #[error("{field}: expected at most {bits} bits, got more")]
    FieldTooLarge {
        /// Name of the field.
        field: &'static str,
        /// Bits of its type.
        bits: u32,
    },
    /// A code of quality that is reserved.
    #[error("quality: expected 0 to 4, got {got}")]
    Quality {
        /// The 4-bit code.
        got: u8,
    },
    /// A changed kind that equals the one before: a second encoding of the same report.
    #[error("kind: expected one other than {kind}, got the same again")]
    KindUnchanged {
        /// The kind of reading, quality x 2 + both directions.
        kind: u8,
    },
    /// Both directions announced for a missing reading.
    #[error("kind: expected a missing reading without energy, got one with both directions")]
    MissingWithEnergy,
    /// More than any connection can move in an hour.
    #[error("energy: expected at most {limit} counts, got {got}")]
    TooLarge {
        /// The most counts at this resolution.
        limit: u64,
        /// Counts decoded.
        got: u64,
    },
    /// A code value that no encoder writes.
    #[error("code value: expected less than {range}, got {got}")]
    CodeValue {
        /// Width of the coder's range.
        range: u32,
        /// Value read.
        got: u32,
    },
    /// The last bytes are not those that the encoder ends with: a second encoding of the same report.
    #[error("end of the readings: expected a remainder of 0, got {got}")]
    Remainder {
        /// What is left of the code value.
        got: u32,
    },
    /// Bytes after the header's last field, or after the last reading.
    #[error("{part}: expected {expected} bytes, got {got}")]
    TrailingBytes {
        /// What they stand behind.
        part: Part,
        /// Bytes it takes.
        expected: usize,
        /// Bytes there are.
        got: usize,
    },
    /// Finished before every interval was read.
    #[error("intervals: expected {expected} to be read before the end, got {got}")]
    IntervalsLeft {
        /// Intervals declared.
        expected: u16,
        /// Intervals read.
        got: u16,
    },
}
