//! The readings of a report, its body, as one arithmetic-coded string of bits.
//!
//! `model` says, once for both directions, which decisions a reading is made of and how likely each is; `range` turns
//! decisions into bytes and back; this module joins them interval by interval.

mod magnitude;
mod model;
mod probability;
mod range;

use gridpact_units::{IntervalIndex, Reading};

use crate::error::DecodeError;
use crate::header::Header;
use model::{Model, Symbol};
use range::{RangeDecoder, RangeEncoder};

/// Writes a report of checked readings.
pub(crate) struct Encoder {
    header: Header,
    model: Model,
    coder: RangeEncoder,
}

impl Encoder {
    pub(crate) fn new(header: &Header) -> Self {
        Self {
            header: *header,
            model: Model::new(header),
            coder: RangeEncoder::new(header.encode()),
        }
    }

    /// Appends one interval. The readings are one a seat and have been checked against the header.
    pub(crate) fn push_interval(&mut self, readings: &[Reading]) {
        let resolution = self.header.resolution;
        let symbols = readings.iter().map(|reading| Symbol::of(reading, resolution));
        let Ok(()) = self.model.code_interval(&mut self.coder, symbols, |_| {});
    }

    /// The report's bytes.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.coder.finish()
    }
}

/// Reads a report's body interval by interval, so that nobody needs to hold all readings.
///
/// Memory: 32 bytes a seat and 12 kB of probabilities, at most 48 kB in all whatever the bytes say, and the caller's
/// buffer of one interval, 24 bytes a seat. Bytes that end early are refused with the interval they end in.
pub struct Decoder<'a> {
    header: Header,
    model: Model,
    coder: RangeDecoder<'a>,
    intervals_read: u16,
}

impl<'a> Decoder<'a> {
    /// Checks every count in the header before anything is allocated. The body is borrowed, never copied.
    pub fn new(header: &Header, body: &'a [u8]) -> Result<Self, DecodeError> {
        header.check()?;
        let coder = RangeDecoder::new(body)?;
        Ok(Self {
            header: *header,
            model: Model::new(header),
            coder,
            intervals_read: 0,
        })
    }

    /// What the report covers.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Replaces what is in `readings` by the next interval, one reading a seat, and names it; `None` (and nothing in
    /// `readings`) after the last one. After an error the decoder is of no further use.
    pub fn next_interval(
        &mut self,
        readings: &mut Vec<Reading>,
    ) -> Result<Option<IntervalIndex>, DecodeError> {
        readings.clear();
        if self.intervals_read == self.header.intervals {
            return Ok(None);
        }
        readings.reserve_exact(self.header.seats.into());
        let resolution = self.header.resolution;
        let blank = core::iter::repeat_n(Symbol::default(), self.header.seats.into());
        self.model.code_interval(&mut self.coder, blank, |symbol| {
            readings.push(symbol.reading(resolution))
        })?;
        self.coder.check()?;
        let index = self.header.first_interval.plus(self.intervals_read.into());
        self.intervals_read = self.intervals_read.saturating_add(1);
        Ok(Some(index))
    }

    /// Ends the reading: refused before the last interval was read, where bytes are left over, and where the last bytes
    /// are not those that the encoder writes.
    pub fn finish(self) -> Result<(), DecodeError> {
        if self.intervals_read != self.header.intervals {
            let (expected, got) = (self.header.intervals, self.intervals_read);
            return Err(DecodeError::IntervalsLeft { expected, got });
        }
        self.coder.finish()
    }
}
