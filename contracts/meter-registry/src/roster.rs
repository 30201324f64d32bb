//! A roster: the seats of a stretch of intervals, their slots and power limits, in packed form. Pure.
//!
//! The limits are read with every report and stand apart from the slots, which only queries and admissions read. 1,024
//! seats take 4 KiB of limits where no home has more than 16 kW: 2 bytes for 128 to 16,382 W, 3 for up to 2 MW.
//!
//! A seat whose meter retired is vacant until another takes it: reports keep its place, and its reading is a missing one. In
//! bytes, what comes first of a seat is one more than the number, and 0 is a vacant seat: slot 0 is one like any other, and a
//! limit of 0 W too.

use gridpact_report::connections::Connections;
use gridpact_report::Resolution;
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{IntervalIndex, IntervalLength, Power, Slot};

/// Power limits of one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most it takes from the wire.
    pub import: Power,
    /// Most it gives to the wire.
    pub export: Power,
}

/// The limits of every seat, in order; None for a vacant one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterLimits(pub Vec<Option<Limits>>);

/// The slot in every seat, in order; None for a vacant one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterSlots(pub Vec<Option<Slot>>);

impl RosterLimits {
    /// What the readings of one interval may be.
    pub fn connections(&self, length: IntervalLength, resolution: Resolution) -> Connections {
        let over = |power: Power| resolution.most(power, length);
        let seat = |limits: &Option<Limits>| limits.map(|limits| (over(limits.import), over(limits.export)));
        self.0.iter().map(seat).collect()
    }
}

/// Appends the number of an occupied seat, or that the seat is vacant.
fn write_occupied(bytes: &mut Vec<u8>, number: Option<u32>) {
    write_varint(
        bytes,
        number.map_or(0, |number| u64::from(number).saturating_add(1)),
    );
}

/// What [`write_occupied`] wrote: the number of an occupied seat, or None for a vacant one.
fn read_occupied(reader: &mut Reader) -> Option<Option<u32>> {
    match reader.varint_as::<u64>()?.checked_sub(1) {
        Some(number) => u32::try_from(number).ok().map(Some),
        None => Some(None),
    }
}

impl Packed for RosterLimits {
    const NAME: &'static str = "limits of a roster";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        for limits in &self.0 {
            write_occupied(bytes, limits.map(|limits| limits.import.0));
            if let Some(limits) = limits {
                write_varint(bytes, limits.export.0);
            }
        }
    }
}

impl RosterLimits {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut seats = Vec::new();
        while !reader.is_empty() {
            seats.push(match read_occupied(reader)? {
                Some(import) => Some(Limits {
                    import: Power(import),
                    export: Power(reader.varint_as()?),
                }),
                None => None,
            });
        }
        Some(Self(seats))
    }
}

impl Packed for RosterSlots {
    const NAME: &'static str = "slots of a roster";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        for slot in &self.0 {
            write_occupied(bytes, slot.map(|slot| slot.0));
        }
    }
}

impl RosterSlots {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut slots = Vec::new();
        while !reader.is_empty() {
            slots.push(read_occupied(reader)?.map(Slot));
        }
        Some(Self(slots))
    }
}

/// Where a roster begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RosterStart(pub IntervalIndex);

impl Packed for RosterStart {
    const NAME: &'static str = "start of a roster";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.0 .0.to_be_bytes());
    }
}

impl RosterStart {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        reader.u64().map(|index| Self(IntervalIndex(index)))
    }
}
