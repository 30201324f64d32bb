//! Who holds each seat of a roster and on which terms, packed: 1 byte a seat where all is as usual.

use gridpact_market::Terms;
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{Ppm, Seat, Slot};

use crate::list::{read_list, write_list};

/// The slot that holds a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The slot.
    pub slot: Slot,
    /// What was agreed with it.
    pub terms: Terms,
}

/// The holder of every seat, in order; none of a vacant one. The roster a window was metered under stays, so that its
/// results go by slot whoever holds the seats today, and a correction can recompute it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster(pub Vec<Option<Holder>>);

impl Roster {
    /// Gives a seat to a slot; seats before it that there were none of are vacant.
    pub fn set(&mut self, seat: Seat, holder: Holder) {
        let position = usize::from(seat.0);
        if self.0.len() <= position {
            self.0.resize(position.saturating_add(1), None);
        }
        if let Some(place) = self.0.get_mut(position) {
            *place = Some(holder);
        }
    }

    /// The seat that a slot holds.
    pub fn seat_of(&self, slot: Slot) -> Option<Seat> {
        self.holders()
            .find_map(|(seat, holder)| (holder.slot == slot).then_some(seat))
    }

    /// Every seat that is held, in order.
    pub fn holders(&self) -> impl Iterator<Item = (Seat, &Holder)> {
        (0..)
            .map(Seat)
            .zip(&self.0)
            .filter_map(|(seat, holder)| Some((seat, holder.as_ref()?)))
    }

    /// Whether a slot holds a seat.
    pub fn holds(&self, seat: Seat, slot: Slot) -> bool {
        let holder = self.0.get(usize::from(seat.0)).copied().flatten();
        holder.is_some_and(|holder| holder.slot == slot)
    }
}

// What is unlike the usual: a bit each, and the value behind the flags. Usual is the slot, and the household, that follows
// the one of the holder before, with the tiers of that one and the terms of a whole meter.
const VACANT: u8 = 1;
const OWN_SLOT: u8 = 2;
const OWN_HOUSEHOLD: u8 = 4;
const OWN_WEIGHT: u8 = 8;
const OWN_PART: u8 = 16;
const OWN_PRIORITY: u8 = 32;
const OWN_TIERS: u8 = 64;

impl Holder {
    /// Who usually holds the first seat.
    const FIRST: Self = Self {
        slot: Slot(0),
        terms: Terms::of_household(0),
    };

    /// Who usually holds the next seat.
    fn next(&self) -> Self {
        Self {
            slot: Slot(self.slot.0.saturating_add(1)),
            terms: Terms {
                // Kinds come in runs, and a kind that cannot buy or sell has no tier there.
                buy_tier: self.terms.buy_tier,
                sell_tier: self.terms.sell_tier,
                ..Terms::of_household(self.terms.household.saturating_add(1))
            },
        }
    }

    fn write(&self, usual: &Self, bytes: &mut Vec<u8>) {
        let (terms, usual_terms) = (&self.terms, &usual.terms);
        let tiers = [terms.buy_tier, terms.sell_tier];
        let mut flags = 0;
        let mut flag = |bit, own: bool| flags |= if own { bit } else { 0 };
        flag(OWN_SLOT, self.slot != usual.slot);
        flag(OWN_HOUSEHOLD, terms.household != usual_terms.household);
        flag(OWN_WEIGHT, terms.weight != usual_terms.weight);
        flag(OWN_PART, terms.part != usual_terms.part);
        flag(OWN_PRIORITY, terms.priority != usual_terms.priority);
        flag(OWN_TIERS, tiers != [usual_terms.buy_tier, usual_terms.sell_tier]);
        bytes.push(flags);
        if flags & OWN_SLOT != 0 {
            write_varint(bytes, self.slot.0);
        }
        if flags & OWN_HOUSEHOLD != 0 {
            write_varint(bytes, terms.household);
        }
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
            bytes.extend(tiers);
        }
    }

    /// What [`Holder::write`] appended, but for the flags.
    fn read(flags: u8, usual: &Self, reader: &mut Reader) -> Option<Self> {
        let Self { mut slot, mut terms } = *usual;
        if flags & OWN_SLOT != 0 {
            slot = Slot(reader.varint_as()?);
        }
        if flags & OWN_HOUSEHOLD != 0 {
            terms.household = reader.varint_as()?;
        }
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
        Some(Self { slot, terms })
    }
}

impl Packed for Roster {
    const NAME: &'static str = "roster";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        let mut usual = Holder::FIRST;
        write_list(bytes, &self.0, |bytes, seat| match seat {
            None => bytes.push(VACANT),
            Some(holder) => {
                holder.write(&usual, bytes);
                usual = holder.next();
            }
        });
    }
}

impl Roster {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut usual = Holder::FIRST;
        let seat = |reader: &mut Reader| match reader.byte()? {
            VACANT => Some(None),
            // A flag that nobody wrote.
            flags if flags > 127 || flags & VACANT != 0 => None,
            flags => {
                let holder = Holder::read(flags, &usual, reader)?;
                usual = holder.next();
                Some(Some(holder))
            }
        };
        read_list(reader, seat).map(Self)
    }
}
