use cosmwasm_std::{Addr, Event, HexBinary, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::Amount;

use super::grow::{count_in, grow, Message};
use crate::addresses::Addresses;
use crate::amounts::add;
use crate::ask;
use crate::case::Case;
use crate::conditions::Ask;
use crate::error::ContractError;
use crate::possible::check_possible;
use crate::project::Pledge;
use crate::state::pledges;

/// A pledge as it came.
pub(crate) struct NewPledge {
    pub pledger: Addr,
    pub amount: Amount,
    pub terms_hash: HexBinary,
    pub condition: Condition,
}

/// Locks a pledge, lets in who now meets each other's conditions, and latches the project where the set reaches the target.
pub(crate) fn pledge(
    storage: &mut dyn Storage,
    addresses: &Addresses,
    mut case: Case,
    new: NewPledge,
) -> Result<Response, ContractError> {
    case.check_phase(&[Phase::Open], "open")?;
    case.check_hash(&new.terms_hash)?;
    let ask = ask::of_condition(&new.condition, addresses)?;
    check_possible(storage, &case, &ask)?;
    let earlier = pledges::pledge(storage, case.id, &new.pledger)?;
    check_admitted(storage, &case, &new, earlier.as_ref())?;
    case.book_in(storage, new.amount, |books| &mut books.pledged)?;
    // Everything ever pledged bounds every other sum of pledges.
    case.project.totals.pledged = add(case.project.totals.pledged, new.amount)?;
    case.project.pledged = add(case.project.pledged, new.amount)?;
    let before = case.project.consistent;
    let first = earlier.is_none();
    let in_set = match earlier {
        Some(earlier) => raise(storage, &mut case, &new, &ask, earlier)?,
        None => lock(storage, &mut case, &new, &ask)?,
    };
    let message = Message {
        sender: &new.pledger,
        before,
        in_set: if in_set { new.amount } else { Amount::ZERO },
    };
    let grown = grow(storage, &mut case, &message)?;
    case.save(storage)?;
    let pledged = EscrowEvent::Pledged {
        project: case.id,
        pledger: new.pledger.clone(),
        amount: new.amount,
        pledged: case.project.pledged,
        consistent: case.project.consistent,
    };
    let joined = (first && in_set).then_some(EscrowEvent::Joined {
        project: case.id,
        pledger: new.pledger,
        amount: new.amount,
    });
    let told = [pledged].into_iter().chain(joined).chain(grown);
    Ok(Response::new().add_events(told.map(Event::from)))
}

/// Refuses a pledge that the terms do not admit.
fn check_admitted(
    storage: &dyn Storage,
    case: &Case,
    new: &NewPledge,
    earlier: Option<&Pledge>,
) -> Result<(), ContractError> {
    if case.terms.bars(&new.pledger) {
        let got = new.pledger.to_string();
        return Err(ContractError::Barred { got });
    }
    let (first, got) = (earlier.is_none(), new.amount.0);
    match case.terms.minimum {
        Some(min) if first && new.amount < min => Err(ContractError::BelowMinimum { min, got }),
        Some(_) => check_cap(
            case,
            add(new.amount, earlier.map_or(Amount::ZERO, |earlier| earlier.amount))?,
        ),
        None => {
            let stranger = || ContractError::NotParty {
                got: new.pledger.to_string(),
            };
            let expected = pledges::party(storage, case.id, &new.pledger)?.ok_or_else(stranger)?;
            if first && expected == new.amount {
                Ok(())
            } else {
                Err(ContractError::NamedAmount { expected, first, got })
            }
        }
    }
}

/// More than the cap could never be taken: a lender's money, there for a moment, would only meet conditions of others.
fn check_cap(case: &Case, got: Amount) -> Result<(), ContractError> {
    let cap = case.terms.cap;
    if got > cap {
        return Err(ContractError::AboveCap { cap, got });
    }
    Ok(())
}

/// Adds to a pledge; a larger pledge can only help the others. True where it is in the set: then only what is added is last in
/// the order of pledging. Outside the set, the whole of it is.
fn raise(
    storage: &mut dyn Storage,
    case: &mut Case,
    new: &NewPledge,
    ask: &Ask,
    earlier: Pledge,
) -> Result<bool, ContractError> {
    if pledges::ask(storage, case.id, &new.pledger)? != *ask {
        return Err(ContractError::OtherCondition);
    }
    let amount = add(earlier.amount, new.amount)?;
    pledges::save_pledge(storage, case.id, &new.pledger, &Pledge { amount, ..earlier })?;
    let in_set = pledges::is_member(storage, case.id, &new.pledger);
    if in_set {
        case.project.consistent = add(case.project.consistent, new.amount)?;
    } else {
        case.wait_last(storage, &new.pledger, ask)?;
    }
    Ok(in_set)
}

/// Stores a first pledge. True where it is in the set at once, since it asks nothing.
fn lock(
    storage: &mut dyn Storage,
    case: &mut Case,
    new: &NewPledge,
    ask: &Ask,
) -> Result<bool, ContractError> {
    let pledge = Pledge {
        amount: new.amount,
        ..Pledge::default()
    };
    pledges::save_pledge(storage, case.id, &new.pledger, &pledge)?;
    pledges::index(storage, case.id, &new.pledger)?;
    case.project.pledges = case.project.pledges.saturating_add(1);
    if ask.is_empty() {
        count_in(case, new.amount)?;
        return Ok(true);
    }
    pledges::save_ask(storage, case.id, &new.pledger, ask)?;
    case.wait_last(storage, &new.pledger, ask)?;
    Ok(false)
}
