//! Money of fees, by the fee's number: a window is final under the books of that day, which may know other fees than the
//! policy it was settled under.

use gridpact_market::{FeeAmount, FeeId};
use gridpact_storage::{write_varint, Reader};
use gridpact_units::Amount;

use crate::amounts::add;
use crate::error::ContractError;
use crate::list::{read_list, write_list};

/// One amount a fee, by ascending number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fees(Vec<FeeAmount>);

impl Fees {
    /// These fees, with nothing in them yet.
    pub fn empty(ids: impl IntoIterator<Item = FeeId>) -> Self {
        let nothing = |id| FeeAmount {
            id,
            amount: Amount::ZERO,
        };
        ids.into_iter().map(nothing).collect()
    }

    /// Adds to a fee, known so far or not.
    ///
    /// # Errors
    /// A sum that the bound on holdings excludes.
    pub fn add(&mut self, more: FeeAmount) -> Result<(), ContractError> {
        match self.0.iter_mut().find(|fee| fee.id == more.id) {
            Some(fee) => fee.amount = add(fee.amount, more.amount, "fees")?,
            None => {
                let position = self.0.partition_point(|fee| fee.id < more.id);
                self.0.insert(position, more);
            }
        }
        Ok(())
    }

    /// Takes everything out of a fee; nothing where it is not known.
    pub fn take(&mut self, id: FeeId) -> Amount {
        let fee = self.0.iter_mut().find(|fee| fee.id == id);
        fee.map(|fee| core::mem::take(&mut fee.amount))
            .unwrap_or_default()
    }

    /// All fees together. They came from free balances, whose sum is bounded: it cannot overflow.
    pub fn sum(&self) -> Amount {
        let add = |sum: u128, fee: &FeeAmount| sum.saturating_add(fee.amount.0);
        Amount(self.0.iter().fold(0, add))
    }

    /// The fees, by number.
    pub fn iter(&self) -> impl Iterator<Item = FeeAmount> + '_ {
        self.0.iter().copied()
    }

    /// Appends length, and number and amount of each.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        write_list(bytes, &self.0, |bytes, fee| {
            bytes.push(fee.id.0);
            write_varint(bytes, fee.amount.0);
        });
    }

    /// What [`Fees::write`] appended.
    pub(crate) fn read(reader: &mut Reader) -> Option<Self> {
        let fee = |reader: &mut Reader| {
            Some(FeeAmount {
                id: FeeId(reader.byte()?),
                amount: Amount(reader.varint()?),
            })
        };
        read_list(reader, fee).map(Self)
    }
}

impl FromIterator<FeeAmount> for Fees {
    /// In any order, each fee once.
    fn from_iter<I: IntoIterator<Item = FeeAmount>>(fees: I) -> Self {
        let mut fees: Vec<FeeAmount> = fees.into_iter().collect();
        fees.sort_unstable_by_key(|fee| fee.id);
        Self(fees)
    }
}
