//! Who may do what, as `gridpact_types::settlement::rights` says it.

use cosmwasm_std::Addr;
use gridpact_units::Slot;

use crate::error::ContractError;
use crate::state::{Config, SlotRecord};

/// Only the grid's registry opens accounts and settles.
pub(crate) fn check_registry(config: &Config, sender: &Addr) -> Result<(), ContractError> {
    if config.registry == *sender {
        Ok(())
    } else {
        Err(ContractError::NotRegistry {
            expected: config.registry.to_string(),
            got: sender.to_string(),
        })
    }
}

/// Only the owner of a slot, whose record this is, takes money out of it.
pub(crate) fn check_owner(slot: Slot, record: &SlotRecord, sender: &Addr) -> Result<(), ContractError> {
    if record.owner == *sender {
        Ok(())
    } else {
        Err(ContractError::NotOwner {
            slot,
            expected: record.owner.to_string(),
            got: sender.to_string(),
        })
    }
}
