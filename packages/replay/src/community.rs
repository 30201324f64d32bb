//! The community account. Fees are told apart here and nowhere else.

use core::mem::take;

use gridpact_units::Amount;

use crate::error::EventError;

/// One part of the community account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommunityAccount {
    /// What rounding left.
    Rounding,
    /// A fee, by its position in the policy.
    Fee(u8),
}

/// What windows left for the community.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Community {
    /// What rounding left.
    pub rounding: Amount,
    /// The fees, in the policy's order.
    pub fees: Vec<Amount>,
}

impl Community {
    /// Empty, for so many fees.
    pub(crate) fn of_fees(count: usize) -> Self {
        Self {
            rounding: Amount::ZERO,
            fees: vec![Amount::ZERO; count],
        }
    }

    /// What a part holds; `None` where the policy has no such fee.
    pub fn get(&self, account: CommunityAccount) -> Option<Amount> {
        match account {
            CommunityAccount::Rounding => Some(self.rounding),
            CommunityAccount::Fee(index) => self.fees.get(usize::from(index)).copied(),
        }
    }

    /// All of it together.
    pub fn total(&self) -> Amount {
        self.fees
            .iter()
            .fold(self.rounding, |sum, fee| Amount(sum.0.saturating_add(fee.0)))
    }

    /// Adds what a window left.
    pub(crate) fn add(&mut self, left: &Self) -> Result<(), EventError> {
        self.rounding = add(self.rounding, left.rounding, "rounding")?;
        for (fee, more) in self.fees.iter_mut().zip(&left.fees) {
            *fee = add(*fee, *more, "fees")?;
        }
        Ok(())
    }

    /// Takes out all of a part.
    pub(crate) fn empty(&mut self, account: CommunityAccount) -> Result<Amount, EventError> {
        let count = self.fees.len();
        match account {
            CommunityAccount::Rounding => Ok(take(&mut self.rounding)),
            CommunityAccount::Fee(got) => self
                .fees
                .get_mut(usize::from(got))
                .map(take)
                .ok_or(EventError::UnknownFee { count, got }),
        }
    }
}

/// Sum; no grid holds as much as would not fit.
pub(crate) fn add(a: Amount, b: Amount, what: &'static str) -> Result<Amount, EventError> {
    a.checked_add(b).ok_or(EventError::Arithmetic { what })
}
