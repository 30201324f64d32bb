//! The community account. Fees are told apart here and nowhere else.

use core::mem::take;

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
    /// The fees, by ascending number, each once; also fees that a later policy does not know.
    pub fees: Vec<FeeAmount>,
}

impl Community {
    /// Empty, for these fees.
    pub(crate) fn of_fees(fees: &[Fee]) -> Self {
        let amount = Amount::ZERO;
        Self::of(
            Amount::ZERO,
            fees.iter().map(|fee| FeeAmount { id: fee.id, amount }),
        )
    }

    /// What a window left.
    pub(crate) fn of_window(rounding: Amount, fees: &[FeeAmount]) -> Self {
        Self::of(rounding, fees.iter().copied())
    }

    /// A policy has each fee once.
    fn of(rounding: Amount, fees: impl Iterator<Item = FeeAmount>) -> Self {
        let mut community = Self {
            rounding,
            fees: Vec::new(),
        };
        for fee in fees {
            if let Err(at) = community.position(fee.id) {
                community.fees.insert(at, fee);
            }
        }
        community
    }

    /// What a part holds; `None` where the policy has no such fee.
    pub fn get(&self, account: CommunityAccount) -> Option<Amount> {
        match account {
            CommunityAccount::Rounding => Some(self.rounding),
            CommunityAccount::Fee(id) => {
                let fee = self.fees.get(self.position(id).ok()?);
                fee.map(|fee| fee.amount)
            }
        }
    }

    /// All of it together.
    pub fn total(&self) -> Amount {
        self.fees.iter().fold(self.rounding, |sum, fee| {
            Amount(sum.0.saturating_add(fee.amount.0))
        })
    }

    /// Adds what a window left.
    pub(crate) fn add(&mut self, left: &Self) -> Result<(), EventError> {
        self.rounding = add(self.rounding, left.rounding, "rounding")?;
        for more in &left.fees {
            match self.position(more.id) {
                Ok(at) => {
                    if let Some(fee) = self.fees.get_mut(at) {
                        fee.amount = add(fee.amount, more.amount, "fees")?;
                    }
                }
                Err(at) => self.fees.insert(at, *more),
            }
        }
        Ok(())
    }

    /// Takes out all of a part.
    pub(crate) fn empty(&mut self, account: CommunityAccount) -> Result<Amount, EventError> {
        match account {
            CommunityAccount::Rounding => Ok(take(&mut self.rounding)),
            CommunityAccount::Fee(got) => {
                let fee = self.position(got).ok().and_then(|at| self.fees.get_mut(at));
                fee.map(|fee| take(&mut fee.amount))
                    .ok_or(EventError::UnknownFee { got })
            }
        }
    }

    /// Where a fee is, or would be. There are a handful.
    fn position(&self, id: FeeId) -> Result<usize, usize> {
        self.fees.binary_search_by_key(&id, |fee| fee.id)
    }
}

/// Sum; no grid holds as much as would not fit.
pub(crate) fn add(a: Amount, b: Amount, what: &'static str) -> Result<Amount, EventError> {
    a.checked_add(b).ok_or(EventError::Arithmetic { what })
}
