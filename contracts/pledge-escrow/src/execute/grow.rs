//! What follows from a pledge or a restated condition: who joins the set, who loses a place, whether the project is funded.

use std::collections::BTreeSet;

use cosmwasm_std::{Addr, Storage};
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::amounts::{add, sub};
use crate::case::Case;
use crate::conditions::Ask;
use crate::error::ContractError;
use crate::project::Funded;
use crate::room;
use crate::set::{joining, Waiting};
use crate::state::pledges;

/// The message that something follows from.
pub(super) struct Message<'a> {
    pub sender: &'a Addr,
    /// What the set came to before it.
    pub before: Amount,
    /// What it added to the set by itself.
    pub in_set: Amount,
}

/// Lets in who can join now, frees a place of an over-full list, and latches the project where the set reaches the target.
pub(super) fn grow(
    storage: &mut dyn Storage,
    case: &mut Case,
    message: &Message,
) -> Result<Vec<EscrowEvent>, ContractError> {
    let (joined, outside) = let_in(storage, case)?;
    let joins = |waiting: &Waiting| EscrowEvent::Joined {
        project: case.id,
        pledger: waiting.pledger.clone(),
        amount: Amount(waiting.amount),
    };
    let mut told: Vec<EscrowEvent> = joined.iter().map(joins).collect();
    told.extend(displace(storage, case, message.sender, &outside)?);
    let mut without_room = BTreeSet::new();
    if case.project.consistent >= case.terms.target {
        told.extend(latch(storage, case, message, &joined, &mut without_room)?);
    }
    if !without_room.is_empty() {
        pledges::save_without_room(storage, case.id, &without_room)?;
    }
    let with_room = joined
        .iter()
        .filter(|waiting| !without_room.contains(&waiting.number));
    with_room.for_each(|waiting| pledges::join(storage, case.id, &waiting.pledger));
    Ok(told)
}

impl Case {
    /// Puts a pledge outside the set behind all others in the order of pledging.
    pub(super) fn wait_last(
        &mut self,
        storage: &mut dyn Storage,
        pledger: &Addr,
        ask: &Ask,
    ) -> Result<(), ContractError> {
        let number = self.project.last_number.saturating_add(1);
        self.project.last_number = number;
        Ok(pledges::wait(storage, self.id, pledger, number, ask)?)
    }
}

/// Counts a pledge into the set.
pub(super) fn count_in(case: &mut Case, amount: Amount) -> Result<(), ContractError> {
    let project = &mut case.project;
    project.consistent_pledges = project.consistent_pledges.saturating_add(1);
    project.consistent = add(project.consistent, amount)?;
    Ok(())
}

/// Counts the waiting pledges into the set whose conditions are met now. Who joins, in the order of pledging, and who is still
/// outside, by address. Nothing is read where none waits.
fn let_in(storage: &dyn Storage, case: &mut Case) -> Result<(Vec<Waiting>, Vec<Waiting>), ContractError> {
    if !pledges::any_waits(storage, case.id) {
        return Ok((vec![], vec![]));
    }
    let (members, waiting) = pledges::roll(storage, case.id)?;
    let joins = joining(&members, &waiting);
    let sides = waiting.into_iter().zip(joins);
    let (joined, outside): (Vec<_>, Vec<_>) = sides.partition(|(_, joins)| *joins);
    let waiting = |side: Vec<(Waiting, bool)>| side.into_iter().map(|(waiting, _)| waiting).collect();
    let (mut joined, outside): (Vec<Waiting>, Vec<Waiting>) = (waiting(joined), waiting(outside));
    for waiting in &joined {
        count_in(case, Amount(waiting.amount))?;
    }
    joined.sort_by_key(|waiting| waiting.number);
    Ok((joined, outside))
}

/// Frees a place where there is one pledge more than the list takes: that of the smallest outside the set; of equal ones, the
/// first by address. Its money can be taken back at once. Whoever joined the set outranks everybody outside it; whoever did not
/// must be larger. Nobody in the set needs who is outside, so it stays what it is. Where all are in the set, that is funded.
fn displace(
    storage: &mut dyn Storage,
    case: &mut Case,
    sender: &Addr,
    outside: &[Waiting],
) -> Result<Option<EscrowEvent>, ContractError> {
    if case.project.pledges <= MAX_PLEDGES {
        return Ok(None);
    }
    let others = outside.iter().filter(|waiting| waiting.pledger != *sender);
    let smallest = others.min_by_key(|waiting| waiting.amount);
    let own = outside.iter().find(|waiting| waiting.pledger == *sender);
    let smallest = match (smallest, own) {
        (None, None) => return Ok(None),
        (Some(smallest), None) => smallest,
        (Some(smallest), Some(own)) if smallest.amount < own.amount => smallest,
        (smallest, Some(own)) => {
            return Err(ContractError::ListFull {
                max: MAX_PLEDGES,
                smallest: smallest.map(|waiting| Amount(waiting.amount)),
                got: own.amount,
            })
        }
    };
    let (pledger, amount) = (smallest.pledger.clone(), Amount(smallest.amount));
    pledges::remove_pledge(storage, case.id, &pledger);
    let owed = add(pledges::displaced(storage, case.id, &pledger)?, amount)?;
    pledges::save_displaced(storage, case.id, &pledger, owed)?;
    let project = &mut case.project;
    project.pledges = project.pledges.saturating_sub(1);
    project.pledged = sub(project.pledged, amount)?;
    project.totals.displaced = add(project.totals.displaced, amount)?;
    Ok(Some(EscrowEvent::Displaced {
        project: case.id,
        pledger,
        amount,
    }))
}

/// Funds the project, and notes what of whose pledge is above the cap: that can be taken back at once. Whoever joins with this
/// message fills the room in the order of pledging, what the message added to the set last. Of those who waited and find no room
/// at all only the places are told, to be noted in one record; so at most two pledges are written.
fn latch(
    storage: &mut dyn Storage,
    case: &mut Case,
    message: &Message,
    joined: &[Waiting],
    without_room: &mut BTreeSet<u64>,
) -> Result<Vec<EscrowEvent>, ContractError> {
    let total = case.project.consistent.min(case.terms.cap);
    case.project.funded = Some(Funded { at: case.now, total });
    let room = sub(case.terms.cap, message.before)?;
    let waited = joined.iter();
    let waited = waited.map(|waiting| (&waiting.pledger, waiting.amount, Some(waiting.number)));
    let queue = waited.chain([(message.sender, message.in_set.0, None)]);
    let above = room::above(room.0, queue.clone().map(|(_, amount, _)| amount));
    let mut told = Vec::new();
    for ((pledger, amount, number), above) in queue.zip(above).filter(|(_, above)| *above > 0) {
        match number {
            Some(number) if above == amount => {
                without_room.insert(number);
            }
            _ => {
                let mut pledge = pledges::pledge(storage, case.id, pledger)?.unwrap_or_default();
                pledge.above_cap = Amount(above);
                pledges::save_pledge(storage, case.id, pledger, &pledge)?;
            }
        }
        told.push(EscrowEvent::AboveCap {
            project: case.id,
            pledger: pledger.clone(),
            amount: Amount(above),
        });
    }
    told.push(EscrowEvent::Funded {
        project: case.id,
        funded: total,
    });
    Ok(told)
}
