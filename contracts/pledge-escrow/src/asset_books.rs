//! Where every unit of one asset is, over all projects. Pure.
//!
//! The record is read by name: a later version can add a field with `#[serde(default)]` and still reads these.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Uint256;
use gridpact_units::Amount;

use crate::error::ContractError;

/// Running totals of one asset; they only grow, except `held`. Each message adds less than 2^128, so they are never full: who can
/// mint an asset, or turn much of it over, shuts it to nobody.
#[cw_serde]
#[derive(Default)]
pub struct AssetBooks {
    /// Came in as pledges.
    pub pledged: Uint256,
    /// Came in as contractors' bonds.
    pub bonds: Uint256,
    /// Came in as revenue.
    pub revenue: Uint256,
    /// Went to contractors and payees or, as revenue, to pledgers.
    pub paid: Uint256,
    /// Went back to pledgers, forfeited bonds included.
    pub refunded: Uint256,
    /// Is here.
    pub held: Uint256,
}

/// One of the totals.
pub(crate) type Total = fn(&mut AssetBooks) -> &mut Uint256;

impl AssetBooks {
    /// Notes what came in.
    pub(crate) fn came_in(&mut self, amount: Amount, total: Total) -> Result<(), ContractError> {
        note(total(self), amount)?;
        note(&mut self.held, amount)
    }

    /// Notes what goes out.
    pub(crate) fn went_out(&mut self, amount: Amount, total: Total) -> Result<(), ContractError> {
        note(total(self), amount)?;
        let held = self.held.checked_sub(amount.0.into());
        self.held = held.map_err(|_| ContractError::Arithmetic { what: "held" })?;
        Ok(())
    }
}

fn note(sum: &mut Uint256, amount: Amount) -> Result<(), ContractError> {
    let more = sum.checked_add(amount.0.into());
    *sum = more.map_err(|_| ContractError::Arithmetic { what: "books" })?;
    Ok(())
}
