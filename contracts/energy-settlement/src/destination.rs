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
    /// The grid's contracts and its token.
    pub own: Vec<String>,
    /// The escrows of all destinations.
    pub escrows: Vec<&'a str>,
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
                self.check_foreign(escrow)?;
                self.check_account(otherwise)?;
                let project = Project {
                    escrow,
                    number: *project,
                    terms_hash,
                };
                project.check(self.querier, self.asset)
            }
        }
    }

    /// What is paid to one of the grid's contracts or to an escrow as to an account is in no book, and stays for ever.
    fn check_account(&self, address: &str) -> Result<(), ContractError> {
        if self.escrows.contains(&address) {
            return Err(dead_end(address));
        }
        self.check_foreign(address)
    }

    fn check_foreign(&self, address: &str) -> Result<(), ContractError> {
        self.api.addr_validate(address)?;
        if self.own.iter().any(|own| own == address) {
            return Err(dead_end(address));
        }
        Ok(())
    }
}

/// The escrow of a destination that is a project.
pub(crate) fn escrow_of(destination: &Destination) -> Option<&str> {
    match destination {
        Destination::Account { .. } => None,
        Destination::Project { escrow, .. } => Some(escrow),
    }
}

fn dead_end(address: &str) -> ContractError {
    ContractError::DeadEnd {
        got: address.to_owned(),
    }
}
