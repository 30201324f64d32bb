//! What holders said: objections, consents, wishes to end. What it comes to is summed in the project.

use cosmwasm_std::{Addr, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Map};
use gridpact_types::escrow::terms::ProjectId;

use crate::project::Objection;

/// (Project, milestone, holder) -> objection. Read by queries; by messages only whether it is there.
const OBJECTIONS: Map<(u64, u32, &Addr), Objection> = Map::new("objections");
/// (Project, holder) -> number of the offer that the holder consented to last.
const CONSENTS: Map<(u64, &Addr), u64> = Map::new("consents");
/// (Project, holder) -> number of the ballot to end in which the holder voted last.
const END_VOTES: Map<(u64, &Addr), u64> = Map::new("end_votes");

pub(crate) fn objects(storage: &dyn Storage, project: ProjectId, milestone: u32, holder: &Addr) -> bool {
    OBJECTIONS.has(storage, (project, milestone, holder))
}

pub(crate) fn save_objection(
    storage: &mut dyn Storage,
    project: ProjectId,
    milestone: u32,
    holder: &Addr,
    objection: &Objection,
) -> StdResult<()> {
    OBJECTIONS.save(storage, (project, milestone, holder), objection)
}

pub(crate) fn remove_objection(storage: &mut dyn Storage, project: ProjectId, milestone: u32, holder: &Addr) {
    OBJECTIONS.remove(storage, (project, milestone, holder));
}

/// The objections to a milestone, by address.
pub(crate) fn objections<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    milestone: u32,
    start_after: Option<&Addr>,
) -> impl Iterator<Item = StdResult<(Addr, Objection)>> + 'a {
    let start = start_after.map(Bound::exclusive);
    OBJECTIONS
        .prefix((project, milestone))
        .range(storage, start, None, Order::Ascending)
}

/// The offer that a holder consented to last.
pub(crate) fn consent(storage: &dyn Storage, project: ProjectId, holder: &Addr) -> StdResult<Option<u64>> {
    CONSENTS.may_load(storage, (project, holder))
}

pub(crate) fn save_consent(
    storage: &mut dyn Storage,
    project: ProjectId,
    holder: &Addr,
    offer: u64,
) -> StdResult<()> {
    CONSENTS.save(storage, (project, holder), &offer)
}

/// The ballot to end in which a holder voted last.
pub(crate) fn end_vote(storage: &dyn Storage, project: ProjectId, holder: &Addr) -> StdResult<Option<u64>> {
    END_VOTES.may_load(storage, (project, holder))
}

pub(crate) fn save_end_vote(
    storage: &mut dyn Storage,
    project: ProjectId,
    holder: &Addr,
    ballot: u64,
) -> StdResult<()> {
    END_VOTES.save(storage, (project, holder), &ballot)
}
