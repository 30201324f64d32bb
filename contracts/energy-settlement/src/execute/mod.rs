//! One file a message.

mod deposit;
mod finalise;
mod open_accounts;
mod settle;
mod sweep;
mod withdraw;

pub(crate) use deposit::{deposit, Deposit};
pub(crate) use finalise::finalise;
pub(crate) use open_accounts::{open_accounts, Opening};
pub(crate) use settle::settle;
pub(crate) use sweep::sweep;
pub(crate) use withdraw::withdraw;

use cosmwasm_std::Addr;

use crate::error::ContractError;
use crate::state::Config;

/// Only the grid's registry opens accounts and settles.
fn check_registry(config: &Config, sender: &Addr) -> Result<(), ContractError> {
    if config.registry == *sender {
        Ok(())
    } else {
        Err(ContractError::NotRegistry {
            expected: config.registry.to_string(),
            got: sender.to_string(),
        })
    }
}
