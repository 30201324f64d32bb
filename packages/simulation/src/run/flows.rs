//! Who took, gave, bought and sold how much when.

use gridpact_readings::packed::{Energies, Readings};
use serde::{Deserialize, Serialize};

/// Energy by interval and meter, mWh; interval-major: interval 0's meters first. All lists have the same length.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// Number of meters.
    pub meters: usize,
    /// Taken from the wire, and given to it.
    pub readings: Readings,
    /// Part of the import that came from neighbours.
    pub bought: Energies,
    /// Part of the export that went to neighbours.
    pub sold: Energies,
    /// Positions without a reading, ascending: missing is not zero.
    pub missing: Vec<usize>,
}

/// One meter in one interval, mWh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Taken from the wire.
    pub import: u64,
    /// Given to the wire.
    pub export: u64,
    /// Part of the import that came from neighbours.
    pub bought: u64,
    /// Part of the export that went to neighbours.
    pub sold: u64,
}

impl Flow {
    /// Whether anything was bought or sold.
    pub fn is_traded(&self) -> bool {
        self.bought > 0 || self.sold > 0
    }
}

impl Flows {
    /// One meter in one interval; nothing where there is none.
    pub fn of(&self, interval: usize, slot: usize) -> Flow {
        let at = interval
            .checked_mul(self.meters)
            .and_then(|row| row.checked_add(slot))
            .unwrap_or(usize::MAX);
        let reading = self.readings.at(at);
        Flow {
            import: reading.import.0,
            export: reading.export.0,
            bought: self.bought.at(at),
            sold: self.sold.at(at),
        }
    }
}
