//! What settlement needs of every seat of a roster, packed: 3 bytes a seat where the terms are the usual ones.

use gridpact_market::Terms;
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{Ppm, Slot};

const OWN_WEIGHT: u8 = 1;
const OWN_PART: u8 = 2;
const OWN_PRIORITY: u8 = 4;
const OWN_TIERS: u8 = 8;

/// The slot and terms of every seat, in order; the roster a window was metered under stays, so that a correction can
/// recompute it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeatTerms(pub Vec<(Slot, Terms)>);

impl Packed for SeatTerms {
    const NAME: &'static str = "terms of a roster";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        for (slot, terms) in &self.0 {
            let usual = Terms::of_household(terms.household);
            let tiers = (terms.buy_tier, terms.sell_tier);
            let mut flags = 0;
            let mut flag = |bit, own: bool| flags |= if own { bit } else { 0 };
            flag(OWN_WEIGHT, terms.weight != usual.weight);
            flag(OWN_PART, terms.part != usual.part);
            flag(OWN_PRIORITY, terms.priority != usual.priority);
            flag(OWN_TIERS, tiers != (usual.buy_tier, usual.sell_tier));
            bytes.push(flags);
            write_varint(bytes, slot.0);
            write_varint(bytes, terms.household);
            if flags & OWN_WEIGHT != 0 {
                write_varint(bytes, terms.weight);
            }
            if flags & OWN_PART != 0 {
                write_varint(bytes, terms.part.0);
            }
            if flags & OWN_PRIORITY != 0 {
                write_varint(bytes, terms.priority);
            }
            if flags & OWN_TIERS != 0 {
                bytes.extend([terms.buy_tier, terms.sell_tier]);
            }
        }
    }
}

impl SeatTerms {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut seats = Vec::new();
        while !reader.is_empty() {
            let flags = reader.byte()?;
            let slot = Slot(reader.varint_as()?);
            let mut terms = Terms::of_household(reader.varint_as()?);
            if flags & OWN_WEIGHT != 0 {
                terms.weight = reader.varint_as()?;
            }
            if flags & OWN_PART != 0 {
                terms.part = Ppm(reader.varint_as()?);
            }
            if flags & OWN_PRIORITY != 0 {
                terms.priority = reader.varint_as()?;
            }
            if flags & OWN_TIERS != 0 {
                [terms.buy_tier, terms.sell_tier] = reader.array()?;
            }
            seats.push((slot, terms));
        }
        Some(Self(seats))
    }
}
