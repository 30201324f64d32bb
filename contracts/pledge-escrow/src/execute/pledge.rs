use cosmwasm_std::{Addr, Api, Event, HexBinary, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::Amount;

use crate::amounts::{add, sub};
use crate::ask;
use crate::case::Case;
use crate::conditions::{joining, Ask};
use crate::error::ContractError;
use crate::project::{Funded, Pledge};
use crate::shares::Division;
use crate::state::pledges;

/// A pledge as it came.
pub(crate) struct NewPledge {
    pub pledger: Addr,
    pub amount: Amount,
    pub terms_hash: HexBinary,
    pub condition: Condition,
}

/// Locks a pledge, lets in who now meets each other's conditions, and latches the project where the set reaches the target.
pub(crate) fn pledge(
    storage: &mut dyn Storage,
    api: &dyn Api,
    mut case: Case,
    new: NewPledge,
) -> Result<Response, ContractError> {
    case.check_phase(&[Phase::Open], "open")?;
    case.check_hash(&new.terms_hash)?;
    let ask = ask::check(&new.condition, api)?;
    let earlier = pledges::pledge(storage, case.id, &new.pledger)?;
    check_admitted(storage, &case, &new, earlier.is_none())?;
    case.book_in(storage, new.amount, |books| &mut books.pledged)?;
    // Everything ever pledged bounds every other sum of the project.
    case.project.totals.pledged = add(case.project.totals.pledged, new.amount)?;
    case.project.pledged = add(case.project.pledged, new.amount)?;
    let displaced = match earlier {
        Some(earlier) => raise(storage, &mut case, &new, &ask, earlier).map(|()| None)?,
        None => lock(storage, &mut case, &new, &ask)?,
    };
    let_in(storage, &mut case)?;
    let funded = latch(storage, &mut case)?;
    case.save(storage)?;
    let pledged = EscrowEvent::Pledged {
        project: case.id,
        pledger: new.pledger,
        amount: new.amount,
        pledged: case.project.pledged,
        consistent: case.project.consistent,
    };
    let told = displaced.into_iter().chain([pledged]).chain(funded);
    Ok(Response::new().add_events(told.map(Event::from)))
}

/// Refuses a pledge that the terms do not admit. `first` is false where the address has pledged before.
fn check_admitted(
    storage: &dyn Storage,
    case: &Case,
    new: &NewPledge,
    first: bool,
) -> Result<(), ContractError> {
    if case.terms.contractor == new.pledger {
        return Err(ContractError::ContractorPledges);
    }
    let got = new.amount.0;
    match case.terms.minimum {
        Some(min) if first && new.amount < min => Err(ContractError::BelowMinimum { min, got }),
        Some(_) => Ok(()),
        None => {
            let stranger = || ContractError::NotParty {
                got: new.pledger.to_string(),
            };
            let expected = pledges::party(storage, case.id, &new.pledger)?.ok_or_else(stranger)?;
            if first && expected == new.amount {
                Ok(())
            } else {
                Err(ContractError::NamedAmount { expected, first, got })
            }
        }
    }
}

/// Adds to a pledge; a larger pledge can only help the others.
fn raise(
    storage: &mut dyn Storage,
    case: &mut Case,
    new: &NewPledge,
    ask: &Ask,
    earlier: Pledge,
) -> Result<(), ContractError> {
    if pledges::ask(storage, case.id, &new.pledger)? != *ask {
        return Err(ContractError::OtherCondition);
    }
    if pledges::is_member(storage, case.id, &new.pledger) {
        case.project.consistent = add(case.project.consistent, new.amount)?;
    }
    let amount = add(earlier.amount, new.amount)?;
    pledges::save_pledge(storage, case.id, &new.pledger, &Pledge { amount, ..earlier })?;
    Ok(())
}

/// Stores a first pledge: in the set where it asks nothing, waiting otherwise. A full list gives up its smallest pledge outside
/// the set for it.
fn lock(
    storage: &mut dyn Storage,
    case: &mut Case,
    new: &NewPledge,
    ask: &Ask,
) -> Result<Option<EscrowEvent>, ContractError> {
    let displaced = if case.project.pledges >= MAX_PLEDGES {
        Some(displace(storage, case, new)?)
    } else {
        None
    };
    let pledge = Pledge {
        amount: new.amount,
        ..Pledge::default()
    };
    pledges::save_pledge(storage, case.id, &new.pledger, &pledge)?;
    case.project.pledges = case.project.pledges.saturating_add(1);
    if ask.is_empty() {
        join(case, new.amount)?;
    } else {
        pledges::wait(storage, case.id, &new.pledger, ask)?;
    }
    Ok(displaced)
}

/// Frees the place of the smallest pledge outside the set; of equal ones, the first by address. Its money can be taken back
/// at once. It met no condition of a member, being outside, so the set stays what it was.
fn displace(
    storage: &mut dyn Storage,
    case: &mut Case,
    new: &NewPledge,
) -> Result<EscrowEvent, ContractError> {
    let (_, waiting) = pledges::roll(storage, case.id)?;
    let smallest = waiting.into_iter().min_by_key(|waiting| waiting.amount);
    let full = ContractError::ListFull {
        max: MAX_PLEDGES,
        smallest: smallest.as_ref().map(|waiting| Amount(waiting.amount)),
        got: new.amount.0,
    };
    let smallest = smallest
        .filter(|waiting| waiting.amount < new.amount.0)
        .ok_or(full)?;
    let (pledger, amount) = (smallest.pledger, Amount(smallest.amount));
    pledges::remove_pledge(storage, case.id, &pledger);
    let owed = add(pledges::displaced(storage, case.id, &pledger)?, amount)?;
    pledges::save_displaced(storage, case.id, &pledger, owed)?;
    let project = &mut case.project;
    project.pledges = project.pledges.saturating_sub(1);
    project.pledged = sub(project.pledged, amount)?;
    project.totals.displaced = add(project.totals.displaced, amount)?;
    Ok(EscrowEvent::Displaced {
        project: case.id,
        pledger,
        amount,
    })
}

/// Lets the waiting pledges into the set whose conditions are met now. Nothing is read where none waits.
fn let_in(storage: &mut dyn Storage, case: &mut Case) -> Result<(), ContractError> {
    if !pledges::any_waits(storage, case.id) {
        return Ok(());
    }
    let (members, waiting) = pledges::roll(storage, case.id)?;
    let joins = joining(&members, &waiting);
    for (waiting, _) in waiting.iter().zip(joins).filter(|(_, joins)| *joins) {
        pledges::join(storage, case.id, &waiting.pledger);
        join(case, Amount(waiting.amount))?;
    }
    Ok(())
}

/// Counts a pledge into the set.
fn join(case: &mut Case, amount: Amount) -> Result<(), ContractError> {
    let project = &mut case.project;
    project.consistent_pledges = project.consistent_pledges.saturating_add(1);
    project.consistent = add(project.consistent, amount)?;
    Ok(())
}

/// Funds the project where the set reaches the target. What is above the cap can be taken back at once.
fn latch(storage: &dyn Storage, case: &mut Case) -> Result<Option<EscrowEvent>, ContractError> {
    let consistent = case.project.consistent;
    if consistent < case.terms.target {
        return Ok(None);
    }
    let amount = consistent.min(case.terms.cap);
    let (members, _) = pledges::roll(storage, case.id)?;
    let pledged = members.iter().map(|member| (&member.pledger, member.amount));
    case.project.funded = Some(Funded {
        at: case.now,
        taken: Division::among(amount.0, pledged),
    });
    Ok(Some(EscrowEvent::Funded {
        project: case.id,
        funded: amount,
    }))
}
