use cosmwasm_std::{Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;

use crate::case::Case;
use crate::error::ContractError;
use crate::project::Terminated;
use crate::shares::Division;
use crate::state::pledges;

/// Ends a project whose next milestone was not submitted when it was due, nor in the grace after that; anybody may.
pub(crate) fn terminate(storage: &mut dyn Storage, mut case: Case) -> Result<Response, ContractError> {
    case.check_phase(&[Phase::Active], "active")?;
    let (next, stage) = case.next_milestone();
    let submitted = ContractError::Phase {
        expected: "with a milestone not submitted",
        got: Phase::Active,
    };
    let until = case.submitted_until(stage.ok_or(submitted)?);
    if case.now < until {
        let now = case.now;
        return Err(ContractError::NotOverdue { until, now });
    }
    let returned = returned(storage, &case)?;
    let told = EscrowEvent::Terminated {
        project: case.id,
        milestone: next,
        returned: returned.total,
    };
    let at = case.now;
    case.project.terminated = Some(Terminated { at, returned });
    case.save(storage)?;
    Ok(Response::new().add_event(told))
}

/// What nobody earned, divided exactly among those who paid.
fn returned(storage: &dyn Storage, case: &Case) -> Result<Division, ContractError> {
    let members = pledges::members(storage, case.id)?;
    let shares = members.iter().map(|member| (&member.pledger, case.paid(member)));
    Ok(Division::among(case.unearned(), shares))
}
