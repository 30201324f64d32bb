//! Free balances, packed in pages: one rewrite a page and window, not one a household.

use cosmwasm_std::Storage;
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{Amount, Seat};

use crate::error::ContractError;
use crate::state;

/// Seats of one page. A deposit rewrites one page: about 500 bytes at 4 bytes a balance.
pub const SEATS_PER_PAGE: u16 = 128;

/// The free balances of up to [`SEATS_PER_PAGE`] seats in a row. Seats behind the last one stored have nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Page(pub Vec<Amount>);

impl Packed for Page {
    const NAME: &'static str = "page of balances";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.iter().for_each(|free| write_varint(bytes, free.0));
    }
}

impl Page {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut page = Vec::new();
        while !reader.is_empty() {
            page.push(Amount(reader.varint()?));
        }
        Some(Self(page))
    }
}

/// Page and position in it.
fn place(seat: Seat) -> (u16, usize) {
    let page = seat.0.checked_div(SEATS_PER_PAGE).unwrap_or_default();
    let position = seat.0.checked_rem(SEATS_PER_PAGE).unwrap_or_default();
    (page, usize::from(position))
}

/// One seat's free balance.
pub(crate) fn free(storage: &dyn Storage, seat: Seat) -> Result<Amount, ContractError> {
    let (page, position) = place(seat);
    Ok(state::page(storage, page)?
        .0
        .get(position)
        .copied()
        .unwrap_or_default())
}

/// Sets one seat's free balance.
pub(crate) fn set_free(storage: &mut dyn Storage, seat: Seat, free: Amount) -> Result<(), ContractError> {
    let (number, position) = place(seat);
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

/// The free balances of all seats, while a window is settled or made final.
pub(crate) struct Balances {
    /// By seat.
    pub free: Vec<Amount>,
    /// As they were read, to write only pages that changed.
    read: Vec<Page>,
}

impl Balances {
    /// Reads the pages of this many seats.
    pub fn load(storage: &dyn Storage, seats: usize) -> Result<Self, ContractError> {
        let mut balances = Self {
            free: Vec::with_capacity(seats),
            read: Vec::new(),
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

    /// Writes the pages that changed.
    pub fn save(self, storage: &mut dyn Storage) -> Result<(), ContractError> {
        let pages = self.free.chunks(usize::from(SEATS_PER_PAGE));
        for (number, (free, read)) in pages.zip(&self.read).enumerate() {
            if free != read.0 {
                state::save_page(storage, page_number(number)?, &Page(free.to_vec()));
            }
        }
        Ok(())
    }
}

fn page_number(number: usize) -> Result<u16, ContractError> {
    u16::try_from(number).map_err(|_| ContractError::Arithmetic { what: "page number" })
}
