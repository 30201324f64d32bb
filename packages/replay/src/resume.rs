//! Books that begin in the middle of a grid's life, with what a chain's hashes prove of that moment.

use gridpact_market::Account;
use gridpact_units::{Amount, Reading, Slot};

use crate::books::Books;
use crate::error::EventError;
use crate::held::Window;
use crate::meter::Meter;
use crate::settle::{end_of, hold, settle_alone, Settled};

/// Books go on from the moment at which a window is settled, when what is due has become final: the free balances of its seats are what
/// its event tells the hash of. Everything that was there is told with [`Books::reopen`], [`Books::know_roster`] and [`Books::hold`];
/// then events follow. Sums of money in, out and swept, and the community account, count from that moment.
impl Books {
    /// An account as it was.
    ///
    /// # Errors
    /// There is one of this slot.
    pub fn reopen(&mut self, slot: Slot, free: Amount) -> Result<(), EventError> {
        if !self.free.open(slot) {
            return Err(EventError::AccountExists { slot });
        }
        *self.free.get_mut(slot)? = free;
        Ok(())
    }

    /// A roster as it was or came to be, by seat; its accounts are open.
    ///
    /// # Errors
    /// Nobody in it, a slot without an account, impossible terms.
    pub fn know_roster(&mut self, version: u32, meters: &[Meter]) -> Result<(), EventError> {
        if meters.is_empty() {
            return Err(EventError::NoMeter);
        }
        let mut roster = Vec::with_capacity(meters.len());
        for meter in meters {
            let (slot, terms) = (meter.slot, meter.terms());
            self.free.get(slot).ok_or(EventError::UnknownSlot { slot })?;
            terms
                .validate()
                .map_err(|error| EventError::Terms { slot, error })?;
            roster.push((slot, terms));
        }
        self.keep_roster(version, roster);
        Ok(())
    }

    /// A window that was settled before and is held: with the free balances, by seat, with which it was. Nothing is debited, since what
    /// is free is so without its debits already.
    ///
    /// # Errors
    /// As [`Books::settle`], but for what becomes final; not one balance for each seat.
    pub fn hold(
        &mut self,
        window: Window,
        free: &[Amount],
        readings: &[Reading],
    ) -> Result<Settled, EventError> {
        let roster = self.roster_of(window, readings)?;
        let (expected, got) = (roster.len(), free.len());
        if expected != got {
            return Err(EventError::Balances { expected, got });
        }
        let account = |((slot, terms), free): (&(Slot, _), &Amount)| Account::new(*slot, *terms, *free);
        let accounts: Vec<Account> = roster.iter().zip(free).map(account).collect();
        let settled = settle_alone(&self.policy, window, &accounts, readings, &mut |_| {})?;
        self.keep_held(hold(window, &settled.slots, &settled.outcome));
        self.settled_until = end_of(window);
        Ok(settled)
    }
}
