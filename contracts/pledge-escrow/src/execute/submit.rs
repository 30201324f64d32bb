use cosmwasm_std::{Addr, Event, HexBinary, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::bounds::MAX_URI;
use gridpact_types::escrow::events;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use super::Case;
use crate::error::ContractError;
use crate::project::Submission;
use crate::{state, terms};

/// What shows that a milestone is done.
pub(crate) struct Evidence {
    pub hash: HexBinary,
    pub uri: String,
}

/// Starts the review of the next milestone, while it is not overdue.
pub(crate) fn submit_milestone(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    project: ProjectId,
    milestone: u32,
    evidence: Evidence,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, project, now)?;
    case.check_contractor(sender)?;
    case.check_phase(&[Phase::Active], "active")?;
    terms::check_hash("evidence_hash", &evidence.hash)?;
    terms::check_length("evidence_uri", &evidence.uri, 0, MAX_URI)?;
    let next = case.project.submissions.len();
    let due = case.plan.milestones.get(next).map(|stage| stage.due);
    let (Some(due), true) = (due, usize::try_from(milestone) == Ok(next)) else {
        return Err(ContractError::MilestoneOrder {
            expected: next,
            got: milestone,
        });
    };
    if now >= due {
        return Err(ContractError::Overdue { due, now });
    }
    let event = Event::new(events::MILESTONE_SUBMITTED)
        .add_attribute("project", project.to_string())
        .add_attribute("milestone", milestone.to_string())
        .add_attribute("evidence_hash", evidence.hash.to_hex())
        .add_attribute("payable_at", now.plus(case.plan.review_period).to_string());
    case.project.submissions.push(Submission {
        at: now,
        evidence_hash: evidence.hash,
        evidence_uri: evidence.uri,
    });
    state::save_project(storage, project, &case.project)?;
    Ok(Response::new().add_event(event))
}
