//! What a reading is made of, decision by decision, and what each decision is expected to be.

use gridpact_units::{Energy, Quality, Reading};

use super::range::{Coder, Probability};
use crate::{DecodeError, Header, Resolution};

/// Widths of a residual: it is below 2^39 counts, since each energy is below 2^37.
const WIDTHS: usize = 40;
/// Contexts of scale: half powers of two of a seat's usual residual.
const SCALES: usize = 24;

/// A reading in counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Symbol {
    quality: Quality,
    /// Import less export.
    net: i64,
    /// The lesser of import and export.
    both: u64,
}

impl Symbol {
    /// Energies that are no multiple of the resolution have been refused before.
    pub(crate) fn of(reading: &Reading, resolution: Resolution) -> Self {
        let counts = |energy| resolution.counts(energy).unwrap_or(0);
        let (import, export) = (counts(reading.import), counts(reading.export));
        Self {
            quality: reading.quality,
            net: import.wrapping_sub(export).cast_signed(),
            both: import.min(export),
        }
    }

    pub(crate) fn reading(self, resolution: Resolution) -> Reading {
        let energy = |counts: u64| Energy(counts.wrapping_mul(resolution.milliwatt_hours().into()));
        let gross = self.both.wrapping_add(self.net.unsigned_abs());
        let (import, export) = if self.net < 0 {
            (self.both, gross)
        } else {
            (gross, self.both)
        };
        Reading {
            import: energy(import),
            export: energy(export),
            quality: self.quality,
        }
    }

    fn mode(self) -> u8 {
        (self.quality.code() << 1) | u8::from(self.both != 0)
    }
}

#[derive(Clone, Copy, Default)]
struct SeatState {
    net: i64,
    usual: u64,
    mode: u8,
}

pub(crate) struct Model {
    limit: u64,
    seats: Vec<SeatState>,
    same: [Probability; 32],
    modes: Vec<Probability>,
    net: Numbers,
    both: Numbers,
}

impl Model {
    pub(crate) fn new(header: &Header) -> Self {
        let even = Probability::EVEN;
        Self {
            limit: header.resolution.most_counts(),
            seats: vec![SeatState::default(); header.seats.into()],
            same: [even; 32],
            modes: vec![even; 32],
            net: Numbers::new(),
            both: Numbers::new(),
        }
    }

    /// Codes one interval, a symbol a seat, and hands each to `each`.
    pub(crate) fn code_interval<C: Coder>(
        &mut self,
        coder: &mut C,
        symbols: impl Iterator<Item = Symbol>,
        mut each: impl FnMut(Symbol),
    ) -> Result<(), C::Error> {
        let Self {
            limit,
            seats,
            same,
            modes,
            net,
            both,
        } = self;
        let limit = *limit;
        for (state, symbol) in seats.iter_mut().zip(symbols) {
            let mode = code_mode(coder, state.mode, symbol.mode(), same, modes)?;
            state.mode = mode;
            let quality = Quality::try_from(mode >> 1);
            coder.require(quality.is_ok(), || DecodeError::Quality { got: mode >> 1 })?;
            let mut coded = Symbol {
                quality: quality.unwrap_or_default(),
                net: 0,
                both: 0,
            };
            if coded.quality == Quality::Missing {
                coder.require(mode & 1 == 0, || DecodeError::MissingWithEnergy)?;
                each(coded);
                continue;
            }
            let residual = net.code(coder, state.usual, symbol.net.wrapping_sub(state.net))?;
            coded.net = state.net.wrapping_add(residual);
            if mode & 1 == 1 {
                let more = symbol.both.wrapping_sub(1).cast_signed();
                let more = both.code(coder, 0, more)?;
                coder.require(more >= 0, || DecodeError::MissingWithEnergy)?;
                coded.both = more.cast_unsigned().wrapping_add(1);
            }
            let gross = coded.net.unsigned_abs().wrapping_add(coded.both);
            coder.require(gross <= limit, || DecodeError::TooLarge { limit, got: gross })?;
            state.net = coded.net;
            let r = residual.unsigned_abs();
            state.usual = state.usual.wrapping_add(
                (r << 4)
                    .wrapping_sub(state.usual)
                    .cast_signed()
                    .wrapping_shr(2)
                    .cast_unsigned(),
            );
            each(coded);
        }
        Ok(())
    }
}

fn code_mode<C: Coder>(
    coder: &mut C,
    before: u8,
    now: u8,
    same: &mut [Probability],
    modes: &mut [Probability],
) -> Result<u8, C::Error> {
    let mut even = Probability::EVEN;
    let changed = coder.bit(
        same.get_mut(usize::from(before)).unwrap_or(&mut even),
        now != before,
    )?;
    if !changed {
        return Ok(before);
    }
    let mut node = 1_u8;
    for shift in (0..5).rev() {
        let probability = modes.get_mut(usize::from(node)).unwrap_or(&mut even);
        let bit = coder.bit(probability, (now >> shift) & 1 == 1)?;
        node = (node << 1) | u8::from(bit);
    }
    let mode = node & 31;
    coder.require(mode != before, || DecodeError::ModeUnchanged { mode })?;
    Ok(mode)
}

struct Numbers {
    width: Vec<Probability>,
    top: Vec<Probability>,
    sign: Vec<Probability>,
}

impl Numbers {
    fn new() -> Self {
        let even = Probability::EVEN;
        Self {
            width: vec![even; SCALES * WIDTHS],
            top: vec![even; SCALES * WIDTHS],
            sign: vec![even; SCALES],
        }
    }

    #[inline(always)]
    fn code<C: Coder>(&mut self, coder: &mut C, usual: u64, number: i64) -> Result<i64, C::Error> {
        let mut even = Probability::EVEN;
        let scale = scale_of(usual);
        let base = scale.wrapping_mul(WIDTHS);
        let magnitude = number.unsigned_abs();
        let mut width = 0_u32;
        let wanted = u64::BITS.wrapping_sub(magnitude.leading_zeros());
        while width < 38 {
            let p = self
                .width
                .get_mut(base.wrapping_add(width as usize))
                .unwrap_or(&mut even);
            if !coder.bit(p, wanted > width)? {
                break;
            }
            width = width.wrapping_add(1);
        }
        if width == 0 {
            return Ok(0);
        }
        let mut value = 1_u64;
        let mut left = width.wrapping_sub(1);
        if left > 0 {
            left = left.wrapping_sub(1);
            let p = self
                .top
                .get_mut(base.wrapping_add(width as usize))
                .unwrap_or(&mut even);
            let bit = coder.bit(p, (magnitude >> left) & 1 == 1)?;
            value = (value << 1) | u64::from(bit);
        }
        while left > 0 {
            let count = left.min(12);
            left = left.wrapping_sub(count);
            let bits = u32::try_from((magnitude >> left) & 0xfff & ((1 << count) - 1)).unwrap_or(0);
            value = (value << count) | u64::from(coder.even_bits(count, bits)?);
        }
        let p = self.sign.get_mut(scale).unwrap_or(&mut even);
        let negative = coder.bit(p, number < 0)?;
        let value = value.cast_signed();
        Ok(if negative { value.wrapping_neg() } else { value })
    }
}

fn scale_of(usual: u64) -> usize {
    let width = u64::BITS.wrapping_sub(usual.leading_zeros());
    let half = if width >= 2 {
        (usual >> width.wrapping_sub(2)) & 1
    } else {
        0
    };
    let s = width
        .wrapping_mul(2)
        .wrapping_add(u32::try_from(half).unwrap_or(0));
    (s as usize).min(SCALES - 1)
}
