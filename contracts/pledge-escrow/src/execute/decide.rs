use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::disputes::{DecidedBy, Decision, Dispute, Reason};
use gridpact_units::BasisPoints;

use super::holders::check_reason;
use crate::case::Case;
use crate::error::ContractError;
use crate::offers::check_kept;
use crate::state::verdicts;

/// Ends a dispute by the decider's split. When the time is up the dispute has ended already: see `disputes::lapse`.
pub(crate) fn decide(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: &Addr,
    dispute: Dispute,
    kept: BasisPoints,
    reason: &Reason,
) -> Result<Response, ContractError> {
    let decider = case.terms.decider.as_ref().ok_or(ContractError::NoDecider)?;
    if decider.address != *sender {
        return Err(ContractError::NotDecider {
            expected: decider.address.to_string(),
            got: sender.to_string(),
        });
    }
    check_kept(kept)?;
    check_reason(reason)?;
    if case.disputed_since(dispute).is_none() {
        return Err(ContractError::NotDisputed { dispute });
    }
    let decision = Decision {
        at: case.now,
        kept,
        by: DecidedBy::Decider,
    };
    let settled = case.settle(dispute, decision);
    case.save(storage)?;
    verdicts::save(storage, case.id, dispute, reason)?;
    let told = case.note_settled(storage, &settled)?;
    Ok(Response::new().add_event(told))
}
