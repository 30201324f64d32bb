//! What is stored. Maps are private; each says its key, its value and who reads it.
//!
//! A report reads and writes `BOOKS`, the pages of balances and one held window for each that it settles or makes final; it
//! reads `CONFIG` and one roster.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Empty, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Item, Map};
use gridpact_market::Policy;
use gridpact_storage::{PackedItem, PackedMap};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_units::{IntervalIndex, Seat, Slot, UnixSeconds};

use crate::balances::Page;
use crate::books::Books;
use crate::error::ContractError;
use crate::held::Held;
use crate::seat_terms::SeatTerms;

/// The grid; written once.
const CONFIG: Item<Config> = Item::new("config");
/// Running totals; read and written with every message that moves money.
const BOOKS: PackedItem<Books> = PackedItem::new("books");
/// How many accounts and rosters there are; read with every report.
const COUNTERS: Item<Counters> = Item::new("counters");
/// Page number -> free balances by seat.
const PAGES: PackedMap<Page> = PackedMap::new("pages");
/// Roster version -> slot and terms by seat; read with every report.
const ROSTERS: PackedMap<SeatTerms> = PackedMap::new("rosters");
/// First interval -> results of a window not yet final; written by the report, dropped at finality.
const HELD: PackedMap<Held> = PackedMap::new("held");
/// (End, first interval) of every held window. Each has its own end, so that one that must wait holds up no other.
const ENDS: Map<(u64, u64), Empty> = Map::new("ends");
/// Slot -> seat and owner; cold.
const SLOTS: Map<u32, SlotRecord> = Map::new("slots");

/// What never changes.
#[cw_serde]
pub(crate) struct Config {
    /// The grid's registry.
    pub registry: Addr,
    /// The grid's asset.
    pub asset: Asset,
    /// Rules, prices, tariff and fees.
    pub policy: Policy,
    /// Where each fee goes.
    pub fees: Vec<FeeAccount>,
    /// Where goes what rounding leaves.
    pub rounding: Destination,
}

/// Numbers given out.
#[cw_serde]
#[derive(Copy, Default)]
pub(crate) struct Counters {
    /// Seats, and so accounts.
    pub seats: u16,
    /// Newest roster; 0 before the first.
    pub newest_roster: u32,
}

/// A slot's place and owner.
#[cw_serde]
pub(crate) struct SlotRecord {
    /// Position in the pages.
    pub seat: Seat,
    /// Who may withdraw.
    pub owner: Addr,
}

pub(crate) fn config(storage: &dyn Storage) -> StdResult<Config> {
    CONFIG.load(storage)
}

pub(crate) fn save_config(storage: &mut dyn Storage, config: &Config) -> StdResult<()> {
    CONFIG.save(storage, config)
}

pub(crate) fn books(storage: &dyn Storage) -> Result<Books, ContractError> {
    Ok(BOOKS.load(storage)?)
}

pub(crate) fn save_books(storage: &mut dyn Storage, books: &Books) {
    BOOKS.save(storage, books);
}

pub(crate) fn counters(storage: &dyn Storage) -> StdResult<Counters> {
    COUNTERS.load(storage)
}

pub(crate) fn save_counters(storage: &mut dyn Storage, counters: Counters) -> StdResult<()> {
    COUNTERS.save(storage, &counters)
}

/// A page; empty where nothing was written yet.
pub(crate) fn page(storage: &dyn Storage, number: u16) -> Result<Page, ContractError> {
    Ok(PAGES.may_load(storage, number.into())?.unwrap_or_default())
}

pub(crate) fn save_page(storage: &mut dyn Storage, number: u16, page: &Page) {
    PAGES.save(storage, number.into(), page);
}

pub(crate) fn roster(storage: &dyn Storage, version: u32) -> Result<Option<SeatTerms>, ContractError> {
    Ok(ROSTERS.may_load(storage, version.into())?)
}

pub(crate) fn save_roster(storage: &mut dyn Storage, version: u32, terms: &SeatTerms) {
    ROSTERS.save(storage, version.into(), terms);
}

pub(crate) fn held(storage: &dyn Storage, first: IntervalIndex) -> Result<Option<Held>, ContractError> {
    Ok(HELD.may_load(storage, first.0)?)
}

pub(crate) fn save_held(storage: &mut dyn Storage, first: IntervalIndex, held: &Held) -> StdResult<()> {
    HELD.save(storage, first.0, held);
    ENDS.save(storage, (held.final_at.0, first.0), &Empty {})
}

pub(crate) fn remove_held(storage: &mut dyn Storage, first: IntervalIndex, held: &Held) {
    HELD.remove(storage, first.0);
    ENDS.remove(storage, (held.final_at.0, first.0));
}

/// Held windows by first interval.
pub(crate) fn held_windows(
    storage: &dyn Storage,
    start_after: Option<IntervalIndex>,
) -> impl Iterator<Item = Result<(IntervalIndex, Held), ContractError>> + '_ {
    let windows = HELD.range(storage, start_after.map(|first| first.0));
    windows.map(|window| {
        window
            .map(|(first, held)| (IntervalIndex(first), held))
            .map_err(Into::into)
    })
}

/// Windows whose time is over, the earliest end first.
pub(crate) fn ended(storage: &dyn Storage, now: UnixSeconds, limit: usize) -> StdResult<Vec<IntervalIndex>> {
    ENDS.keys(
        storage,
        None,
        Some(Bound::inclusive((now.0, u64::MAX))),
        Order::Ascending,
    )
    .take(limit)
    .map(|end| end.map(|(_, first)| IntervalIndex(first)))
    .collect()
}

pub(crate) fn slot(storage: &dyn Storage, slot: Slot) -> Result<SlotRecord, ContractError> {
    SLOTS
        .may_load(storage, slot.0)?
        .ok_or(ContractError::UnknownSlot { slot })
}

pub(crate) fn has_slot(storage: &dyn Storage, slot: Slot) -> bool {
    SLOTS.has(storage, slot.0)
}

pub(crate) fn save_slot(storage: &mut dyn Storage, slot: Slot, record: &SlotRecord) -> StdResult<()> {
    SLOTS.save(storage, slot.0, record)
}

/// Slots in their order.
pub(crate) fn slots(
    storage: &dyn Storage,
    start_after: Option<Slot>,
) -> impl Iterator<Item = StdResult<(Slot, SlotRecord)>> + '_ {
    let start = start_after.map(|slot| Bound::exclusive(slot.0));
    SLOTS
        .range(storage, start, None, Order::Ascending)
        .map(|slot| slot.map(|(slot, record)| (Slot(slot), record)))
}
