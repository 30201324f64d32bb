use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::Amount;

use super::grow::{grow, Message};
use crate::addresses::Addresses;
use crate::ask;
use crate::case::Case;
use crate::error::ContractError;
use crate::possible::check_possible;
use crate::state::pledges;

/// Weakens the condition of a pledge. Asking for less drops nobody: the set only grows, and may reach the target.
pub(crate) fn restate(
    storage: &mut dyn Storage,
    addresses: &Addresses,
    mut case: Case,
    sender: Addr,
    condition: &Condition,
) -> Result<Response, ContractError> {
    case.check_phase(&[Phase::Open], "open")?;
    if pledges::pledge(storage, case.id, &sender)?.is_none() {
        return Err(case.unknown_pledge(&sender));
    }
    let ask = ask::of_condition(condition, addresses)?;
    if !ask.asks_no_more_than(&pledges::ask(storage, case.id, &sender)?) {
        return Err(ContractError::StrongerCondition);
    }
    check_possible(storage, &case, &ask)?;
    pledges::save_ask(storage, case.id, &sender, &ask)?;
    let mut told = vec![EscrowEvent::Restated {
        project: case.id,
        pledger: sender.clone(),
    }];
    if !pledges::is_member(storage, case.id, &sender) {
        case.wait_last(storage, &sender, &ask)?;
        let message = Message {
            sender: &sender,
            before: case.project.consistent,
            in_set: Amount::ZERO,
        };
        told.extend(grow(storage, &mut case, &message)?);
        case.save(storage)?;
    }
    Ok(Response::new().add_events(told.into_iter().map(Event::from)))
}
