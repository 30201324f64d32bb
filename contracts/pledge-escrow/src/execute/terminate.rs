use cosmwasm_std::{Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::amounts::sum;
use crate::case::Case;
use crate::conditions::Member;
use crate::error::ContractError;
use crate::project::Terminated;
use crate::state::pledges;

/// Ends a project whose next milestone is overdue; anybody may.
pub(crate) fn terminate(storage: &mut dyn Storage, mut case: Case) -> Result<Response, ContractError> {
    case.check_phase(&[Phase::Active], "active")?;
    let (next, stage) = case.next_milestone();
    let submitted = ContractError::Phase {
        expected: "with a milestone not submitted",
        got: Phase::Active,
    };
    let due = stage.ok_or(submitted)?.due;
    if case.now < due {
        return Err(ContractError::NotOverdue { due, now: case.now });
    }
    case.project.terminated = Some(Terminated {
        at: case.now,
        returned: returned(storage, &case)?,
    });
    case.save(storage)?;
    Ok(Response::new().add_event(EscrowEvent::Terminated {
        project: case.id,
        milestone: next,
    }))
}

/// What the pledgers get back in all: the sum of their parts, each rounded down.
fn returned(storage: &dyn Storage, case: &Case) -> Result<Amount, ContractError> {
    let (members, _) = pledges::roll(storage, case.id)?;
    let funded = case.project.funded.as_ref().map(|funded| &funded.taken);
    let paid = |member: &Member| funded.map_or(0, |taken| taken.part(&member.pledger, member.amount));
    let parts = members.iter().map(|member| case.returned_of(paid(member)));
    Ok(Amount(sum(parts)))
}
