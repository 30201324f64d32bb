//! Free balances: of one account, for deposits, withdrawals and answers, and of all while windows are settled or made final.

use std::collections::btree_map::{BTreeMap, Entry};

use cosmwasm_std::Storage;
use gridpact_units::{Amount, Slot};

use crate::error::ContractError;
use crate::page::{position, Page, SEATS_PER_PAGE};
use crate::place::Place;
use crate::state;

/// One account's free balance.
pub(crate) fn free(storage: &dyn Storage, place: Place) -> Result<Amount, ContractError> {
    let seat = match place {
        Place::Seat(seat) => seat,
        Place::Retired(slot) => return state::retired(storage, slot),
    };
    let (number, position) = position(seat);
    let page = state::page(storage, number)?;
    Ok(page.0.get(position).copied().unwrap_or_default())
}

/// Sets one account's free balance.
pub(crate) fn set_free(storage: &mut dyn Storage, place: Place, free: Amount) -> Result<(), ContractError> {
    let seat = match place {
        Place::Seat(seat) => seat,
        Place::Retired(slot) => {
            state::save_retired(storage, slot, free);
            return Ok(());
        }
    };
    let (number, position) = position(seat);
    let mut page = state::page(storage, number)?;
    if page.0.len() <= position {
        page.0.resize(position.saturating_add(1), Amount::ZERO);
    }
    if let Some(place) = page.0.get_mut(position) {
        *place = free;
    }
    state::save_page(storage, number, &page);
    Ok(())
}

/// The free balances of all seats, and of retired accounts as they are asked for.
pub(crate) struct Balances {
    /// By seat.
    free: Vec<Amount>,
    /// As they were read, to write only pages that changed.
    read: Vec<Page>,
    /// As it was read, and as it is.
    retired: BTreeMap<Slot, (Amount, Amount)>,
}

impl Balances {
    /// Reads the pages of this many seats.
    pub fn load(storage: &dyn Storage, seats: u16) -> Result<Self, ContractError> {
        let seats = usize::from(seats);
        let mut balances = Self {
            free: Vec::with_capacity(seats),
            read: Vec::new(),
            retired: BTreeMap::new(),
        };
        while balances.free.len() < seats {
            let number = page_number(balances.read.len())?;
            let page = state::page(storage, number)?;
            let end = balances
                .free
                .len()
                .saturating_add(usize::from(SEATS_PER_PAGE))
                .min(seats);
            balances.free.extend(&page.0);
            balances.free.resize(end, Amount::ZERO);
            balances.read.push(page);
        }
        Ok(balances)
    }

    /// One of them.
    pub fn at(&mut self, storage: &dyn Storage, place: Place) -> Result<&mut Amount, ContractError> {
        match place {
            Place::Seat(seat) => {
                let free = self.free.get_mut(usize::from(seat.0));
                free.ok_or(ContractError::Arithmetic { what: "seat" })
            }
            Place::Retired(slot) => match self.retired.entry(slot) {
                Entry::Occupied(known) => Ok(&mut known.into_mut().1),
                Entry::Vacant(unread) => {
                    let free = state::retired(storage, slot)?;
                    Ok(&mut unread.insert((free, free)).1)
                }
            },
        }
    }

    /// Writes what changed.
    pub fn save(self, storage: &mut dyn Storage) -> Result<(), ContractError> {
        let pages = self.free.chunks(usize::from(SEATS_PER_PAGE));
        for (number, (free, read)) in pages.zip(&self.read).enumerate() {
            if free != read.0 {
                state::save_page(storage, page_number(number)?, &Page(free.to_vec()));
            }
        }
        for (slot, (read, free)) in self.retired {
            if free != read {
                state::save_retired(storage, slot, free);
            }
        }
        Ok(())
    }
}

fn page_number(number: usize) -> Result<u16, ContractError> {
    u16::try_from(number).map_err(|_| ContractError::Arithmetic { what: "page number" })
}
