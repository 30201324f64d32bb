use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::disputes::{Dispute, Reason};
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use super::holders::check_reason;
use crate::amounts::{add, sub};
use crate::case::Case;
use crate::error::ContractError;
use crate::project::Objection;
use crate::state::votes;

/// Objects to a milestone in review. Also while it is disputed: who supplied the share first must not be the only one heard.
pub(crate) fn object(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    milestone: u32,
    reason: Reason,
) -> Result<Response, ContractError> {
    let needed = case.objection_needed().ok_or(ContractError::NoDecider)?;
    let amount = case.holder(storage, &sender)?;
    check_in_review(&case, milestone)?;
    check_reason(&reason)?;
    if votes::objects(storage, case.id, milestone, &sender) {
        let what = "objection";
        return Err(ContractError::Already { what });
    }
    let objection = Objection {
        amount,
        reason,
        at: case.now,
    };
    votes::save_objection(storage, case.id, milestone, &sender, &objection)?;
    let now = case.now;
    let (mut objected, mut begins) = (amount, false);
    if let Some(work) = case.work_mut(milestone) {
        objected = add(work.objected, amount)?;
        work.objected = objected;
        begins = work.disputed_at.is_none() && objected.0 >= needed;
        if begins {
            work.disputed_at = Some(now);
        }
    }
    case.save(storage)?;
    let told = EscrowEvent::Objected {
        project: case.id,
        milestone,
        holder: sender,
        amount,
        objected,
        reason_hash: objection.reason.hash,
    };
    let dispute = begins.then(|| case.disputed(Dispute::Milestone { milestone }));
    let told = [told].into_iter().chain(dispute.transpose()?);
    Ok(Response::new().add_events(told.map(Event::from)))
}

/// Takes an objection back, while there are too few: else a friend of the contractor could supply the share, keep the others
/// from waiting any longer, and take it back in the last second.
pub(crate) fn withdraw_objection(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    milestone: u32,
) -> Result<Response, ContractError> {
    let amount = case.holder(storage, &sender)?;
    check_in_review(&case, milestone)?;
    if !votes::objects(storage, case.id, milestone, &sender) {
        let what = "objection";
        return Err(ContractError::NotThere { what });
    }
    let mut objected = Amount::ZERO;
    if let Some(work) = case.work_mut(milestone) {
        if work.disputed_at.is_some() {
            let what = "objection";
            return Err(ContractError::BeforeDecider { what });
        }
        objected = sub(work.objected, amount)?;
        work.objected = objected;
    }
    votes::remove_objection(storage, case.id, milestone, &sender);
    case.save(storage)?;
    Ok(Response::new().add_event(EscrowEvent::ObjectionWithdrawn {
        project: case.id,
        milestone,
        holder: sender,
        objected,
    }))
}

/// Refuses a milestone that is not submitted, of which the review is over, or that was decided.
fn check_in_review(case: &Case, milestone: u32) -> Result<(), ContractError> {
    let work = case.work(milestone).filter(|work| work.decided.is_none());
    let until = work.map(|work| case.review_end(work));
    if until.is_some_and(|until| case.now < until) {
        return Ok(());
    }
    Err(ContractError::NotInReview {
        milestone,
        until,
        now: case.now,
    })
}
