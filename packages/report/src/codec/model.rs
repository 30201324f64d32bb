//! What a reading is made of, decision by decision, and on what each decision's probability depends.
//!
//! Written once for both directions of coding, so that they cannot differ.

use gridpact_units::{Energy, Quality, Reading};

use super::magnitude::{index, Magnitudes, Usual};
use super::probability::Table;
use super::range::Coder;
use crate::error::DecodeError;
use crate::header::{Header, Resolution};

/// Quality code x 2, plus 1 where both directions have energy.
type Kind = u8;
const KIND_BITS: u32 = 5;

/// A reading in counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Symbol {
    quality: Quality,
    /// Import less export.
    net: i64,
    /// The lesser of import and export: mostly 0.
    overlap: u64,
}

impl Symbol {
    /// Energies that are no multiple of the resolution have been refused before.
    pub(crate) fn of(reading: &Reading, resolution: Resolution) -> Self {
        let counts = |energy| resolution.counts(energy).unwrap_or(0);
        let (import, export) = (counts(reading.import), counts(reading.export));
        let net = import.wrapping_sub(export).cast_signed();
        Self {
            quality: reading.quality,
            net,
            overlap: import.min(export),
        }
    }

    #[inline(always)]
    pub(crate) fn reading(self, resolution: Resolution) -> Reading {
        let energy = |counts: u64| Energy(counts.wrapping_mul(resolution.milliwatt_hours().into()));
        let greater = self.greater();
        let (import, export) = if self.net < 0 {
            (self.overlap, greater)
        } else {
            (greater, self.overlap)
        };
        Reading {
            import: energy(import),
            export: energy(export),
            quality: self.quality,
        }
    }

    /// The greater of import and export.
    #[inline(always)]
    fn greater(self) -> u64 {
        self.overlap.wrapping_add(self.net.unsigned_abs())
    }

    #[inline(always)]
    fn kind(self) -> Kind {
        (self.quality.code() << 1) | u8::from(self.overlap != 0)
    }
}

/// What is expected of the sign of a seat's next change: contexts 0 to 3.
#[derive(Clone, Copy)]
enum Trend {
    Fell = 0,
    Stayed = 1,
    Rose = 2,
    /// The net energy is 0, which homes without PV do not go below.
    AtZero = 3,
}

/// What is known of a seat from the intervals before. Readings that are missing leave all but the kind.
#[derive(Clone, Copy)]
struct SeatState {
    net: i64,
    usual_change: Usual,
    usual_overlap: Usual,
    trend: Trend,
    kind: Kind,
}

impl SeatState {
    const FIRST: Self = Self {
        net: 0,
        usual_change: Usual::NONE,
        usual_overlap: Usual::NONE,
        trend: Trend::AtZero,
        kind: 0,
    };
}

/// The seats of a report, and what was learnt from all of them.
pub(crate) struct Model {
    seats: Vec<SeatState>,
    contexts: Contexts,
}

impl Model {
    pub(crate) fn new(header: &Header) -> Self {
        let seats = vec![SeatState::FIRST; header.seats.into()];
        Self {
            seats,
            contexts: Contexts::new(header.resolution.max_counts()),
        }
    }

    /// Codes one interval, a symbol a seat, and hands each to `each`.
    pub(crate) fn code_interval<C: Coder>(
        &mut self,
        coder: &mut C,
        symbols: impl Iterator<Item = Symbol>,
        mut each: impl FnMut(Symbol),
    ) -> Result<(), C::Error> {
        for (state, symbol) in self.seats.iter_mut().zip(symbols) {
            each(self.contexts.code_symbol(coder, state, symbol)?);
        }
        Ok(())
    }
}

struct Contexts {
    /// Most counts of one energy.
    limit: u64,
    changed: Table,
    kinds: Table,
    signs: Table,
    changes: Magnitudes,
    overlaps: Magnitudes,
}

impl Contexts {
    fn new(limit: u64) -> Self {
        Self {
            limit,
            changed: Table::new(1 << KIND_BITS),
            kinds: Table::new(1 << KIND_BITS << KIND_BITS),
            signs: Table::new(4),
            changes: Magnitudes::new(),
            overlaps: Magnitudes::new(),
        }
    }

    #[inline(always)]
    fn code_symbol<C: Coder>(
        &mut self,
        coder: &mut C,
        state: &mut SeatState,
        symbol: Symbol,
    ) -> Result<Symbol, C::Error> {
        let kind = self.code_kind(coder, state.kind, symbol.kind())?;
        state.kind = kind;
        let quality = Quality::try_from(kind >> 1).unwrap_or_default();
        let mut coded = Symbol {
            quality,
            ..Symbol::default()
        };
        if quality == Quality::Missing {
            return Ok(coded);
        }
        let change = self.code_change(coder, state, symbol.net.wrapping_sub(state.net))?;
        coded.net = state.net.wrapping_add(change);
        if kind & 1 == 1 {
            // At least 1, since the kind says that both directions have energy.
            let more = self
                .overlaps
                .code(coder, state.usual_overlap, symbol.overlap.wrapping_sub(1))?;
            state.usual_overlap.learn(more);
            coded.overlap = more.wrapping_add(1);
        }
        let (limit, got) = (self.limit, coded.greater());
        coder.require(got <= limit, || DecodeError::TooLarge { limit, got })?;
        state.usual_change.learn(change.unsigned_abs());
        state.trend = match change {
            _ if coded.net == 0 => Trend::AtZero,
            ..0 => Trend::Fell,
            0 => Trend::Stayed,
            1.. => Trend::Rose,
        };
        state.net = coded.net;
        Ok(coded)
    }

    /// Whether the kind differs from the seat's last one, and if so, which it is: one of a known quality.
    #[inline(always)]
    fn code_kind<C: Coder>(&mut self, coder: &mut C, before: Kind, now: Kind) -> Result<Kind, C::Error> {
        if !coder.bit(self.changed.at(before.into()), now != before)? {
            return Ok(before);
        }
        let mut node = 1_u8;
        for shift in (0..KIND_BITS).rev() {
            let context = index(u32::from(before) << KIND_BITS | u32::from(node));
            let bit = coder.bit(self.kinds.at(context), now.wrapping_shr(shift) & 1 == 1)?;
            node = (node << 1) | u8::from(bit);
        }
        let kind = node & 0x1f;
        coder.require(kind != before, || DecodeError::KindUnchanged { kind })?;
        let quality = Quality::try_from(kind >> 1);
        coder.require(quality.is_ok(), || DecodeError::Quality { got: kind >> 1 })?;
        let missing = quality == Ok(Quality::Missing);
        coder.require(!missing || kind & 1 == 0, || DecodeError::MissingWithEnergy)?;
        Ok(kind)
    }

    /// The change of net energy since the seat's last reading; before its first, since 0.
    #[inline(always)]
    fn code_change<C: Coder>(
        &mut self,
        coder: &mut C,
        state: &SeatState,
        change: i64,
    ) -> Result<i64, C::Error> {
        let size = self
            .changes
            .code(coder, state.usual_change, change.unsigned_abs())?;
        if size == 0 {
            return Ok(0);
        }
        let falls = coder.bit(self.signs.at(state.trend as usize), change < 0)?;
        let size = size.cast_signed();
        Ok(if falls { size.wrapping_neg() } else { size })
    }
}
