use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_units::{Amount, Slot, UnixSeconds};

use crate::amounts::{add, sub};
use crate::authority::check_owner;
use crate::balances;
use crate::ended::Ended;
use crate::error::ContractError;
use crate::ledger::Ledger;
use crate::place::Place;
use crate::state;

/// Pays the owner from the free balance. It asks nobody but the bank or the grid's token, so nothing that happens to other
/// accounts or contracts can block it. Where what is free suffices it reads one page; else, and where everything is asked for,
/// windows whose time is over are made final first: what is final is free by the clock, without anybody's crank.
pub(crate) fn withdraw(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    slot: Slot,
    amount: Option<Amount>,
) -> Result<Response, ContractError> {
    let account = state::slot(storage, slot)?;
    check_owner(slot, &account, sender)?;
    if amount == Some(Amount::ZERO) {
        return Err(ContractError::NothingAsked {});
    }
    let place = account.place(slot);
    let mut free = balances::free(storage, place)?;
    let (mut finalised, mut more_ended) = (Vec::new(), false);
    if amount.is_none_or(|amount| amount > free) {
        (finalised, more_ended) = make_final(storage, now)?;
        free = balances::free(storage, place)?;
    }
    let amount = amount.unwrap_or(free);
    take(storage, slot, place, free, amount, more_ended)?;
    let owner = account.owner;
    let event = SettlementEvent::Withdrawn {
        slot,
        owner,
        amount,
        more_ended,
    };
    let payout = state::config(storage)?.asset.pay(sender.as_str(), amount)?;
    Ok(Response::new()
        .add_events(finalised)
        .add_event(event)
        .add_message(payout))
}

/// Makes windows final whose time is over; what to tell of them, and whether more have ended than a message takes.
fn make_final(storage: &mut dyn Storage, now: UnixSeconds) -> Result<(Vec<Event>, bool), ContractError> {
    let ended = Ended::list(storage, now)?;
    if ended.is_empty() {
        return Ok((Vec::new(), false));
    }
    let mut ledger = Ledger::load(storage)?;
    let finalised = ledger.finalise(storage, &ended.windows)?;
    ledger.save(storage)?;
    Ok((finalised, ended.more))
}

/// Takes an amount out of what is free, and books it.
fn take(
    storage: &mut dyn Storage,
    slot: Slot,
    place: Place,
    free: Amount,
    amount: Amount,
    more_ended: bool,
) -> Result<(), ContractError> {
    if amount.is_zero() {
        return Err(ContractError::NothingFree { slot, more_ended });
    }
    let Some(left) = free.checked_sub(amount) else {
        return Err(ContractError::InsufficientFree {
            free,
            got: amount,
            more_ended,
        });
    };
    balances::set_free(storage, place, left)?;
    let mut books = state::books(storage)?;
    books.free = sub(books.free, amount, "free")?;
    books.withdrawn = add(books.withdrawn, amount, "withdrawn")?;
    state::save_books(storage, &books);
    Ok(())
}
