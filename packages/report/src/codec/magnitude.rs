//! Whole numbers, coded by how large the numbers before them were.
//!
//! A number is its width in bits (0 for 0), then its bits below the highest. The width is told as steps up or down from
//! the one expected, the first two bits below the highest have contexts of their own, the rest are taken as even.

use super::probability::Table;
use super::range::Coder;

/// Widest number: below 2^38. A change of net energy is at most 2 x 10^11 counts.
pub(crate) const MAX_WIDTH: u32 = 38;

/// Scales with a row of contexts each; greater ones share two rows, by their half power. Small numbers have each their
/// own habits, large ones look alike but for size.
const OWN_SCALES: u32 = 20;
const ROWS: usize = 22;

/// Steps away from the expected width that have contexts of their own; those further share the last.
const STEPS: u32 = 15;
const ROW: usize = 32;

/// Steps up start here in a row, steps down at half of it.
const DOWN: u32 = 16;

/// Even bits coded at once, so that a range of 2^24 leaves 2^8.
const CHUNK: u32 = 16;

/// How large a seat's numbers usually are: the mean of the last few, the newest weighing 1/4, in 1/16.
#[derive(Clone, Copy)]
pub(crate) struct Usual(u64);

impl Usual {
    /// Nothing is known yet.
    pub(crate) const NONE: Self = Self(0);

    /// Takes a number below 2^38 into the mean; it stays below 2^42.
    #[inline(always)]
    pub(crate) fn learn(&mut self, number: u64) {
        self.0 = self.0.wrapping_sub(self.0 >> 2).wrapping_add(number << 2);
    }

    /// Twice the binary logarithm of the mean in 1/16, rounded down to halves of a power; 0 for 0.
    #[inline(always)]
    fn scale(self) -> u32 {
        let width = u64::BITS.wrapping_sub(self.0.leading_zeros());
        let half = u32::from(width >= 2 && self.0.wrapping_shr(width.wrapping_sub(2)) & 1 == 1);
        (width << 1).wrapping_add(half)
    }
}

pub(crate) struct Magnitudes {
    widths: Table,
    high_bits: Table,
}

impl Magnitudes {
    pub(crate) fn new() -> Self {
        Self {
            widths: Table::new(ROWS.saturating_mul(ROW)),
            high_bits: Table::new(4 << 6),
        }
    }

    /// Codes `number`, below 2^38.
    #[inline(always)]
    pub(crate) fn code<C: Coder>(
        &mut self,
        coder: &mut C,
        usual: Usual,
        number: u64,
    ) -> Result<u64, C::Error> {
        let width = self.code_width(coder, usual, u64::BITS.wrapping_sub(number.leading_zeros()))?;
        if width == 0 {
            return Ok(0);
        }
        // The highest bit is there by the width; contexts of the next two: width, and the first of them.
        let mut value = 1;
        let mut left = width.wrapping_sub(1);
        let mut context = width << 2;
        for _ in 0..left.min(2) {
            left = left.wrapping_sub(1);
            let bit = coder.bit(
                self.high_bits.at(index(context)),
                number.wrapping_shr(left) & 1 == 1,
            )?;
            value = (value << 1) | u64::from(bit);
            context = context.wrapping_add(1).wrapping_add(u32::from(bit));
        }
        while left > 0 {
            let count = left.min(CHUNK);
            left = left.wrapping_sub(count);
            let bits = coder.even_bits(count, low_bits(number.wrapping_shr(left), count))?;
            value = value.wrapping_shl(count) | u64::from(bits);
        }
        Ok(value)
    }

    #[inline(always)]
    fn code_width<C: Coder>(&mut self, coder: &mut C, usual: Usual, wanted: u32) -> Result<u32, C::Error> {
        let scale = usual.scale();
        // A mean of 2^k (in 1/16, so 2^(k + 4)) has a scale of 2k + 10: what is expected is the
        // mean's own width. One bit more measured 0.005 byte a reading smaller and cost more gas than that saves.
        let expected = (scale >> 1).saturating_sub(4).min(MAX_WIDTH);
        let row = if scale < OWN_SCALES {
            scale
        } else {
            OWN_SCALES | (scale & 1)
        } << 5;
        let mut width = expected;
        let mut step = 0_u32;
        if expected < MAX_WIDTH && coder.bit(self.widths.at(index(row)), wanted > expected)? {
            width = width.wrapping_add(1);
            while width < MAX_WIDTH {
                step = STEPS.min(step.wrapping_add(1));
                if !coder.bit(self.widths.at(index(row | step)), wanted > width)? {
                    break;
                }
                width = width.wrapping_add(1);
            }
        } else {
            while width > 0 && coder.bit(self.widths.at(index(row | DOWN | step)), wanted < width)? {
                width = width.wrapping_sub(1);
                step = STEPS.min(step.wrapping_add(1));
            }
        }
        Ok(width)
    }
}

/// The lowest `count` bits, 0 to 16.
#[inline(always)]
fn low_bits(number: u64, count: u32) -> u32 {
    let [first, second, ..] = number.to_le_bytes();
    u32::from(u16::from_le_bytes([first, second])) & 1_u32.wrapping_shl(count).wrapping_sub(1)
}

/// Contexts are below 2^10.
#[inline(always)]
pub(crate) fn index(context: u32) -> usize {
    usize::try_from(context).unwrap_or(usize::MAX)
}
