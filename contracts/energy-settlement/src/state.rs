//! What is stored. Maps are private; each says its key, its value and who reads it.
//!
//! A report reads and writes `BOOKS`, the pages of balances and one held window for each that it settles or makes final; it
//! reads `CONFIG`, `POLICY`, `COUNTERS` and one roster, or two where homes have just joined.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Empty, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Item, Map};
use gridpact_market::Policy;
use gridpact_storage::{PackedItem, PackedMap};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_units::{Amount, IntervalIndex, Seat, Slot, UnixSeconds};

use crate::books::Books;
use crate::counters::Counters;
use crate::error::ContractError;
use crate::held::Held;
use crate::page::Page;
use crate::place::Place;
use crate::policy::StoredPolicy;
use crate::retired::Retired;
use crate::roster::Roster;

/// Registry and asset; written once, read by every message.
const CONFIG: Item<Config> = Item::new("config");
/// Rules, prices, tariff, fees; written once, read with every report and by nobody's deposit or withdrawal.
const POLICY: PackedItem<StoredPolicy> = PackedItem::new("policy");
/// Where money of the community goes; written once, read by sweeps.
const DESTINATIONS: Item<Destinations> = Item::new("destinations");
/// Running totals; read and written with every message that moves money.
const BOOKS: PackedItem<Books> = PackedItem::new("books");
/// How many accounts, seats and rosters there are; read with every report.
const COUNTERS: PackedItem<Counters> = PackedItem::new("counters");
/// Page number -> free balances by seat.
const PAGES: PackedMap<Page> = PackedMap::new("pages");
/// Slot -> free balance of an account without a seat; cold.
const RETIRED: PackedMap<Retired> = PackedMap::new("retired");
/// Roster version -> slot and terms by seat; read with every report.
const ROSTERS: PackedMap<Roster> = PackedMap::new("rosters");
/// First interval -> results of a window not yet final; written by the report, dropped at finality.
const HELD: PackedMap<Held> = PackedMap::new("held");
/// (End, first interval) of every held window -> its seats: how much a message makes final is known before anything of it is
/// read. Each has its own end, so that one that must wait holds up no other.
const ENDS: Map<(u64, u64), u16> = Map::new("ends");
/// Slot -> seat and owner; cold.
const SLOTS: Map<u32, SlotRecord> = Map::new("slots");
/// Owner, slot -> nothing: the same slots by owner; cold.
const SLOTS_OF: Map<(&Addr, u32), Empty> = Map::new("slots_of");

/// Whose books these are, and in what.
#[cw_serde]
pub(crate) struct Config {
    /// The grid's registry.
    pub registry: Addr,
    /// The grid's asset.
    pub asset: Asset,
}

/// Where money of the community goes.
#[cw_serde]
pub(crate) struct Destinations {
    /// Where each fee goes, by its number, also one that the policy does not have any more.
    pub fees: Vec<FeeAccount>,
    /// Where goes what rounding leaves.
    pub rounding: Destination,
}

/// A held window as it was read.
pub(crate) struct StoredWindow {
    pub first_interval: IntervalIndex,
    pub held: Held,
    /// How many bytes it takes, key apart.
    pub bytes: usize,
}

/// A slot's place and owner.
#[cw_serde]
pub(crate) struct SlotRecord {
    /// Position in reports and pages; none of a retired account.
    pub seat: Option<Seat>,
    /// Who may withdraw.
    pub owner: Addr,
}

impl SlotRecord {
    /// Where the balance of the slot, whose record this is, lies.
    pub fn place(&self, slot: Slot) -> Place {
        self.seat.map_or(Place::Retired(slot), Place::Seat)
    }
}

pub(crate) fn config(storage: &dyn Storage) -> StdResult<Config> {
    CONFIG.load(storage)
}

pub(crate) fn save_config(storage: &mut dyn Storage, config: &Config) -> StdResult<()> {
    CONFIG.save(storage, config)
}

pub(crate) fn policy(storage: &dyn Storage) -> Result<Policy, ContractError> {
    Ok(POLICY.load(storage)?.0)
}

pub(crate) fn save_policy(storage: &mut dyn Storage, policy: Policy) {
    POLICY.save(storage, &StoredPolicy(policy));
}

pub(crate) fn destinations(storage: &dyn Storage) -> StdResult<Destinations> {
    DESTINATIONS.load(storage)
}

pub(crate) fn save_destinations(storage: &mut dyn Storage, destinations: &Destinations) -> StdResult<()> {
    DESTINATIONS.save(storage, destinations)
}

pub(crate) fn books(storage: &dyn Storage) -> Result<Books, ContractError> {
    Ok(BOOKS.load(storage)?)
}

