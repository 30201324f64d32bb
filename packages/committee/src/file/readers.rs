//! Who reads what, as a household may be told: whose word its meter's reading is.

use gridpact_units::Slot;

use super::shape::{FileMeter, SharedFile};
use crate::chain::Committee;

/// Meters that the same members read in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAlike {
    /// Their slots, from and to, both included; ascending, none beside the next.
    pub slots: Vec<(Slot, Slot)>,
    /// Who reads them, by position in the committee, the most trusted first. A reader who is not in the committee counts nothing
    /// and is left out.
    pub read_by: Vec<u8>,
    /// How many of them must agree. More than there are: the meters have no readings.
    pub need: u8,
    /// The member that the meters' own household runs, if it does.
    pub home: Option<u8>,
}

/// All meters of a file, the lowest slots first.
pub fn read_alike(file: &SharedFile, committee: &Committee) -> Vec<ReadAlike> {
    let mut meters: Vec<&FileMeter> = file.meters.iter().collect();
    meters.sort_by_key(|meter| meter.slot);
    let mut found: Vec<ReadAlike> = Vec::new();
    for meter in meters {
        let one = ReadAlike {
            slots: vec![(meter.slot, meter.slot)],
            read_by: file.positions(meter, committee).into_iter().flatten().collect(),
            need: meter.needs(),
            home: meter
                .home
                .as_ref()
                .and_then(|name| file.position(name, committee)),
        };
        match found.iter_mut().find(|known| known.is_alike(&one)) {
            Some(known) => known.add(meter.slot),
            None => found.push(one),
        }
    }
    found
}

impl ReadAlike {
    fn is_alike(&self, other: &Self) -> bool {
        (&self.read_by, self.need, self.home) == (&other.read_by, other.need, other.home)
    }

    /// One more slot, greater than those before.
    fn add(&mut self, slot: Slot) {
        match self.slots.last_mut() {
            Some((_, to)) if to.0.checked_add(1) == Some(slot.0) => *to = slot,
            _ => self.slots.push((slot, slot)),
        }
    }
}
