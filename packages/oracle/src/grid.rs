//! What is known of the grid once the chain has answered: how it counts, and what its connections carry.

use std::collections::BTreeMap;

use gridpact_readings::registers::energies::Counting;
use gridpact_units::Slot;

use crate::derive::Limits;

/// What sources and people need to know of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// How it counts.
    pub counting: Counting,
    /// The limits of the roster's slots.
    pub limits: BTreeMap<Slot, Limits>,
}
