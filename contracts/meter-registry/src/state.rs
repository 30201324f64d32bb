//! What is stored. Maps are private; each says its key, its value and who reads it.
//!
//! A report reads `CONFIG`, `PROGRESS`, one committee and one roster's limits, and writes `PROGRESS` and one window.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Empty, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Item, Map};
use gridpact_storage::{PackedItem, PackedMap};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds};

use crate::committee::Signatories;
use crate::error::ContractError;
use crate::meter::{Meter, Proposal};
use crate::progress::Progress;
use crate::roster::{RosterLimits, RosterSlots, RosterStart};
use crate::serial::SerialHolder;
use crate::window::Window;

/// The grid; written once.
const CONFIG: Item<Config> = Item::new("config");
/// How far the reports have come; read and written with every report.
const PROGRESS: PackedItem<Progress> = PackedItem::new("progress");
/// Numbers given out; cold.
const COUNTERS: Item<Counters> = Item::new("counters");
/// Epoch -> keys and quorum; read with every report.
const SIGNATORIES: PackedMap<Signatories> = PackedMap::new("signatories");
/// Epoch -> the members' addresses, in the order of the keys; cold.
const MEMBERS: Map<u32, Vec<Addr>> = Map::new("members");
/// Roster version -> limits by seat; read with every report.
const ROSTER_LIMITS: PackedMap<RosterLimits> = PackedMap::new("roster_limits");
/// Roster version -> slots by seat; cold.
const ROSTER_SLOTS: PackedMap<RosterSlots> = PackedMap::new("roster_slots");
/// Roster version -> first interval, strictly ascending; read where a window ends at a roster's end.
const ROSTER_STARTS: PackedMap<RosterStart> = PackedMap::new("roster_starts");
/// First interval -> window; written once a report, read where the same window comes again.
const WINDOWS: PackedMap<Window> = PackedMap::new("windows");
/// Number -> proposal that was neither admitted nor dropped; cold.
const PROPOSALS: Map<u64, Proposal> = Map::new("proposals");
/// Owner, number -> nothing: the same proposals by owner; cold.
const PROPOSALS_OF: Map<(&Addr, u64), Empty> = Map::new("proposals_of");
/// Slot -> meter; cold.
const METERS: Map<u32, Meter> = Map::new("meters");
/// Owner, slot -> nothing: the same meters by owner; cold.
const METERS_OF: Map<(&Addr, u32), Empty> = Map::new("meters_of");
/// Serial hash -> the proposal or slot that holds it; cold.
const SERIALS: Map<&[u8], SerialHolder> = Map::new("serials");

/// What never changes.
#[cw_serde]
pub(crate) struct Config {
    /// The grid's settlement contract.
    pub settlement: Addr,
    /// Length of an interval.
    pub interval_length: IntervalLength,
    /// mWh of one count in a report.
    pub resolution: u32,
    /// How long a settled window stays provisional.
    pub challenge_period: Seconds,
    /// How long after its end an interval may be reported.
    pub report_limit: Seconds,
    /// When rosters may begin.
    pub rosters_begin: RostersBegin,
}

/// Numbers given out.
#[cw_serde]
#[derive(Default)]
pub(crate) struct Counters {
    /// Proposals ever made.
    pub proposals: u64,
    /// Slots ever given out; the next slot.
    pub slots: u32,
    /// Households ever founded; the next household.
    pub households: u32,
    /// The newest roster; 0 before the first.
    pub newest_roster: u32,
}

pub(crate) fn config(storage: &dyn Storage) -> StdResult<Config> {
    CONFIG.load(storage)
}

pub(crate) fn save_config(storage: &mut dyn Storage, config: &Config) -> StdResult<()> {
    CONFIG.save(storage, config)
}

pub(crate) fn progress(storage: &dyn Storage) -> Result<Progress, ContractError> {
    Ok(PROGRESS.load(storage)?)
}

pub(crate) fn save_progress(storage: &mut dyn Storage, progress: &Progress) {
    PROGRESS.save(storage, progress);
}

pub(crate) fn counters(storage: &dyn Storage) -> StdResult<Counters> {
    COUNTERS.load(storage)
}

pub(crate) fn save_counters(storage: &mut dyn Storage, counters: &Counters) -> StdResult<()> {
    COUNTERS.save(storage, counters)
}

pub(crate) fn signatories(storage: &dyn Storage, epoch: u32) -> Result<Signatories, ContractError> {
    SIGNATORIES
        .may_load(storage, epoch.into())?
        .ok_or(ContractError::UnknownEpoch { got: epoch })
}

pub(crate) fn members(storage: &dyn Storage, epoch: u32) -> StdResult<Vec<Addr>> {
    MEMBERS.load(storage, epoch)
}

pub(crate) fn save_committee(
    storage: &mut dyn Storage,
    epoch: u32,
    signatories: &Signatories,
    members: &Vec<Addr>,
) -> StdResult<()> {
    SIGNATORIES.save(storage, epoch.into(), signatories);
    MEMBERS.save(storage, epoch, members)
}

pub(crate) fn roster_limits(storage: &dyn Storage, version: u32) -> Result<RosterLimits, ContractError> {
    ROSTER_LIMITS
        .may_load(storage, version.into())?
        .ok_or(ContractError::UnknownRoster { got: version })
}

pub(crate) fn roster_slots(storage: &dyn Storage, version: u32) -> Result<RosterSlots, ContractError> {
    ROSTER_SLOTS
        .may_load(storage, version.into())?
        .ok_or(ContractError::UnknownRoster { got: version })
}

