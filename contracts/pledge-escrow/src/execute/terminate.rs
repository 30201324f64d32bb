use cosmwasm_std::{Event, Response, StdResult, Storage};
use gridpact_types::escrow::{events, Phase, ProjectId};
use gridpact_units::{Amount, UnixSeconds};

use super::Case;
use crate::error::ContractError;
use crate::project::Terminated;
use crate::shares::part;
use crate::state;

/// Ends a project whose next milestone is overdue; anybody may.
pub(crate) fn terminate(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
) -> Result<Response, ContractError> {
    let mut case = Case::load(storage, project, now)?;
    case.check_phase(&[Phase::Active], "active")?;
    let next = case.project.submissions.len();
    let submitted = ContractError::Phase {
        expected: "with a milestone not submitted",
        got: Phase::Active,
    };
    let due = case
        .terms
        .milestones
        .get(next)
        .map(|terms| terms.due)
        .ok_or(submitted)?;
    if now < due {
        return Err(ContractError::NotOverdue { due, now });
    }
    case.project.terminated = Some(Terminated {
        at: now,
        returned: returned(storage, &case)?,
    });
    state::save_project(storage, project, &case.project)?;
    let event = Event::new(events::TERMINATED)
        .add_attribute("project", project.to_string())
        .add_attribute("milestone", next.to_string());
    Ok(Response::new().add_event(event))
}

/// What the pledgers get back in all: the sum of their parts, each rounded down.
fn returned(storage: &dyn Storage, case: &Case) -> Result<Amount, ContractError> {
    let view = case.view();
    let unearned = view.unearned();
    let pledges = state::pledges(storage, case.id, None).collect::<StdResult<Vec<_>>>()?;
    let part_of = |(pledger, pledge): &(_, _)| {
        let member = state::is_member(storage, case.id, pledger);
        part(unearned, view.paid(pledge, member), view.funded())
    };
    Ok(Amount(pledges.iter().map(part_of).fold(0, u128::saturating_add)))
}
