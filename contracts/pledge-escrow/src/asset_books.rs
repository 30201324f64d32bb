//! Where every unit of one asset is, over all projects. Pure.
//!
//! The record is read by name: a later version can add a field with `#[serde(default)]` and still reads these.

use cosmwasm_schema::cw_serde;
use gridpact_units::Amount;

use crate::amounts::{add, sub};
use crate::error::ContractError;

/// Running totals of one asset; they only grow, except `held`.
#[cw_serde]
#[derive(Default)]
pub struct AssetBooks {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to contractors or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers.
    pub refunded: Amount,
    /// Is here.
    pub held: Amount,
}

/// One of the totals.
pub(crate) type Total = fn(&mut AssetBooks) -> &mut Amount;

impl AssetBooks {
    /// Notes what came in. What ever came in stays below 2^128, and it bounds every other sum of the books and of every
    /// project: so no way out can overflow.
    pub(crate) fn came_in(&mut self, amount: Amount, total: Total) -> Result<(), ContractError> {
        let sum = total(self);
        *sum = add(*sum, amount)?;
        self.held = add(self.held, amount)?;
        add(self.pledged, self.revenue)?;
        Ok(())
    }

    /// Notes what goes out.
    pub(crate) fn went_out(&mut self, amount: Amount, total: Total) -> Result<(), ContractError> {
        let sum = total(self);
        *sum = add(*sum, amount)?;
        self.held = sub(self.held, amount)?;
        Ok(())
    }
}
