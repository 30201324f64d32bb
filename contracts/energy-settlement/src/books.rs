//! Where every unit is, as running totals, so that no sum over households is ever needed.

use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::Amount;

use crate::error::ContractError;

/// `deposited = withdrawn + swept + free + held + rounding + fees`, after every message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Books {
    /// Paid in so far.
    pub deposited: Amount,
    /// Taken out by owners so far.
    pub withdrawn: Amount,
    /// Paid from the community account so far.
    pub swept: Amount,
    /// Sum of all free balances.
    pub free: Amount,
    /// Sum of the debits of windows not yet final.
    pub held: Amount,
    /// What rounding left in final windows.
    pub rounding: Amount,
    /// Fees of final windows, in the policy's order.
    pub fees: Vec<Amount>,
}

impl Books {
    /// Rounding and fees.
    pub fn community(&self) -> Result<Amount, ContractError> {
        self.fees
            .iter()
            .try_fold(self.rounding, |sum, fee| add(sum, *fee, "community"))
    }

    /// Everything the contract owes to somebody.
    pub fn holdings(&self) -> Result<Amount, ContractError> {
        add(
            add(self.free, self.held, "holdings")?,
            self.community()?,
            "holdings",
        )
    }
}

/// Sum; the bound on holdings excludes an error.
pub(crate) fn add(a: Amount, b: Amount, what: &'static str) -> Result<Amount, ContractError> {
    a.checked_add(b).ok_or(ContractError::Arithmetic { what })
}

/// Difference; the invariants exclude an error.
pub(crate) fn sub(a: Amount, b: Amount, what: &'static str) -> Result<Amount, ContractError> {
    a.checked_sub(b).ok_or(ContractError::Arithmetic { what })
}

impl Packed for Books {
    const NAME: &'static str = "books";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        for amount in [
            self.deposited,
            self.withdrawn,
            self.swept,
            self.free,
            self.held,
            self.rounding,
        ] {
            write_varint(bytes, amount.0);
        }
        self.fees.iter().for_each(|fee| write_varint(bytes, fee.0));
    }
}

impl Books {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut amount = || reader.varint().map(Amount);
        let mut books = Self {
            deposited: amount()?,
            withdrawn: amount()?,
            swept: amount()?,
            free: amount()?,
            held: amount()?,
            rounding: amount()?,
            fees: Vec::new(),
        };
        while !reader.is_empty() {
            books.fees.push(Amount(reader.varint()?));
        }
        Some(books)
    }
}
