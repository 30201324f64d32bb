use cosmwasm_std::Storage;
use gridpact_units::{Seat, Slot};

use crate::bounds::MAX_SEATS;
use crate::error::ContractError;
use crate::roster::{Limits, RosterLimits, RosterSlots};
use crate::state::{self, Counters};

/// A roster being written.
pub(super) struct NextRoster {
    pub limits: RosterLimits,
    pub slots: RosterSlots,
}

impl NextRoster {
    /// The newest roster there is: the one to add to, or the one to copy.
    pub fn of_newest(
        storage: &dyn Storage,
        version: u32,
        counters: &Counters,
    ) -> Result<Self, ContractError> {
        let newest = version.min(counters.newest_roster);
        if newest == 0 {
            return Ok(Self {
                limits: RosterLimits::default(),
                slots: RosterSlots::default(),
            });
        }
        let limits = state::roster_limits(storage, newest)?;
        Ok(Self {
            limits,
            slots: state::roster_slots(storage, newest)?,
        })
    }

    /// Refuses more meters than seats are left.
    pub fn check_room(&self, meters: usize) -> Result<(), ContractError> {
        let free = usize::from(MAX_SEATS).saturating_sub(self.limits.0.len());
        if meters > free {
            return Err(ContractError::FreeSeats { free, got: meters });
        }
        Ok(())
    }

    /// Seats a slot behind the others.
    pub fn seat(&mut self, slot: Slot, limits: Limits) -> Result<Seat, ContractError> {
        let seat =
            u16::try_from(self.limits.0.len()).map_err(|_| ContractError::Exhausted { what: "seats" })?;
        self.limits.0.push(Some(limits));
        self.slots.0.push(Some(slot));
        Ok(Seat(seat))
    }
}
