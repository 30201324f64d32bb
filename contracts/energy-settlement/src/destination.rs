//! Where money of the community goes: checked once, when the grid is made, since it can never be changed.

use cosmwasm_std::{Api, QuerierWrapper};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::Destination;

use crate::error::ContractError;
use crate::project::Project;

/// What the destinations of a grid are checked against.
pub(crate) struct Surroundings<'a> {
    pub api: &'a dyn Api,
    pub querier: QuerierWrapper<'a>,
    pub asset: &'a Asset,
    /// The grid's contracts and its token: what is paid to one of them as to an account is in no book and stays for ever.
    pub dead_ends: Vec<String>,
}

impl Surroundings<'_> {
    /// Refuses a destination that could never be paid, or that would keep the money.
    pub fn check(&self, destination: &Destination) -> Result<(), ContractError> {
        match destination {
            Destination::Account { address } => self.check_account(address),
            Destination::Project {
                escrow,
                project,
                terms_hash,
                otherwise,
            } => {
                self.check_account(escrow)?;
                self.check_account(otherwise)?;
                if otherwise == escrow {
                    return Err(dead_end(otherwise));
                }
                let project = Project {
                    escrow,
                    number: *project,
                    terms_hash,
                };
                project.check(self.querier, self.asset)
            }
        }
    }

    fn check_account(&self, address: &str) -> Result<(), ContractError> {
        self.api.addr_validate(address)?;
        if self.dead_ends.iter().any(|end| end == address) {
            return Err(dead_end(address));
        }
        Ok(())
    }
}

fn dead_end(address: &str) -> ContractError {
    ContractError::DeadEnd {
        got: address.to_owned(),
    }
}
