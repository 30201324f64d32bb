//! Where every unit is, as running totals, so that no sum over households is ever needed.

use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{Amount, IntervalIndex};

use crate::amounts::{add, sub};
use crate::error::ContractError;
use crate::fees::Fees;
use crate::held::Held;

/// `deposited = withdrawn + swept + free + held + rounding + fees`, after every message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
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
    /// Fees of final windows.
    pub fees: Fees,
    /// Where the last settled window ended: no interval is settled twice, not even once its window is final. It stands here since
    /// every report rewrites the books anyhow.
    pub settled_until: IntervalIndex,
}

impl Books {
    /// Rounding and fees.
    ///
    /// # Errors
    /// None: the bound on holdings excludes it.
    pub fn community(&self) -> Result<Amount, ContractError> {
        add(self.rounding, self.fees.sum(), "community")
    }

    /// Everything the contract owes to somebody.
    ///
    /// # Errors
    /// None: the bound on holdings excludes it.
    pub fn holdings(&self) -> Result<Amount, ContractError> {
        let accounts = add(self.free, self.held, "holdings")?;
        add(accounts, self.community()?, "holdings")
    }

    /// Refuses a window of which something was settled already; windows come in order.
    ///
    /// # Errors
    /// A window that begins before the last one ended.
    pub fn check_next(&self, first_interval: IntervalIndex) -> Result<(), ContractError> {
        if first_interval >= self.settled_until {
            return Ok(());
        }
        Err(ContractError::Settled {
            settled_until: self.settled_until,
            got: first_interval,
        })
    }

    /// A window was settled: its debits left the free balances.
    ///
    /// # Errors
    /// None: nobody is debited more than is free.
    pub fn hold(&mut self, first_interval: IntervalIndex, window: &Held) -> Result<(), ContractError> {
        let debits = window.debits();
        self.free = sub(self.free, debits, "free")?;
        self.held = add(self.held, debits, "held")?;
        self.settled_until = first_interval.plus(window.intervals.into());
        Ok(())
    }

    /// A window is final: its credits are free, rounding and fees are the community's. A fee goes by its number, so none
    /// is lost that a later policy does not know.
    ///
    /// # Errors
    /// None: what is held was debited.
    pub fn release(&mut self, window: &Held) -> Result<(), ContractError> {
        self.held = sub(self.held, window.debits(), "held")?;
        self.free = add(self.free, window.credits(), "free")?;
        self.rounding = add(self.rounding, window.rounding, "rounding")?;
        window.fees.iter().try_for_each(|fee| self.fees.add(fee))
    }
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
        self.fees.write(bytes);
        write_varint(bytes, self.settled_until.0);
    }
}

impl Books {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut amount = || reader.varint().map(Amount);
        Some(Self {
            deposited: amount()?,
            withdrawn: amount()?,
            swept: amount()?,
            free: amount()?,
            held: amount()?,
            rounding: amount()?,
            fees: Fees::read(reader)?,
            settled_until: IntervalIndex(reader.varint_as()?),
        })
    }
}
