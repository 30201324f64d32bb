//! What follows from a pledge or a restated condition: who joins the set, who loses a place, whether the project is funded.

use cosmwasm_std::{Addr, Storage};
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::amounts::{add, sub};
use crate::case::Case;
use crate::conditions::{joining_by_need, Ask, Fate, Waiting};
use crate::error::ContractError;
use crate::project::Funded;
use crate::room;
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
    if case.project.consistent >= case.terms.target {
        told.extend(latch(storage, case, message, &joined)?);
    }
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
        Ok(pledges::wait(
            storage,
            self.id,
            pledger,
            number,
            ask,
            ask.parties.first(),
        )?)
    }
}

/// Counts a pledge into the set.
pub(super) fn count_in(case: &mut Case, amount: Amount) -> Result<(), ContractError> {
    let project = &mut case.project;
    project.consistent_pledges = project.consistent_pledges.saturating_add(1);
    project.consistent = add(project.consistent, amount)?;
    Ok(())
}

/// Lets the waiting pledges into the set whose conditions are met now. Who joined, in the order of pledging, and who is still
/// outside, by address. Nothing is read where none waits.
fn let_in(storage: &mut dyn Storage, case: &mut Case) -> Result<(Vec<Waiting>, Vec<Waiting>), ContractError> {
    if !pledges::any_waits(storage, case.id) {
        return Ok((vec![], vec![]));
    }
    let (members, mut waiting) = pledges::roll(storage, case.id)?;
    // By what was noted of each: a count, a total, one party that was missing. Most stay out by that alone, and the lists of
    // parties of the others are read; so nobody can make the pledges of strangers read them again and again.
    let whole = |pledger: &Addr| pledges::ask(storage, case.id, pledger);
    let (hopeful, fates) = joining_by_need(&members, &mut waiting, whole)?;
    note_missing(storage, case, &waiting, (&hopeful, &fates))?;
    let sides = waiting.into_iter().zip(fates);
    let (joined, outside): (Vec<_>, Vec<_>) = sides.partition(|(_, fate)| fate.joins());
    let waiting = |side: Vec<(Waiting, Fate)>| side.into_iter().map(|(waiting, _)| waiting).collect();
    let (mut joined, outside): (Vec<Waiting>, Vec<Waiting>) = (waiting(joined), waiting(outside));
    for waiting in &joined {
        pledges::join(storage, case.id, &waiting.pledger);
        count_in(case, Amount(waiting.amount))?;
    }
    joined.sort_by_key(|waiting| waiting.number);
    Ok((joined, outside))
}

/// Notes of each that hoped in vain the party that it missed when it dropped. So pledges that name each other do not keep each
/// other's hope up: who dropped first missed somebody else. What is noted already is not written again; and where a count or
/// a total alone was missing, what was noted before is still one party that it asks for.
fn note_missing(
    storage: &mut dyn Storage,
    case: &Case,
    waiting: &[Waiting],
    (hopeful, fates): (&[Option<Ask>], &[Fate]),
) -> Result<(), ContractError> {
    for ((waiting, known), fate) in waiting.iter().zip(hopeful).zip(fates) {
        let (
            Some(known),
            Fate::Drops {
                missing: Some(missing),
            },
        ) = (known, fate)
        else {
            continue;
        };
        if known.parties.first() != Some(missing) {
            let Waiting {
                pledger, number, ask, ..
            } = waiting;
            pledges::wait(storage, case.id, pledger, *number, ask, Some(missing))?;
        }
    }
    Ok(())
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

/// Funds the project, and notes what of whose pledge is above the cap: that can be taken back at once. Whoever joined with this
/// message fills the room in the order of pledging, what the message added to the set last.
fn latch(
    storage: &mut dyn Storage,
    case: &mut Case,
    message: &Message,
    joined: &[Waiting],
) -> Result<Vec<EscrowEvent>, ContractError> {
    let total = case.project.consistent.min(case.terms.cap);
    case.project.funded = Some(Funded { at: case.now, total });
    let room = sub(case.terms.cap, message.before)?;
    let joined = joined.iter().map(|waiting| (&waiting.pledger, waiting.amount));
    let queue = joined.chain([(message.sender, message.in_set.0)]);
    let above = room::above(room.0, queue.clone().map(|(_, amount)| amount));
    let mut told = Vec::new();
    for ((pledger, _), above) in queue.zip(above).filter(|(_, above)| *above > 0) {
        let mut pledge = pledges::pledge(storage, case.id, pledger)?.unwrap_or_default();
        pledge.above_cap = Amount(above);
        pledges::save_pledge(storage, case.id, pledger, &pledge)?;
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
