use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::disputes::{DecidedBy, Decision, Proposal};
use gridpact_types::escrow::events::EscrowEvent;

use crate::amounts::add;
use crate::case::Case;
use crate::error::ContractError;
use crate::project::Offer;
use crate::state::votes;

/// The contractor makes an offer, with the next number: consents to an earlier one name another, so they are void at once.
pub(crate) fn offer(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: &Addr,
    proposal: Proposal,
) -> Result<Response, ContractError> {
    case.check_contractor(sender)?;
    case.check_proposal(proposal)?;
    let project = &mut case.project;
    project.offers = project.offers.saturating_add(1);
    project.offer = Some(Offer {
        number: project.offers,
        proposal,
        consented: Default::default(),
    });
    case.save(storage)?;
    Ok(Response::new().add_event(EscrowEvent::Offered {
        project: case.id,
        offer: case.project.offers,
        proposal,
    }))
}

/// The contractor takes the standing offer back.
pub(crate) fn withdraw_offer(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: &Addr,
) -> Result<Response, ContractError> {
    case.check_contractor(sender)?;
    let what = "offer";
    let offer = case.project.offer.take();
    let offer = offer.ok_or(ContractError::NotThere { what })?.number;
    case.save(storage)?;
    let project = case.id;
    Ok(Response::new().add_event(EscrowEvent::OfferWithdrawn { project, offer }))
}

/// A holder agrees to the standing offer; the consent that reaches the share carries it out.
pub(crate) fn consent(
    storage: &mut dyn Storage,
    mut case: Case,
    sender: Addr,
    number: u64,
) -> Result<Response, ContractError> {
    let amount = case.holder(storage, &sender)?;
    let standing = case.project.offer.as_ref();
    let Some(Offer {
        proposal, consented, ..
    }) = standing.filter(|offer| offer.number == number).cloned()
    else {
        return Err(ContractError::OtherOffer {
            expected: standing.map(|offer| offer.number),
            got: number,
        });
    };
    case.check_proposal(proposal)?;
    if votes::consent(storage, case.id, &sender)? == Some(number) {
        let what = "consent";
        return Err(ContractError::Already { what });
    }
    votes::save_consent(storage, case.id, &sender, number)?;
    let consented = add(consented, amount)?;
    let told = EscrowEvent::Consented {
        project: case.id,
        offer: number,
        holder: sender,
        amount,
        consented,
    };
    let carried_out = if consented.0 >= case.consent_needed() {
        Some(carry_out(storage, &mut case, proposal)?)
    } else {
        case.project.offer = Some(Offer {
            number,
            proposal,
            consented,
        });
        None
    };
    case.save(storage)?;
    let told = [told].into_iter().chain(carried_out);
    Ok(Response::new().add_events(told.map(Event::from)))
}

/// What was agreed comes to pass.
fn carry_out(
    storage: &mut dyn Storage,
    case: &mut Case,
    proposal: Proposal,
) -> Result<EscrowEvent, ContractError> {
    case.project.offer = None;
    match proposal {
        Proposal::Split { dispute, kept } => {
            let decision = Decision {
                at: case.now,
                kept,
                by: DecidedBy::Consent,
            };
            let settled = case.settle(dispute, decision);
            case.note_settled(storage, &settled)
        }
        Proposal::Due { milestone, due } => {
            let by = case.later_by(milestone, due)?;
            case.move_due(usize::try_from(milestone).unwrap_or(usize::MAX), by);
            case.void_end_ballot();
            Ok(EscrowEvent::DueMoved {
                project: case.id,
                milestone,
                due,
            })
        }
        Proposal::End {} => Ok(case.ended(true)),
    }
}
