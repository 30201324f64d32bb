//! Withdrawals: what is final is free by the clock.

use gridpact_units::{Amount, Slot, UnixSeconds};

use crate::books::Books;
use crate::community::add;
use crate::error::EventError;
use crate::finality::MAX_FINALISED;
use crate::held::HeldWindow;

/// What a withdrawal came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// How much left the account.
    pub amount: Amount,
    /// Whether windows whose time is over are still to become final.
    pub more_ended: bool,
    /// The windows that became final on the way, in this order.
    pub finalised: Vec<HeldWindow>,
}

impl Books {
    /// Takes out of an account, all that is free where no amount is given. Where what is free does not suffice, and where no
    /// amount is given, windows whose time is over become final first.
    ///
    /// # Errors
    /// No such account, less free than asked for, or nothing to take.
    pub fn withdraw(
        &mut self,
        now: UnixSeconds,
        slot: Slot,
        amount: Option<Amount>,
    ) -> Result<Withdrawn, EventError> {
        let free = self.free.get(slot).ok_or(EventError::UnknownSlot { slot })?;
        let (mut free, mut finality) = (free, None);
        if amount.is_none_or(|amount| amount > free) {
            let later = self.finality(now, MAX_FINALISED)?;
            free = later.free.get(slot).unwrap_or_default();
            finality = Some(later);
        }
        let got = amount.unwrap_or(free);
        if got.is_zero() {
            return Err(EventError::Nothing { what: "a withdrawal" });
        }
        let left = free
            .checked_sub(got)
            .ok_or(EventError::InsufficientFree { slot, free, got })?;
        let withdrawn = add(self.withdrawn, got, "withdrawn")?;
        let more_ended = finality.as_ref().is_some_and(|finality| finality.more);
        let finalised = finality.map(|finality| self.write(finality)).unwrap_or_default();
        *self.free.get_mut(slot)? = left;
        self.withdrawn = withdrawn;
        Ok(Withdrawn {
            amount: got,
            more_ended,
            finalised,
        })
    }
}
