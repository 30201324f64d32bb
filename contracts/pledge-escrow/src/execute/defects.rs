use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::bounds::{MAX_AWARDS, MAX_OPEN_CLAIMS};
use gridpact_types::escrow::disputes::{ClaimId, Dispute, Reason};
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use super::holders::check_reason;
use crate::amounts::{add, sub};
use crate::case::Case;
use crate::error::ContractError;
use crate::project::{Claim, OpenClaim};
use crate::state::defects;

/// Claims a sum of the retention, and supports the claim.
pub(crate) fn claim_defects(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    amount: Amount,
    reason: Reason,
) -> Result<Response, ContractError> {
    let (paid, needed) = may_support(storage, &case, &sender)?;
    check_reason(&reason)?;
    let most = case.retention_left();
    if amount.is_zero() || amount.0 > most {
        return Err(ContractError::ClaimAmount { most, got: amount });
    }
    let number = case.project.claims.last.saturating_add(1);
    case.project.claims.last = number;
    let told = EscrowEvent::DefectsClaimed {
        project: case.id,
        claim: number,
        holder: sender.clone(),
        amount,
        reason_hash: reason.hash.clone(),
    };
    let claim = Claim {
        holder: sender.clone(),
        amount,
        reason,
        at: case.now,
        supported: Amount::ZERO,
        open_at: None,
        decided: None,
    };
    let supported = support(storage, &mut case, sender, number, claim, paid, needed)?;
    let told = [told].into_iter().chain(supported);
    Ok(Response::new().add_events(told.map(Event::from)))
}

/// Supports a claim of somebody.
pub(crate) fn support_claim(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    number: ClaimId,
) -> Result<Response, ContractError> {
    let (paid, needed) = may_support(storage, &case, &sender)?;
    let claim = defects::claim(storage, case.id, number)?;
    let exists = claim.is_some();
    let claim = claim.filter(|claim| claim.open_at.is_none());
    let claim = claim.ok_or(ContractError::NotGathering {
        claim: number,
        exists,
    })?;
    let told = support(storage, &mut case, sender, number, claim, paid, needed)?;
    Ok(Response::new().add_events(told.into_iter().map(Event::from)))
}

/// Takes support back, while there is too little. A claim without any is gone, so there are never more that gather support than
/// there are holders.
pub(crate) fn withdraw_support(
    storage: &mut dyn Storage,
    case: Case,
    sender: Addr,
) -> Result<Response, ContractError> {
    let paid = case.holder(storage, &sender)?;
    let what = "support";
    let supported = defects::supported(storage, case.id, &sender)?;
    let (number, mut claim) = supported.ok_or(ContractError::NotThere { what })?;
    if claim.open_at.is_some() {
        return Err(ContractError::BeforeDecider { what });
    }
    claim.supported = sub(claim.supported, paid)?;
    defects::remove_support(storage, case.id, &sender);
    if claim.supported.is_zero() {
        defects::remove_claim(storage, case.id, number);
    } else {
        defects::save_claim(storage, case.id, number, &claim)?;
    }
    Ok(Response::new().add_event(EscrowEvent::SupportWithdrawn {
        project: case.id,
        claim: number,
        holder: sender,
        supported: claim.supported,
    }))
}

/// What the sender paid and what a claim needs, where the sender may support one now.
fn may_support(storage: &dyn Storage, case: &Case, sender: &Addr) -> Result<(Amount, u128), ContractError> {
    let needed = case.objection_needed().ok_or(ContractError::NoDecider)?;
    let paid = case.holder(storage, sender)?;
    if !case.in_defects_period() {
        let period = case.defects_start().zip(case.defects_end());
        let now = case.now;
        return Err(ContractError::NotInDefects { period, now });
    }
    match defects::supported(storage, case.id, sender)? {
        Some((claim, _)) => Err(ContractError::SupportsAnother { claim }),
        None => Ok((paid, needed)),
    }
}

/// Adds support to a claim that gathers it; with enough it goes before the decider.
fn support(
    storage: &mut dyn Storage,
    case: &mut Case,
    sender: Addr,
    number: ClaimId,
    mut claim: Claim,
    paid: Amount,
    needed: u128,
) -> Result<Vec<EscrowEvent>, ContractError> {
    claim.supported = add(claim.supported, paid)?;
    let supported = claim.supported;
    let mut told = vec![EscrowEvent::ClaimSupported {
        project: case.id,
        claim: number,
        holder: sender.clone(),
        amount: paid,
        supported,
    }];
    if supported.0 >= needed {
        check_room(case)?;
        claim.open_at = Some(case.now);
        case.project.claims.open.push(OpenClaim {
            claim: number,
            amount: claim.amount,
            at: case.now,
        });
        told.push(case.disputed(Dispute::Claim { claim: number })?);
    }
    defects::support(storage, case.id, &sender, number)?;
    defects::save_claim(storage, case.id, number, &claim)?;
    case.save(storage)?;
    Ok(told)
}

/// Refuses a claim too many before the decider: at once, or of those that may be awarded something.
fn check_room(case: &Case) -> Result<(), ContractError> {
    let claims = &case.project.claims;
    let open = u32::try_from(claims.open.len()).unwrap_or(u32::MAX);
    if claims.open.len() >= MAX_OPEN_CLAIMS {
        let max = u32::try_from(MAX_OPEN_CLAIMS).unwrap_or(u32::MAX);
        let what = "before the decider at once";
        return Err(ContractError::ClaimsFull { max, what });
    }
    if claims.awards.saturating_add(open) >= MAX_AWARDS {
        let (max, what) = (MAX_AWARDS, "that were or may be awarded something");
        return Err(ContractError::ClaimsFull { max, what });
    }
    Ok(())
}