pub(crate) fn save_books(storage: &mut dyn Storage, books: &Books) {
    BOOKS.save(storage, books);
}

pub(crate) fn counters(storage: &dyn Storage) -> Result<Counters, ContractError> {
    Ok(COUNTERS.load(storage)?)
}

pub(crate) fn save_counters(storage: &mut dyn Storage, counters: &Counters) {
    COUNTERS.save(storage, counters);
}

/// A page; empty where nothing was written yet.
pub(crate) fn page(storage: &dyn Storage, number: u16) -> Result<Page, ContractError> {
    Ok(PAGES.may_load(storage, number.into())?.unwrap_or_default())
}

pub(crate) fn save_page(storage: &mut dyn Storage, number: u16, page: &Page) {
    PAGES.save(storage, number.into(), page);
}

/// The free balance of an account without a seat.
pub(crate) fn retired(storage: &dyn Storage, slot: Slot) -> Result<Amount, ContractError> {
    let retired = RETIRED.may_load(storage, slot.0.into())?;
    Ok(retired.unwrap_or_default().0)
}

/// Nothing left is nothing stored.
pub(crate) fn save_retired(storage: &mut dyn Storage, slot: Slot, free: Amount) {
    if free.is_zero() {
        RETIRED.remove(storage, slot.0.into());
    } else {
        RETIRED.save(storage, slot.0.into(), &Retired(free));
    }
}

pub(crate) fn roster(storage: &dyn Storage, version: u32) -> Result<Option<Roster>, ContractError> {
    Ok(ROSTERS.may_load(storage, version.into())?)
}

pub(crate) fn save_roster(storage: &mut dyn Storage, version: u32, roster: &Roster) {
    ROSTERS.save(storage, version.into(), roster);
}

pub(crate) fn held(storage: &dyn Storage, first: IntervalIndex) -> Result<Option<Held>, ContractError> {
    Ok(HELD.may_load(storage, first.0)?)
}

pub(crate) fn save_held(storage: &mut dyn Storage, first: IntervalIndex, held: &Held) -> StdResult<()> {
    HELD.save(storage, first.0, held);
    let seats = u16::try_from(held.seats.len()).unwrap_or(u16::MAX);
    ENDS.save(storage, (held.final_at.0, first.0), &seats)
}

pub(crate) fn remove_held(storage: &mut dyn Storage, first: IntervalIndex, held: &Held) {
    HELD.remove(storage, first.0);
    ENDS.remove(storage, (held.final_at.0, first.0));
}

/// Held windows by first interval.
pub(crate) fn held_windows(
    storage: &dyn Storage,
    start_after: Option<IntervalIndex>,
) -> impl Iterator<Item = Result<StoredWindow, ContractError>> + '_ {
    let windows = HELD.sized_range(storage, Order::Ascending, start_after.map(|first| first.0));
    windows.map(|window| {
        let (first, held, bytes) = window?;
        Ok(StoredWindow {
            first_interval: IntervalIndex(first),
            held,
            bytes,
        })
    })
}

/// Windows whose time is over, the earliest end first: first interval, and how many seats they have.
pub(crate) fn ended(
    storage: &dyn Storage,
    now: UnixSeconds,
) -> impl Iterator<Item = StdResult<(IntervalIndex, u16)>> + '_ {
    let last = Bound::inclusive((now.0, u64::MAX));
    let windows = ENDS.range(storage, None, Some(last), Order::Ascending);
    windows.map(|window| window.map(|((_, first), seats)| (IntervalIndex(first), seats)))
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
    SLOTS_OF.save(storage, (&record.owner, slot.0), &Empty {})?;
    SLOTS.save(storage, slot.0, record)
}

/// Slots in their order.
pub(crate) type Slots<'a> = Box<dyn Iterator<Item = StdResult<(Slot, SlotRecord)>> + 'a>;

/// Everybody's slots after that one.
pub(crate) fn slots(storage: &dyn Storage, start_after: Option<Slot>) -> Slots<'_> {
    let start = start_after.map(|slot| Bound::exclusive(slot.0));
    let slots = SLOTS.range(storage, start, None, Order::Ascending);
    Box::new(slots.map(|slot| slot.map(|(slot, record)| (Slot(slot), record))))
}

/// One owner's slots after that one.
pub(crate) fn slots_of<'a>(storage: &'a dyn Storage, owner: &Addr, start_after: Option<Slot>) -> Slots<'a> {
    let start = start_after.map(|slot| Bound::exclusive(slot.0));
    let own = SLOTS_OF.prefix(owner);
    let numbers = own.keys(storage, start, None, Order::Ascending);
    Box::new(numbers.map(|slot| {
        let slot = slot?;
        Ok((Slot(slot), SLOTS.load(storage, slot)?))
    }))
}
