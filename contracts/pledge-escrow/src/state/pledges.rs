//! The pledges of a project, who waits, and what displaced pledges are owed.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::{Addr, Binary, Empty, Order, StdError, StdResult, Storage};
use cw_storage_plus::{Bound, Map};
use gridpact_storage::Packed;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::Amount;

use crate::claims::Claimant;
use crate::conditions::Ask;
use crate::needs::{Needs, Waits};
use crate::project::Pledge;
use crate::set::{Member, Waiting};

/// (Project, party) -> what the terms expect of a named party; written once.
const PARTIES: Map<(u64, &Addr), Amount> = Map::new("parties");
/// (Project, pledger) -> standing pledge. Small: the set is found by reading all of a project.
const PLEDGES: Map<(u64, &Addr), Pledge> = Map::new("pledges");
/// (Project, pledger) -> what a pledge asks; only where it asks something. Up to 2 kB: read to raise or restate it, and by queries.
const ASKS: Map<(u64, &Addr), Ask> = Map::new("asks");
/// (Project, pledger) -> why a pledge is outside the set, or was until the message that funded the project: [`Waits`], packed. Short:
/// each pledge message reads all of a project.
const WAITING: Map<(u64, &Addr), Binary> = Map::new("waiting");
/// Project -> the places of those who joined with the message that funded it and found no room at all, ascending. One record
/// for all: to write one for each of them would take four times what it takes to find them.
const WITHOUT_ROOM: Map<u64, BTreeSet<u64>> = Map::new("without_room");
/// (Project, pledger) -> money of displaced pledges, not taken back yet.
const DISPLACED: Map<(u64, &Addr), Amount> = Map::new("displaced");

/// (Pledger, project) -> nothing: the projects in which an address has a pledge, or is owed a displaced one. So that a household
/// finds what is its own in one query, however many projects there are.
const PLEDGES_OF: Map<(&Addr, u64), Empty> = Map::new("pledges_of");

pub(crate) fn name_party(
    storage: &mut dyn Storage,
    project: ProjectId,
    party: &Addr,
    amount: Amount,
) -> StdResult<()> {
    PARTIES.save(storage, (project, party), &amount)
}

/// What the terms expect of a party; `None` for a stranger.
pub(crate) fn party(storage: &dyn Storage, project: ProjectId, party: &Addr) -> StdResult<Option<Amount>> {
    PARTIES.may_load(storage, (project, party))
}

/// What the terms expect of all parties, by address.
pub(crate) fn parties(storage: &dyn Storage, project: ProjectId) -> StdResult<Vec<Amount>> {
    let parties = PARTIES.prefix(project);
    let parties = parties.range(storage, None, None, Order::Ascending);
    parties.map(|party| party.map(|(_, amount)| amount)).collect()
}

pub(crate) fn pledge(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Option<Pledge>> {
    PLEDGES.may_load(storage, (project, pledger))
}

pub(crate) fn save_pledge(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    pledge: &Pledge,
) -> StdResult<()> {
    PLEDGES.save(storage, (project, pledger), pledge)
}

/// Puts a first pledge into the index by pledger.
pub(crate) fn index(storage: &mut dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<()> {
    PLEDGES_OF.save(storage, (pledger, project), &Empty {})
}

/// Takes a project out of the index by pledger, where nothing of the pledger's is left in it.
pub(crate) fn unindex(storage: &mut dyn Storage, project: ProjectId, pledger: &Addr) {
    PLEDGES_OF.remove(storage, (pledger, project));
}

/// The projects of a pledger, by number.
pub(crate) fn projects_of<'a>(
    storage: &'a dyn Storage,
    pledger: &Addr,
    start_after: Option<ProjectId>,
) -> impl Iterator<Item = StdResult<ProjectId>> + 'a {
    let start = start_after.map(Bound::exclusive);
    PLEDGES_OF
        .prefix(pledger)
        .keys(storage, start, None, Order::Ascending)
}

pub(crate) fn remove_pledge(storage: &mut dyn Storage, project: ProjectId, pledger: &Addr) {
    PLEDGES.remove(storage, (project, pledger));
    ASKS.remove(storage, (project, pledger));
    WAITING.remove(storage, (project, pledger));
}

/// Who pledged, for what the pledge can take; `None` where none stands.
pub(crate) fn claimant(
    storage: &dyn Storage,
    project: ProjectId,
    pledger: &Addr,
) -> StdResult<Option<Claimant>> {
    let Some(pledge) = pledge(storage, project, pledger)? else {
        return Ok(None);
    };
    let waits = waits(storage, project, pledger)?;
    let without_room = match &waits {
        Some(_) => without_room(storage, project)?,
        None => BTreeSet::new(),
    };
    Ok(Some(told(pledger.clone(), pledge, waits.as_ref(), &without_room)))
}

/// Everybody who pledged to a project, by address.
pub(crate) fn claimants<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    start_after: Option<&Addr>,
) -> StdResult<impl Iterator<Item = StdResult<Claimant>> + 'a> {
    let without_room = without_room(storage, project)?;
    Ok(pledges(storage, project, start_after).map(move |entry| {
        let (pledger, pledge) = entry?;
        let waits = waits(storage, project, &pledger)?;
        Ok(told(pledger, pledge, waits.as_ref(), &without_room))
    }))
}

