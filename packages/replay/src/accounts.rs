use gridpact_units::{Amount, Slot};

use crate::error::EventError;

/// What is free in every account, by slot. A grid gives slots out one after the other, so that an account is nearly
/// always found at its own number, at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accounts(Vec<(Slot, Amount)>);

impl Accounts {
    /// Opens an account with nothing in it; false where there is one.
    pub fn open(&mut self, slot: Slot) -> bool {
        match self.position(slot) {
            Ok(_) => false,
            Err(position) => {
                self.0.insert(position, (slot, Amount::ZERO));
                true
            }
        }
    }

    /// What is free; `None` where there is no account.
    pub fn get(&self, slot: Slot) -> Option<Amount> {
        let position = self.position(slot).ok()?;
        self.0.get(position).map(|(_, free)| *free)
    }

    /// The balance of an account.
    ///
    /// # Errors
    /// There is none.
    pub fn get_mut(&mut self, slot: Slot) -> Result<&mut Amount, EventError> {
        let position = self.position(slot).ok();
        let account = position.and_then(|position| self.0.get_mut(position));
        account
            .map(|(_, free)| free)
            .ok_or(EventError::UnknownSlot { slot })
    }

    /// Every account.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Slot, Amount)> + '_ {
        self.0.iter().copied()
    }

    /// Where the account is, or would be.
    fn position(&self, slot: Slot) -> Result<usize, usize> {
        let own = usize::try_from(slot.0).unwrap_or(usize::MAX);
        match self.0.get(own) {
            Some((found, _)) if *found == slot => Ok(own),
            _ => self.0.binary_search_by_key(&slot, |(slot, _)| *slot),
        }
    }
}
