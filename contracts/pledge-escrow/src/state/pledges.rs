//! The pledges of a project, who waits, and what displaced pledges are owed.

use std::collections::BTreeMap;

use cosmwasm_std::{Addr, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Map};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::Amount;

use crate::claims::Claimant;
use crate::conditions::{Ask, Member, Waiting};
use crate::project::Pledge;

/// (Project, party) -> what the terms expect of a named party; written once.
const PARTIES: Map<(u64, &Addr), Amount> = Map::new("parties");
/// (Project, pledger) -> standing pledge. Small: the set is found by reading all of a project.
const PLEDGES: Map<(u64, &Addr), Pledge> = Map::new("pledges");
/// (Project, pledger) -> what a pledge asks; only where it asks something. Read to restate it, and by queries.
const ASKS: Map<(u64, &Addr), Ask> = Map::new("asks");
/// (Project, pledger) -> what a pledge outside the set asks: the same again, so that finding the set reads no member's.
const WAITING: Map<(u64, &Addr), Ask> = Map::new("waiting");
/// (Project, pledger) -> money of displaced pledges, not taken back yet.
const DISPLACED: Map<(u64, &Addr), Amount> = Map::new("displaced");

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
    let pledge = pledge(storage, project, pledger)?;
    Ok(pledge.map(|pledge| Claimant {
        pledger: pledger.clone(),
        pledge,
        member: is_member(storage, project, pledger),
    }))
}

/// The pledges of a project, by address.
pub(crate) fn pledges<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    start_after: Option<&Addr>,
) -> impl Iterator<Item = StdResult<(Addr, Pledge)>> + 'a {
    let start = start_after.map(Bound::exclusive);
    PLEDGES
        .prefix(project)
        .range(storage, start, None, Order::Ascending)
}

/// Whether a standing pledge is in the set.
pub(crate) fn is_member(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> bool {
    !WAITING.has(storage, (project, pledger))
}

/// What a pledge asks of the others.
pub(crate) fn ask(storage: &dyn Storage, project: ProjectId, pledger: &Addr) -> StdResult<Ask> {
    Ok(ASKS.may_load(storage, (project, pledger))?.unwrap_or_default())
}

/// Notes what a pledge asks; it waits until that is met.
pub(crate) fn wait(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    ask: &Ask,
) -> StdResult<()> {
    ASKS.save(storage, (project, pledger), ask)?;
    WAITING.save(storage, (project, pledger), ask)
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
    let asks = WAITING
        .prefix(project)
        .range(storage, None, None, Order::Ascending);
    let mut asks = asks.collect::<StdResult<BTreeMap<Addr, Ask>>>()?;
    let (mut members, mut waiting) = (Vec::new(), Vec::new());
    for entry in pledges(storage, project, None) {
        let (pledger, Pledge { amount, .. }) = entry?;
        let amount = amount.0;
        match asks.remove(&pledger) {
            None => members.push(Member { pledger, amount }),
            Some(ask) => waiting.push(Waiting { pledger, amount, ask }),
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