pub(crate) fn roster_start(storage: &dyn Storage, version: u32) -> Result<IntervalIndex, ContractError> {
    let start = ROSTER_STARTS.may_load(storage, version.into())?;
    start
        .map(|RosterStart(from)| from)
        .ok_or(ContractError::UnknownRoster { got: version })
}

pub(crate) fn save_roster(
    storage: &mut dyn Storage,
    version: u32,
    from: IntervalIndex,
    limits: &RosterLimits,
    slots: &RosterSlots,
) {
    ROSTER_STARTS.save(storage, version.into(), &RosterStart(from));
    ROSTER_LIMITS.save(storage, version.into(), limits);
    ROSTER_SLOTS.save(storage, version.into(), slots);
}

pub(crate) fn window(storage: &dyn Storage, first: IntervalIndex) -> Result<Option<Window>, ContractError> {
    Ok(WINDOWS.may_load(storage, first.0)?)
}

pub(crate) fn save_window(storage: &mut dyn Storage, first: IntervalIndex, window: &Window) {
    WINDOWS.save(storage, first.0, window);
}

pub(crate) fn windows(
    storage: &dyn Storage,
    order: Order,
    start_after: Option<IntervalIndex>,
) -> impl Iterator<Item = Result<(IntervalIndex, Window), ContractError>> + '_ {
    let windows = WINDOWS.range(storage, order, start_after.map(|first| first.0));
    let index = |(first, window)| (IntervalIndex(first), window);
    windows.map(move |window| Ok(window.map(index)?))
}

pub(crate) fn proposal(storage: &dyn Storage, number: u64) -> Result<Proposal, ContractError> {
    may_proposal(storage, number)?.ok_or(ContractError::UnknownProposal { proposal: number })
}

/// None for one that was admitted or dropped, or never made.
pub(crate) fn may_proposal(storage: &dyn Storage, number: u64) -> StdResult<Option<Proposal>> {
    PROPOSALS.may_load(storage, number)
}

/// Keeps a proposal, which holds its serial hash from now on.
pub(crate) fn add_proposal(storage: &mut dyn Storage, number: u64, proposal: &Proposal) -> StdResult<()> {
    PROPOSALS_OF.save(storage, (&proposal.owner, number), &Empty {})?;
    SERIALS.save(
        storage,
        &proposal.facts.serial_hash,
        &SerialHolder::Proposal(number),
    )?;
    PROPOSALS.save(storage, number, proposal)
}

/// Forgets a proposal and gives its serial hash back.
pub(crate) fn remove_proposal(storage: &mut dyn Storage, number: u64, proposal: &Proposal) {
    PROPOSALS_OF.remove(storage, (&proposal.owner, number));
    SERIALS.remove(storage, &proposal.facts.serial_hash);
    PROPOSALS.remove(storage, number);
}

/// Proposals with their numbers, the newest first.
pub(crate) type Proposals<'a> = Box<dyn Iterator<Item = StdResult<(u64, Proposal)>> + 'a>;

/// Everybody's proposals before that number.
pub(crate) fn proposals(storage: &dyn Storage, before: Option<u64>) -> Proposals<'_> {
    let before = before.map(Bound::exclusive);
    Box::new(PROPOSALS.range(storage, None, before, Order::Descending))
}

/// One owner's proposals before that number.
pub(crate) fn proposals_of<'a>(storage: &'a dyn Storage, owner: &Addr, before: Option<u64>) -> Proposals<'a> {
    let own = PROPOSALS_OF.prefix(owner);
    let numbers = own.keys(storage, None, before.map(Bound::exclusive), Order::Descending);
    Box::new(numbers.map(|number| {
        let number = number?;
        Ok((number, PROPOSALS.load(storage, number)?))
    }))
}

pub(crate) fn serial_holder(storage: &dyn Storage, serial_hash: &[u8]) -> StdResult<Option<SerialHolder>> {
    SERIALS.may_load(storage, serial_hash)
}

pub(crate) fn meter(storage: &dyn Storage, slot: u32) -> Result<Meter, ContractError> {
    METERS
        .may_load(storage, slot)?
        .ok_or(ContractError::UnknownSlot { slot })
}

/// Adds a meter, which holds its serial hash from now on.
pub(crate) fn add_meter(storage: &mut dyn Storage, slot: u32, meter: &Meter) -> StdResult<()> {
    SERIALS.save(storage, &meter.facts.serial_hash, &SerialHolder::Slot(slot))?;
    METERS_OF.save(storage, (&meter.owner, slot), &Empty {})?;
    METERS.save(storage, slot, meter)
}

/// Meters with their slots, in the order of these.
pub(crate) type Meters<'a> = Box<dyn Iterator<Item = StdResult<(u32, Meter)>> + 'a>;

/// Everybody's meters after that slot.
pub(crate) fn meters(storage: &dyn Storage, start_after: Option<u32>) -> Meters<'_> {
    let after = start_after.map(Bound::exclusive);
    Box::new(METERS.range(storage, after, None, Order::Ascending))
}

/// One owner's meters after that slot.
pub(crate) fn meters_of<'a>(storage: &'a dyn Storage, owner: &Addr, start_after: Option<u32>) -> Meters<'a> {
    let own = METERS_OF.prefix(owner);
    let slots = own.keys(storage, start_after.map(Bound::exclusive), None, Order::Ascending);
    Box::new(slots.map(|slot| {
        let slot = slot?;
        Ok((slot, METERS.load(storage, slot)?))
    }))
}
