//! The community account. Fees are told apart here and nowhere else.

use core::mem::take;
use std::collections::BTreeMap;

use gridpact_market::{Fee, FeeAmount, FeeId};
use gridpact_units::Amount;

use crate::error::EventError;

/// One part of the community account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommunityAccount {
    /// What rounding left.
    Rounding,
    /// A fee, by its number in the policy.
    Fee(FeeId),
}

/// What windows left for the community.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Community {
    /// What rounding left.
    pub rounding: Amount,
    /// The fees, by their numbers; also of fees that a later policy does not know.
    pub fees: BTreeMap<FeeId, Amount>,
}

impl Community {
    /// Empty, for these fees.
    pub(crate) fn of_fees(fees: &[Fee]) -> Self {
        Self {
            rounding: Amount::ZERO,
            fees: fees.iter().map(|fee| (fee.id, Amount::ZERO)).collect(),
        }
    }

    /// What a window left.
    pub(crate) fn of_window(rounding: Amount, fees: &[FeeAmount]) -> Self {
        let fees = fees.iter().map(|fee| (fee.id, fee.amount)).collect();
        Self { rounding, fees }
    }

    /// What a part holds; `None` where the policy has no such fee.
    pub fn get(&self, account: CommunityAccount) -> Option<Amount> {
        match account {
            CommunityAccount::Rounding => Some(self.rounding),
            CommunityAccount::Fee(id) => self.fees.get(&id).copied(),
        }
    }

    /// All of it together.
    pub fn total(&self) -> Amount {
        self.fees
            .values()
            .fold(self.rounding, |sum, fee| Amount(sum.0.saturating_add(fee.0)))
    }

    /// Adds what a window left.
    pub(crate) fn add(&mut self, left: &Self) -> Result<(), EventError> {
        self.rounding = add(self.rounding, left.rounding, "rounding")?;
        for (id, more) in &left.fees {
            let fee = self.fees.entry(*id).or_default();
            *fee = add(*fee, *more, "fees")?;
        }
        Ok(())
    }

    /// Takes out all of a part.
    pub(crate) fn empty(&mut self, account: CommunityAccount) -> Result<Amount, EventError> {
        match account {
            CommunityAccount::Rounding => Ok(take(&mut self.rounding)),
            CommunityAccount::Fee(got) => self
                .fees
                .get_mut(&got)
                .map(take)
                .ok_or(EventError::UnknownFee { got }),
        }
    }
}

/// Sum; no grid holds as much as would not fit.
pub(crate) fn add(a: Amount, b: Amount, what: &'static str) -> Result<Amount, EventError> {
    a.checked_add(b).ok_or(EventError::Arithmetic { what })
}
