//! What is in the store, and what later messages will leave there: seats that are vacant, reused or given up.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;
use cw_storage_plus::{Item, Map};
use energy_settlement::books::Books;
use energy_settlement::counters::Counters;
use energy_settlement::held::Held;
use energy_settlement::page::Page;
use energy_settlement::policy::StoredPolicy;
use energy_settlement::retired::Retired;
use energy_settlement::roster::{Holder, Roster};
use gridpact_market::Terms;
use gridpact_storage::{PackedItem, PackedMap};
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_units::{Amount, Seat, Slot};

use crate::harness::*;

pub const BOOKS: PackedItem<Books> = PackedItem::new("books");
pub const POLICY: PackedItem<StoredPolicy> = PackedItem::new("policy");
pub const DESTINATIONS: Item<Destinations> = Item::new("destinations");
pub const COUNTERS: PackedItem<Counters> = PackedItem::new("counters");
pub const PAGES: PackedMap<Page> = PackedMap::new("pages");
pub const RETIRED: PackedMap<Retired> = PackedMap::new("retired");
pub const ROSTERS: PackedMap<Roster> = PackedMap::new("rosters");
pub const HELD: PackedMap<Held> = PackedMap::new("held");
pub const ENDS: Map<(u64, u64), u16> = Map::new("ends");
pub const SLOTS: Map<u32, SlotRecord> = Map::new("slots");

#[cw_serde]
pub struct Destinations {
    pub fees: Vec<FeeAccount>,
    pub rounding: Destination,
}

#[cw_serde]
pub struct SlotRecord {
    pub seat: Option<Seat>,
    pub owner: Addr,
}

/// A roster by the slots of its seats.
pub fn roster(slots: &[Option<u32>]) -> Roster {
    let holder = |slot: u32| Holder {
        slot: Slot(slot),
        terms: Terms::of_household(slot),
    };
    Roster(slots.iter().map(|slot| slot.map(holder)).collect())
}

/// Writes who holds which seat now, what that slot has, and in the newest roster.
pub fn write_slot(grid: &mut Grid, slot: u32, seat: Option<u16>, free: u128) {
    let (seat, owner) = (seat.map(Seat), grid.addr(&format!("home {slot}")));
    let storage = &mut grid.deps.storage;
    SLOTS.save(storage, slot, &SlotRecord { seat, owner }).unwrap();
    let Some(Seat(seat)) = seat else {
        RETIRED.save(storage, slot.into(), &Retired(Amount(free)));
        return;
    };
    let mut page = PAGES.may_load(storage, 0).unwrap().unwrap_or_default();
    page.0
        .resize(page.0.len().max(usize::from(seat) + 1), Amount::ZERO);
    page.0[usize::from(seat)] = Amount(free);
    PAGES.save(storage, 0, &page);
}

/// Writes a roster, which is the newest from now on.
pub fn write_roster(grid: &mut Grid, accounts: u32, slots: &[Option<u32>]) {
    let storage = &mut grid.deps.storage;
    let mut counters = COUNTERS.load(storage).unwrap();
    counters.accounts = accounts;
    counters.seats = counters.seats.max(slots.len().try_into().unwrap());
    counters.newest_roster += 1;
    ROSTERS.save(storage, counters.newest_roster.into(), &roster(slots));
    COUNTERS.save(storage, &counters);
    (grid.roster, grid.seats) = (counters.newest_roster, slots.len().try_into().unwrap());
}

/// Slot 0, a seller or a buyer, gives up its seat, which slot 2 gets in roster 2.
pub fn retire(grid: &mut Grid) {
    let free = grid.free(0);
    write_slot(grid, 0, None, free);
    write_slot(grid, 2, Some(0), 0);
    write_roster(grid, 3, &[Some(2), Some(1)]);
    grid.check_books();
}
