//! A binary arithmetic coder with carries (a range coder), 32 bits wide.
//!
//! The bytes written are, as one long fraction, exactly the low end of the interval that the decisions lead to, in as
//! many bytes as the decisions took. So one sequence of decisions has one encoding, and the decoder, which keeps the
//! difference between the fraction and the low end, finds that it is the one by a difference of 0 at the end.

use core::convert::Infallible;

use super::probability::Probability;
use crate::error::{DecodeError, Part};

/// Below this width a byte leaves the coder. 2^24: a decision then splits at least 2^24 values.
const LEAST_RANGE: u32 = 1 << 24;

/// One direction of coding. The encoder takes the decision it is given and returns it; the decoder ignores what it is
/// given and returns the one in the bytes.
pub(crate) trait Coder {
    type Error;

    fn bit(&mut self, probability: &mut Probability, bit: bool) -> Result<bool, Self::Error>;

    /// `count` bits, 0 to 16, all values equally likely.
    fn even_bits(&mut self, count: u32, bits: u32) -> Result<u32, Self::Error>;

    /// Refuses what a decoder may meet and an encoder never writes.
    fn require(&self, holds: bool, refusal: impl FnOnce() -> DecodeError) -> Result<(), Self::Error>;
}

pub(crate) struct RangeEncoder {
    bytes: Vec<u8>,
    low: u32,
    range: u32,
}

impl RangeEncoder {
    /// Appends to `bytes`.
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            low: 0,
            range: u32::MAX,
        }
    }

    #[inline(always)]
    fn add(&mut self, width: u32) {
        let (low, carry) = self.low.overflowing_add(width);
        self.low = low;
        if carry {
            // The fraction stays below 1, so the carry ends within the bytes that this coder wrote.
            for byte in self.bytes.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }
    }

    #[inline(always)]
    fn normalise(&mut self) {
        while self.range < LEAST_RANGE {
            let [first, ..] = self.low.to_be_bytes();
            self.bytes.push(first);
            self.low <<= 8;
            self.range <<= 8;
        }
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(&self.low.to_be_bytes());
        self.bytes
    }
}

impl Coder for RangeEncoder {
    type Error = Infallible;

    #[inline(always)]
    fn bit(&mut self, probability: &mut Probability, bit: bool) -> Result<bool, Infallible> {
        let split = probability.split(self.range);
        if bit {
            self.add(split);
            self.range = self.range.wrapping_sub(split);
        } else {
            self.range = split;
        }
        probability.learn(bit);
        self.normalise();
        Ok(bit)
    }

    #[inline(always)]
    fn even_bits(&mut self, count: u32, bits: u32) -> Result<u32, Infallible> {
        self.range >>= count;
        self.add(bits.wrapping_mul(self.range));
        self.normalise();
        Ok(bits)
    }

    #[inline(always)]
    fn require(&self, _: bool, _: impl FnOnce() -> DecodeError) -> Result<(), Infallible> {
        Ok(())
    }
}

pub(crate) struct RangeDecoder<'a> {
    bytes: &'a [u8],
    position: usize,
    /// What the bytes say less the low end; always below `range`.
    code: u32,
    range: u32,
    /// Bytes were asked for beyond the end. Zeros stand in for them until the next `check`: a refusal at every
    /// decision would cost a chain more than what it saves.
    short: bool,
}

impl<'a> RangeDecoder<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut decoder = Self {
            bytes,
            position: 0,
            code: 0,
            range: u32::MAX,
            short: false,
        };
        for _ in 0..4 {
            decoder.shift_in();
        }
        decoder.check()?;
        let (range, got) = (decoder.range, decoder.code);
        decoder.require(got < range, || DecodeError::CodeValue { range, got })?;
        Ok(decoder)
    }

    #[inline(always)]
    fn shift_in(&mut self) {
        let byte = self.bytes.get(self.position).copied();
        self.short |= byte.is_none();
        self.position = self.position.wrapping_add(1);
        self.code = (self.code << 8) | u32::from(byte.unwrap_or(0));
    }

    #[inline(always)]
    fn normalise(&mut self) {
        while self.range < LEAST_RANGE {
            self.range <<= 8;
            self.shift_in();
        }
    }

    /// Refuses bytes that ended before this. Called at least once an interval.
    pub(crate) fn check(&self) -> Result<(), DecodeError> {
        if self.short {
            return Err(DecodeError::UnexpectedEnd {
                part: Part::Body,
                length: self.bytes.len(),
            });
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<(), DecodeError> {
        self.check()?;
        if self.position != self.bytes.len() {
            return Err(DecodeError::TrailingBytes {
                part: Part::Body,
                expected: self.position,
                got: self.bytes.len(),
            });
        }
        if self.code != 0 {
            return Err(DecodeError::Remainder { got: self.code });
        }
        Ok(())
    }
}

impl Coder for RangeDecoder<'_> {
    type Error = DecodeError;

    #[inline(always)]
    fn bit(&mut self, probability: &mut Probability, _: bool) -> Result<bool, DecodeError> {
        let split = probability.split(self.range);
        let bit = self.code >= split;
        // Without a branch, as in `Probability::learn`: all ones where the decision is true.
        let taken = u32::from(bit).wrapping_neg();
        self.code = self.code.wrapping_sub(split & taken);
        // True: range - split, false: split.
        self.range = (self.range & taken).wrapping_sub((split ^ !taken).wrapping_sub(!taken));
        probability.learn(bit);
        self.normalise();
        Ok(bit)
    }

    #[inline(always)]
    fn even_bits(&mut self, count: u32, _: u32) -> Result<u32, DecodeError> {
        self.range >>= count;
        // The range is at least 2^24 before, so at least 2^8 here; saying so saves the check for 0.
        let bits = self.code.checked_div(self.range.max(1)).unwrap_or(0);
        let (range, got) = (self.range << count, self.code);
        self.require(bits >> count == 0, || DecodeError::CodeValue { range, got })?;
        self.code = self.code.wrapping_sub(bits.wrapping_mul(self.range));
        self.normalise();
        Ok(bits)
    }

    #[inline(always)]
    fn require(&self, holds: bool, refusal: impl FnOnce() -> DecodeError) -> Result<(), DecodeError> {
        if holds {
            return Ok(());
        }
        self.check()?;
        Err(refusal())
    }
}
