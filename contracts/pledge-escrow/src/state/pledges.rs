//! The pledges of a project, who waits, and what displaced pledges are owed.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Empty, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Map};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::Amount;

use crate::claims::Claimant;
use crate::conditions::{Ask, Member, PartyAsk, PledgersAsk, Waiting};
use crate::project::Pledge;

/// (Project, party) -> what the terms expect of a named party; written once.
const PARTIES: Map<(u64, &Addr), Amount> = Map::new("parties");
/// (Project, pledger) -> standing pledge. Small: the set is found by reading all of a project.
const PLEDGES: Map<(u64, &Addr), Pledge> = Map::new("pledges");
/// (Project, pledger) -> what a pledge asks; only where it asks something. Up to 2 kB: read where nothing smaller shows that it
/// is not met, to raise or restate a pledge, and by queries.
const ASKS: Map<(u64, &Addr), Ask> = Map::new("asks");
/// (Project, pledger) -> why a pledge is outside the set. Small: each pledge message reads all of a project.
const WAITING: Map<(u64, &Addr), Waits> = Map::new("waiting");
/// (Project, pledger) -> money of displaced pledges, not taken back yet.
const DISPLACED: Map<(u64, &Addr), Amount> = Map::new("displaced");

/// (Pledger, project) -> nothing: the projects in which an address has a pledge, or is owed a displaced one. So that a household
/// finds what is its own in one query, however many projects there are.
const PLEDGES_OF: Map<(&Addr, u64), Empty> = Map::new("pledges_of");

/// Why a pledge is outside the set, as far as that is short.
#[cw_serde]
struct Waits {
    /// Its place in the order of pledging.
    number: u64,
    /// One party that it asks for: the first, or what it missed when it dropped after its whole list was read.
    missing: Option<PartyAsk>,
    /// What else it asks.
    pledgers: Option<PledgersAsk>,
    total: Option<Amount>,
}

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
    let pledge = pledge(storage, project, pledger)?;
    Ok(pledge.map(|pledge| Claimant {
        pledger: pledger.clone(),
        pledge,
        member: is_member(storage, project, pledger),
    }))
}

/// Everybody who pledged to a project, by address.
pub(crate) fn claimants<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    start_after: Option<&Addr>,
) -> impl Iterator<Item = StdResult<Claimant>> + 'a {
    pledges(storage, project, start_after).map(move |entry| {
        let (pledger, pledge) = entry?;
        let member = is_member(storage, project, &pledger);
        Ok(Claimant {
            pledger,
            pledge,
            member,
        })
    })
}

/// Who is in the set, by address. Two walks cost much less than a look for each.
pub(crate) fn members(storage: &dyn Storage, project: ProjectId) -> StdResult<Vec<Claimant>> {
    let waiting = WAITING.prefix(project);
    let waiting = waiting.keys(storage, None, None, Order::Ascending);
    let waiting = waiting.collect::<StdResult<BTreeSet<Addr>>>()?;
    let mut members = Vec::new();
    for entry in pledges(storage, project, None) {
        let (pledger, pledge) = entry?;
        if !waiting.contains(&pledger) {
            members.push(Claimant {
                pledger,
                pledge,
                member: true,
            });
        }
    }
    Ok(members)
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

/// Whether a standing pledge is in the set.
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

/// Notes that a pledge is outside the set, in this place, for what it asks; `missing` is a party that it asks for.
pub(crate) fn wait(
    storage: &mut dyn Storage,
    project: ProjectId,
    pledger: &Addr,
    number: u64,
    ask: &Ask,
    missing: Option<&PartyAsk>,
) -> StdResult<()> {
    let waits = Waits {
        number,
        missing: missing.cloned(),
        pledgers: ask.pledgers.clone(),
        total: ask.total,
    };
    WAITING.save(storage, (project, pledger), &waits)
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

/// All standing pledges of a project, each list by address. Of what those outside the set ask it has what [`wait`] noted.
pub(crate) fn roll(storage: &dyn Storage, project: ProjectId) -> StdResult<(Vec<Member>, Vec<Waiting>)> {
    let waits = WAITING.prefix(project);
    let waits = waits.range(storage, None, None, Order::Ascending);
    let mut waits = waits.collect::<StdResult<BTreeMap<Addr, Waits>>>()?;
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
                ask: Ask {
                    parties: waits.missing.into_iter().collect(),
                    pledgers: waits.pledgers,
                    total: waits.total,
                },
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
