use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_types::settlement::events;
use gridpact_units::{Amount, Slot, UnixSeconds};

use crate::balances;
use crate::books::{add, sub};
use crate::error::ContractError;
use crate::state;

/// Pays the owner from the free balance. It reads one page and asks nobody but the bank or the grid's token, so nothing
/// that happens to other accounts, windows or contracts can block it.
pub(crate) fn withdraw(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    slot: Slot,
    amount: Option<Amount>,
) -> Result<Response, ContractError> {
    let account = state::slot(storage, slot)?;
    if account.owner != *sender {
        return Err(ContractError::NotOwner {
            slot,
            expected: account.owner.to_string(),
            got: sender.to_string(),
        });
    }
    let free = balances::free(storage, account.seat)?;
    let amount = amount.unwrap_or(free);
    if amount.is_zero() {
        return Err(ContractError::Nothing {
            what: format!("free balance of slot {slot}"),
        });
    }
    let Some(left) = free.checked_sub(amount) else {
        let most = usize::try_from(MAX_FINALISED).unwrap_or_default();
        let ready = state::ended(storage, now, most)?.len();
        return Err(ContractError::InsufficientFree {
            free,
            got: amount,
            ready,
        });
    };
    balances::set_free(storage, account.seat, left)?;
    let mut books = state::books(storage)?;
    books.free = sub(books.free, amount, "free")?;
    books.withdrawn = add(books.withdrawn, amount, "withdrawn")?;
    state::save_books(storage, &books);
    let event = Event::new(events::WITHDRAWN)
        .add_attribute("slot", slot.to_string())
        .add_attribute("owner", sender)
        .add_attribute("amount", amount.to_string());
    let payout = state::config(storage)?.asset.pay(sender.as_str(), amount)?;
    Ok(Response::new().add_event(event).add_message(payout))
}
