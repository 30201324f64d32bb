//! A roster: the seats of a stretch of intervals, their slots and power limits, in packed form. Pure.
//!
//! The limits are read with every report and stand apart from the slots, which only queries and admissions read. 1,024
//! seats take 6 to 8 KiB of limits: 2 bytes for 0 to 16,383 W, 3 for up to 2 MW.

use gridpact_units::{Energy, IntervalIndex, IntervalLength, Power, Reading, Slot};

use crate::error::{ContractError, Direction};
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};

/// Power limits of one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most it takes from the wire.
    pub import: Power,
    /// Most it gives to the wire.
    pub export: Power,
}

/// The limits of every seat, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterLimits(pub Vec<Limits>);

/// The slot in every seat, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterSlots(pub Vec<Slot>);

impl RosterLimits {
    /// The most energy of every seat in one interval.
    pub fn energies(&self, length: IntervalLength) -> EnergyLimits {
        let over = |power: Power| power.energy_over(length.seconds());
        EnergyLimits(
            self.0
                .iter()
                .map(|limits| (over(limits.import), over(limits.export)))
                .collect(),
        )
    }
}

/// The most energy of every seat in one interval: import and export.
pub struct EnergyLimits(Vec<(Energy, Energy)>);

impl EnergyLimits {
    /// Refuses an interval in which a seat moved more than its connection can.
    pub fn check(&self, interval: IntervalIndex, readings: &[Reading]) -> Result<(), ContractError> {
        // Nearly always all are within: found without a branch for each, which would cost more gas than the comparison.
        let within = readings
            .iter()
            .zip(&self.0)
            .fold(true, |within, (reading, (import, export))| {
                within & (reading.import <= *import) & (reading.export <= *export)
            });
        if within {
            return Ok(());
        }
        for (seat, (reading, (import, export))) in readings.iter().zip(&self.0).enumerate() {
            let (direction, limit, got) = if reading.import > *import {
                (Direction::Import, import, reading.import)
            } else if reading.export > *export {
                (Direction::Export, export, reading.export)
            } else {
                continue;
            };
            return Err(ContractError::AboveLimit {
                interval,
                seat,
                direction,
                limit: limit.0,
                got: got.0,
            });
        }
        Ok(())
    }
}

impl Packed for RosterLimits {
    const NAME: &'static str = "limits of a roster";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        for limits in &self.0 {
            write_varint(bytes, limits.import.0);
            write_varint(bytes, limits.export.0);
        }
    }
}

impl RosterLimits {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut seats = Vec::new();
        while !reader.is_empty() {
            seats.push(Limits {
                import: Power(reader.varint_as()?),
                export: Power(reader.varint_as()?),
            });
        }
        Some(Self(seats))
    }
}

impl Packed for RosterSlots {
    const NAME: &'static str = "slots of a roster";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.iter().for_each(|slot| write_varint(bytes, slot.0));
    }
}

impl RosterSlots {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut slots = Vec::new();
        while !reader.is_empty() {
            slots.push(Slot(reader.varint_as()?));
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
