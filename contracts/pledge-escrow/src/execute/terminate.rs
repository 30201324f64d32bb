use cosmwasm_std::{Event, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, UnixSeconds};

use super::Case;
use crate::conditions::Member;
use crate::error::ContractError;
use crate::project::{sum, Terminated};
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
    let due = case.plan.milestones.get(next).map(|stage| stage.due);
    let due = due.ok_or(submitted)?;
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
    let (view, (members, _)) = (case.view(), state::roll(storage, case.id)?);
    let funded = case.project.funded.as_ref().map(|funded| &funded.taken);
    let paid = |member: &Member| funded.map_or(0, |taken| taken.part(&member.pledger, member.amount));
    let parts = members.iter().map(|member| view.returned_of(paid(member)));
    Ok(Amount(sum(parts)))
}