/// Who is in the set, by address. Two walks cost much less than a look for each.
pub(crate) fn members(storage: &dyn Storage, project: ProjectId) -> StdResult<Vec<Claimant>> {
    let without_room = without_room(storage, project)?;
    let mut waits = all_waits(storage, project)?;
    let mut members = Vec::new();
    for entry in pledges(storage, project, None) {
        let (pledger, pledge) = entry?;
        let waits = waits.remove(&pledger);
        members.push(told(pledger, pledge, waits.as_ref(), &without_room));
    }
    members.retain(|claimant| claimant.member);
    Ok(members)
}

/// What became of a pledge: who waits is outside, but who found no room is in the set, with nothing paid.
fn told(pledger: Addr, mut pledge: Pledge, waits: Option<&Waits>, without_room: &BTreeSet<u64>) -> Claimant {
    let found_no_room = waits.is_some_and(|waits| without_room.contains(&waits.number));
    if found_no_room {
        pledge.above_cap = pledge.amount;
    }
    Claimant {
        pledger,
        pledge,
        member: waits.is_none() || found_no_room,
    }
}

fn without_room(storage: &dyn Storage, project: ProjectId) -> StdResult<BTreeSet<u64>> {
    Ok(WITHOUT_ROOM.may_load(storage, project)?.unwrap_or_default())
}

/// Notes who joined with the message that funds the project and finds no room, by place.
pub(crate) fn save_without_room(
    storage: &mut dyn Storage,
    project: ProjectId,
    numbers: &BTreeSet<u64>,
) -> StdResult<()> {
    WITHOUT_ROOM.save(storage, project, numbers)
}

fn waits(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Option<Waits>> {
    let stored = WAITING.may_load(storage, (project, pledger))?;
    stored.map(|stored| unpacked(&stored)).transpose()
}

fn all_waits(storage: &dyn Storage, project: ProjectId) -> StdResult<BTreeMap<Addr, Waits>> {
    let waits = WAITING.prefix(project);
    let waits = waits.range(storage, None, None, Order::Ascending);
    waits
        .map(|entry| entry.and_then(|(pledger, stored)| Ok((pledger, unpacked(&stored)?))))
        .collect()
}

fn unpacked(stored: &Binary) -> StdResult<Waits> {
    Waits::unpack(stored).map_err(|error| StdError::generic_err(error.to_string()))
}

/// The pledges of a project, by address.
fn pledges<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    start_after: Option<&Addr>,
) -> impl Iterator<Item = StdResult<(Addr, Pledge)>> + 'a {
    let start = start_after.map(Bound::exclusive);
    PLEDGES
        .prefix(project)
        .range(storage, start, None, Order::Ascending)
}

/// Whether a standing pledge is in the set of a project that is open.
pub(crate) fn is_member(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> bool {
    !WAITING.has(storage, (project, pledger))
}

/// What a pledge asks of the others.
pub(crate) fn ask(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Ask> {
    Ok(ASKS.may_load(storage, (project, pledger))?.unwrap_or_default())
}

pub(crate) fn save_ask(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    ask: &Ask,
) -> StdResult<()> {
    if ask.is_empty() {
        ASKS.remove(storage, (project, pledger));
        return Ok(());
    }
    ASKS.save(storage, (project, pledger), ask)
}

/// Notes that a pledge is outside the set, in this place, for what it asks.
pub(crate) fn wait(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    number: u64,
    ask: &Ask,
) -> StdResult<()> {
    let needs = Needs::of(ask);
    let waits = Waits { number, needs };
    WAITING.save(storage, (project, pledger), &Binary::new(waits.pack()))
}

/// Whether any pledge waits.
pub(crate) fn any_waits(storage: &dyn Storage, project: ProjectId) -> bool {
    let mut waiting = WAITING
        .prefix(project)
        .keys(storage, None, None, Order::Ascending);
    waiting.next().is_some()
}

/// A waiting pledge is in the set from now on.
pub(crate) fn join(storage: &mut dyn Storage, project: ProjectId, pledger: &Addr) {
    WAITING.remove(storage, (project, pledger));
}

/// All standing pledges of a project, each list by address.
pub(crate) fn roll(storage: &dyn Storage, project: ProjectId) -> StdResult<(Vec<Member>, Vec<Waiting>)> {
    let mut waits = all_waits(storage, project)?;
    let (mut members, mut waiting) = (Vec::new(), Vec::new());
    for entry in pledges(storage, project, None) {
        let (pledger, Pledge { amount, .. }) = entry?;
        let amount = amount.0;
        match waits.remove(&pledger) {
            None => members.push(Member { pledger, amount }),
            Some(waits) => waiting.push(Waiting {
                pledger,
                amount,
                number: waits.number,
                needs: waits.needs,
            }),
        }
    }
    Ok((members, waiting))
}

/// What an address is owed of displaced pledges.
pub(crate) fn displaced(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Amount> {
    Ok(DISPLACED
        .may_load(storage, (project, pledger))?
        .unwrap_or_default())
}

pub(crate) fn save_displaced(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    owed: Amount,
) -> StdResult<()> {
    if owed.is_zero() {
        DISPLACED.remove(storage, (project, pledger));
        return Ok(());
    }
    DISPLACED.save(storage, (project, pledger), &owed)
}

/// What is owed of displaced pledges, by address.
pub(crate) fn all_displaced<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    start_after: Option<&Addr>,
) -> impl Iterator<Item = StdResult<(Addr, Amount)>> + 'a {
    let start = start_after.map(Bound::exclusive);
    DISPLACED
        .prefix(project)
        .range(storage, start, None, Order::Ascending)
}
