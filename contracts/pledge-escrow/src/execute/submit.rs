use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::case::Case;
use crate::checks::{check_hash, check_uri};
use crate::error::ContractError;
use crate::project::{Evidence, Work};
use crate::state;

/// Starts the review of the next milestone, until somebody ends the project. Once submitted it is never overdue.
pub(crate) fn submit_milestone(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: &Addr,
    milestone: u32,
    evidence: Evidence,
) -> Result<Response, ContractError> {
    case.check_contractor(sender)?;
    case.check_phase(&[Phase::Active], "active")?;
    check_hash("evidence_hash", &evidence.hash)?;
    check_uri("evidence_uri", &evidence.uri)?;
    let next = case.next_milestone();
    let expected = (!case.all_submitted()).then_some(next);
    if expected != Some(milestone) {
        let got = milestone;
        return Err(ContractError::MilestoneOrder { expected, got });
    }
    let work = Work {
        at: case.now,
        objected: Amount::ZERO,
        disputed_at: None,
        decided: None,
    };
    let payable_at = case.review_end(&work);
    case.project.submitted.push(work);
    case.void_end_ballot();
    case.save(storage)?;
    state::save_evidence(storage, case.id, milestone, &evidence)?;
    Ok(Response::new().add_event(EscrowEvent::MilestoneSubmitted {
        project: case.id,
        milestone,
        evidence_hash: evidence.hash,
        payable_at,
    }))
}
