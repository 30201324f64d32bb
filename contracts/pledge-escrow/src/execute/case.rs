//! What handlers do with a case: who may, when, and what the asset's books note of it.

use cosmwasm_std::{Addr, HexBinary, Storage};
use gridpact_units::Amount;

use crate::amounts::add;
use crate::asset_books::Total;
use crate::case::Case;
use crate::error::ContractError;
use crate::state;

impl Case {
    /// Refuses who agrees to other terms.
    pub(super) fn check_hash(&self, got: &HexBinary) -> Result<(), ContractError> {
        if self.project.terms_hash == *got {
            return Ok(());
        }
        Err(ContractError::TermsHash {
            expected: self.project.terms_hash.to_hex(),
            got: got.to_hex(),
        })
    }

    /// Refuses everybody else.
    pub(super) fn check_contractor(&self, sender: &Addr) -> Result<(), ContractError> {
        if self.terms.contractor == *sender {
            return Ok(());
        }
        Err(ContractError::NotContractor {
            expected: self.terms.contractor.to_string(),
            got: sender.to_string(),
        })
    }

    /// Notes in the asset's books what came in, as this total. What ever came into the project stays below 2^128, and it bounds
    /// every other sum of it: so no way out can overflow.
    pub(super) fn book_in(
        &self,
        storage: &mut dyn Storage,
        amount: Amount,
        total: Total,
    ) -> Result<(), ContractError> {
        let totals = &self.project.totals;
        add(
            add(add(totals.pledged, totals.revenue)?, self.project.bond)?,
            amount,
        )?;
        let mut books = state::books(storage, &self.terms.asset)?;
        books.came_in(amount, total)?;
        Ok(state::save_books(storage, &self.terms.asset, &books)?)
    }

    /// Notes in the asset's books what goes out, as this total.
    pub(super) fn book_out(
        &self,
        storage: &mut dyn Storage,
        amount: Amount,
        total: Total,
    ) -> Result<(), ContractError> {
        let mut books = state::books(storage, &self.terms.asset)?;
        books.went_out(amount, total)?;
        Ok(state::save_books(storage, &self.terms.asset, &books)?)
    }

    /// Stores what happened.
    pub(super) fn save(&self, storage: &mut dyn Storage) -> Result<(), ContractError> {
        Ok(state::save_project(storage, self.id, &self.project)?)
    }
}
