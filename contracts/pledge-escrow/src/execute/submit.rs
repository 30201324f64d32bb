use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;

use crate::case::Case;
use crate::checks::{check_hash, check_uri};
use crate::error::ContractError;
use crate::project::Evidence;
use crate::state;

/// Starts the review of the next milestone, while its grace is not over. Once submitted it is never overdue.
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
    let (next, stage) = case.next_milestone();
    let until = match stage {
        Some(stage) if milestone == next => case.submitted_until(stage),
        _ => {
            return Err(ContractError::MilestoneOrder {
                expected: next,
                got: milestone,
            })
        }
    };
    if case.now >= until {
        let now = case.now;
        return Err(ContractError::Overdue { until, now });
    }
    case.project.submitted_at.push(case.now);
    case.save(storage)?;
    state::save_evidence(storage, case.id, milestone, &evidence)?;
    Ok(Response::new().add_event(EscrowEvent::MilestoneSubmitted {
        project: case.id,
        milestone,
        evidence_hash: evidence.hash,
        payable_at: case.now.plus(case.terms.review_period),
    }))
}
