use cosmwasm_std::{Addr, Api, Event, HexBinary, Response, StdResult, Storage};
use gridpact_types::escrow::{events, Condition, Phase, ProjectId};
use gridpact_units::{Amount, UnixSeconds};

use super::{add, book, sub, Case, Direction};
use crate::conditions::{greatest_set, Standing};
use crate::error::ContractError;
use crate::project::{Funded, Pledge};
use crate::shares::apportion;
use crate::state::{self, MAX_PLEDGES};
use crate::terms;

/// A pledge as it came.
pub(crate) struct NewPledge {
    pub project: ProjectId,
    pub pledger: Addr,
    pub amount: Amount,
    pub terms_hash: HexBinary,
    pub condition: Condition,
}

/// Locks a pledge, finds the greatest self-consistent set anew, and latches the project where the set reaches the target.
pub(crate) fn pledge(
    storage: &mut dyn Storage,
    api: &dyn Api,
    now: UnixSeconds,
    new: NewPledge,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, new.project, now)?;
    case.check_phase(&[Phase::Open], "open")?;
    case.check_hash(&new.terms_hash)?;
    terms::check_condition(&new.condition, api)?;
    let earlier = state::pledge(storage, new.project, &new.pledger)?;
    terms::check_pledger(&case.terms, &new.pledger, new.amount.0, earlier.is_none())?;
    // Everything ever pledged bounds every other sum of the project.
    case.project.totals.pledged = add(case.project.totals.pledged, new.amount)?;
    let mut response = Response::new();
    match earlier {
        Some(earlier) => raise(storage, &new, earlier)?,
        None => response = response.add_events(lock(storage, &mut case, &new)?),
    }
    let project = &mut case.project;
    project.pledged = add(project.pledged, new.amount)?;
    book(
        storage,
        &case.terms.asset,
        new.amount,
        |books| &mut books.pledged,
        Direction::In,
    )?;

    let funded = find_set(storage, &mut case)?;
    state::save_project(storage, case.id, &case.project)?;
    let event = Event::new(events::PLEDGED)
        .add_attribute("project", case.id.to_string())
        .add_attribute("pledger", &new.pledger)
        .add_attribute("amount", new.amount.to_string())
        .add_attribute("pledged", case.project.pledged.to_string())
        .add_attribute("consistent", case.project.consistent.to_string());
    Ok(response.add_event(event).add_events(funded))
}

/// Adds to a pledge; a larger pledge can only help the others.
fn raise(storage: &mut dyn Storage, new: &NewPledge, earlier: Pledge) -> Result<(), ContractError> {
    if earlier.condition != new.condition {
        return Err(ContractError::OtherCondition);
    }
    let amount = add(earlier.amount, new.amount)?;
    state::save_pledge(storage, new.project, &new.pledger, &Pledge { amount, ..earlier })?;
    Ok(())
}

/// A first pledge waits until the set is found. A full list gives up its smallest pledge outside the set for it.
fn lock(storage: &mut dyn Storage, case: &mut Case, new: &NewPledge) -> Result<Option<Event>, ContractError> {
    let displaced = if case.project.pledges >= MAX_PLEDGES {
        Some(displace(storage, case, new)?)
    } else {
        None
    };
    let pledge = Pledge {
        amount: new.amount,
        condition: new.condition.clone(),
        paid: None,
        refunded: Amount::ZERO,
        revenue_claimed: Amount::ZERO,
    };
    state::save_pledge(storage, new.project, &new.pledger, &pledge)?;
    state::wait(storage, new.project, &new.pledger)?;
    case.project.pledges = case.project.pledges.saturating_add(1);
    Ok(displaced)
}

/// Frees the place of the smallest pledge outside the set; of equal ones, the first by address. Its money can be taken back
/// at once.
fn displace(storage: &mut dyn Storage, case: &mut Case, new: &NewPledge) -> Result<Event, ContractError> {
    let mut smallest: Option<(Addr, Amount)> = None;
    for pledge in state::pledges(storage, new.project, None) {
        let (pledger, pledge) = pledge?;
        let smaller = smallest
            .as_ref()
            .is_none_or(|(_, amount)| pledge.amount < *amount);
        if smaller && !state::is_member(storage, new.project, &pledger) {
            smallest = Some((pledger, pledge.amount));
        }
    }
    let full = ContractError::ListFull {
        max: MAX_PLEDGES,
        smallest: smallest.as_ref().map(|(_, amount)| *amount),
        got: new.amount.0,
    };
    let (pledger, amount) = smallest.filter(|(_, amount)| *amount < new.amount).ok_or(full)?;
    state::remove_pledge(storage, new.project, &pledger);
    let owed = add(state::displaced(storage, new.project, &pledger)?, amount)?;
    state::save_displaced(storage, new.project, &pledger, owed)?;
    let project = &mut case.project;
    project.pledges = project.pledges.saturating_sub(1);
    project.pledged = sub(project.pledged, amount)?;
    project.totals.displaced = add(project.totals.displaced, amount)?;
    Ok(Event::new(events::DISPLACED)
        .add_attribute("project", new.project.to_string())
        .add_attribute("pledger", pledger)
        .add_attribute("amount", amount.to_string()))
}

/// Finds the set, notes who joined it, and latches.
fn find_set(storage: &mut dyn Storage, case: &mut Case) -> Result<Option<Event>, ContractError> {
    let id = case.id;
    let pledges = state::pledges(storage, id, None).collect::<StdResult<Vec<_>>>()?;
    let standing: Vec<Standing> = pledges
        .iter()
        .map(|(pledger, pledge)| Standing {
            pledger: pledger.as_str(),
            amount: pledge.amount.0,
            condition: &pledge.condition,
            member: state::is_member(storage, id, pledger),
        })
        .collect();
    let inside = greatest_set(&standing);
    let joins: Vec<bool> = standing
        .iter()
        .zip(&inside)
        .map(|(pledge, inside)| *inside && !pledge.member)
        .collect();
    for ((pledger, _), _) in pledges.iter().zip(joins).filter(|(_, joins)| *joins) {
        state::join(storage, id, pledger);
    }
    let members = || {
        pledges
            .iter()
            .zip(&inside)
            .filter(|(_, inside)| **inside)
            .map(|(pledge, _)| pledge)
    };
    let amounts: Vec<u128> = members().map(|(_, pledge)| pledge.amount.0).collect();
    let project = &mut case.project;
    project.consistent_pledges = u32::try_from(amounts.len()).unwrap_or(u32::MAX);
    project.consistent = amounts
        .iter()
        .try_fold(Amount::ZERO, |sum, amount| add(sum, Amount(*amount)))?;
    if project.consistent < case.terms.target {
        return Ok(None);
    }
    let amount = project.consistent.min(case.terms.cap);
    if amount < project.consistent {
        // Above the cap every member pays its part; the rest can be taken back at once.
        for ((pledger, pledge), paid) in members().zip(apportion(amount.0, &amounts)) {
            let pledge = Pledge {
                paid: Some(Amount(paid)),
                ..pledge.clone()
            };
            state::save_pledge(storage, id, pledger, &pledge)?;
        }
    }
    project.funded = Some(Funded { at: case.now, amount });
    let event = Event::new(events::FUNDED)
        .add_attribute("project", id.to_string())
        .add_attribute("funded", amount.to_string());
    Ok(Some(event))
}
