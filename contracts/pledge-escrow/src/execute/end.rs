use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::{Seconds, UnixSeconds};

use crate::amounts::add;
use crate::case::Case;
use crate::error::ContractError;
use crate::state::votes;

/// Ends a project whose next milestone was not submitted when it was due, nor in the grace after that; anybody may, so that every
/// wait ends.
pub(crate) fn terminate(storage: &mut dyn Storage, mut case: Case) -> Result<Response, ContractError> {
    case.check_active()?;
    case.check_overdue(case.terms.grace, true)?;
    let told = case.ended(false);
    case.save(storage)?;
    Ok(Response::new().add_event(told))
}

/// A holder wants the project to end: after a due date, or after a verdict that left nothing of a milestone. The vote that reaches
/// the consent share ends it.
pub(crate) fn consent_to_end(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
) -> Result<Response, ContractError> {
    let amount = case.holder(storage, &sender)?;
    case.check_active()?;
    if !case.missed() {
        case.check_overdue(Seconds(0), false)?;
    }
    let ballot = case.project.end_ballot.number;
    if votes::end_vote(storage, case.id, &sender)? == Some(ballot) {
        let what = "consent to end";
        return Err(ContractError::Already { what });
    }
    votes::save_end_vote(storage, case.id, &sender, ballot)?;
    let consented = add(case.project.end_ballot.consented, amount)?;
    case.project.end_ballot.consented = consented;
    let told = EscrowEvent::EndConsented {
        project: case.id,
        holder: sender,
        amount,
        consented,
    };
    let ended = (consented.0 >= case.consent_needed()).then(|| case.ended(false));
    case.save(storage)?;
    let told = [told].into_iter().chain(ended);
    Ok(Response::new().add_events(told.map(Event::from)))
}

impl Case {
    /// Refuses before the due date of the next milestone, and so long after it.
    fn check_overdue(&self, after: Seconds, grace: bool) -> Result<(), ContractError> {
        let submitted = ContractError::Phase {
            expected: "with a milestone not submitted",
            got: Phase::Active,
        };
        let from: UnixSeconds = self.next_due().ok_or(submitted)?.plus(after);
        if self.now < from {
            let now = self.now;
            return Err(ContractError::NotOverdue { from, grace, now });
        }
        Ok(())
    }

    /// Ends the project, and tells it.
    pub(super) fn ended(&mut self, together: bool) -> EscrowEvent {
        let submitted = self.next_milestone();
        let (returned, forfeited) = self.end(together);
        EscrowEvent::Terminated {
            project: self.id,
            submitted,
            returned,
            forfeited,
        }
    }
}
