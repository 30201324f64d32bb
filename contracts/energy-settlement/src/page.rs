//! Free balances, packed in pages: one rewrite a page and window, not one a household.

use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{Amount, Seat};

use crate::list::{read_list, write_list};

/// Seats of one page. A deposit rewrites one page: about 500 bytes at 4 bytes a balance.
pub const SEATS_PER_PAGE: u16 = 128;

/// The free balances of up to [`SEATS_PER_PAGE`] seats in a row. Vacant seats, and those behind the last one stored, have
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page(pub Vec<Amount>);

/// Page and position in it.
pub(crate) fn position(seat: Seat) -> (u16, usize) {
    let page = seat.0.checked_div(SEATS_PER_PAGE).unwrap_or_default();
    let position = seat.0.checked_rem(SEATS_PER_PAGE).unwrap_or_default();
    (page, usize::from(position))
}

impl Packed for Page {
    const NAME: &'static str = "page of balances";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        write_list(bytes, &self.0, |bytes, free| write_varint(bytes, free.0));
    }
}

impl Page {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        read_list(reader, |reader| reader.varint().map(Amount)).map(Self)
    }
}
