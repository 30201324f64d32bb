//! Whom a message names: checked once, at the edge.

use cosmwasm_std::{Addr, Api};

use crate::error::ContractError;

/// How addresses are checked in this escrow.
pub(crate) struct Addresses<'a> {
    pub api: &'a dyn Api,
    /// The escrow's own.
    pub escrow: &'a Addr,
}

impl Addresses<'_> {
    /// The address of a party. Refuses what is no address, and the escrow itself: it accepts nothing and takes nothing back, so
    /// what is owed to it would stay for ever.
    pub fn party(&self, what: &'static str, text: &str) -> Result<Addr, ContractError> {
        let address = self.api.addr_validate(text)?;
        if address == *self.escrow {
            return Err(ContractError::EscrowItself { what });
        }
        Ok(address)
    }
}
