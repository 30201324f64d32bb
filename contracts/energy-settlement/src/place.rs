//! Where the free balance of an account lies.

use gridpact_units::{Seat, Slot};

/// Where the free balance of an account lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a page, at its seat.
    Seat(Seat),
    /// Under the key of its slot: it has no seat any more.
    Retired(Slot),
}

/// Where the balance of each seat of a roster lies: in the pages at that seat, but for those listed here, by seat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(Vec<(Seat, Place)>);

impl Places {
    /// All but these, in ascending order of seat, lie at their seats.
    pub fn but_for(elsewhere: Vec<(Seat, Place)>) -> Self {
        Self(elsewhere)
    }

    /// Where the balance of this seat of the roster lies.
    pub fn of(&self, seat: Seat) -> Place {
        let found = self.0.binary_search_by_key(&seat, |(seat, _)| *seat);
        let elsewhere = found.ok().and_then(|position| self.0.get(position));
        elsewhere.map_or(Place::Seat(seat), |(_, place)| *place)
    }
}
