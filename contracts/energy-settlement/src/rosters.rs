//! Whose a window's results are: each roster that a message needs, read once, and where its accounts have their balances.

use std::collections::btree_map::{BTreeMap, Entry};

use cosmwasm_std::Storage;

use crate::error::ContractError;
use crate::place::Places;
use crate::roster::Roster;
use crate::state;

/// The rosters read so far: of one version as a rule, of two where homes have just joined.
pub(crate) struct Rosters {
    newest: u32,
    read: BTreeMap<u32, Roster>,
    places: BTreeMap<u32, Places>,
}

impl Rosters {
    /// None read yet.
    pub fn new(newest: u32) -> Self {
        Self {
            newest,
            read: BTreeMap::new(),
            places: BTreeMap::new(),
        }
    }

    /// A roster.
    pub fn roster(&mut self, storage: &dyn Storage, version: u32) -> Result<&Roster, ContractError> {
        match self.read.entry(version) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unread) => {
                let newest = self.newest;
                let unknown = ContractError::UnknownRoster { newest, got: version };
                Ok(unread.insert(state::roster(storage, version)?.ok_or(unknown)?))
            }
        }
    }

    /// Where the balances of a roster's accounts lie.
    ///
    /// Who holds a seat of the newest roster has the balance at that seat: a seat is given to a slot only when the one
    /// before has left it. So nothing is read for the newest roster, and for another one only the slots are looked up
    /// that do not hold the same seat in the newest.
    pub fn places(&mut self, storage: &dyn Storage, version: u32) -> Result<&Places, ContractError> {
        if version != self.newest && !self.places.contains_key(&version) {
            let holders = self.roster(storage, version)?.holders();
            let mut moved: Vec<_> = holders.map(|(seat, holder)| (seat, holder.slot)).collect();
            let newest = self.roster(storage, self.newest)?;
            moved.retain(|(seat, slot)| !newest.holds(*seat, *slot));
            let place = |(seat, slot)| Ok((seat, state::slot(storage, slot)?.place(slot)));
            let places = moved
                .into_iter()
                .map(place)
                .collect::<Result<_, ContractError>>()?;
            self.places.insert(version, Places::but_for(places));
        }
        Ok(self.places.entry(version).or_default())
    }
}
