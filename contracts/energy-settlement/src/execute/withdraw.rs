use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_units::{Amount, Slot, UnixSeconds};

use crate::amounts::{add, sub};
use crate::authority::check_owner;
use crate::balances;
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
    check_owner(slot, &account, sender)?;
    let place = account.place(slot);
    let free = balances::free(storage, place)?;
    let amount = amount.unwrap_or(free);
    if amount.is_zero() {
        return Err(ContractError::Nothing {
            what: format!("free balance of slot {slot}"),
        });
    }
    let Some(left) = free.checked_sub(amount) else {
        let max = usize::try_from(MAX_FINALISED).unwrap_or_default();
        let ready = state::ended(storage, now, max)?.len();
        return Err(ContractError::InsufficientFree {
            free,
            got: amount,
            ready,
        });
    };
    balances::set_free(storage, place, left)?;
    let mut books = state::books(storage)?;
    books.free = sub(books.free, amount, "free")?;
    books.withdrawn = add(books.withdrawn, amount, "withdrawn")?;
    state::save_books(storage, &books);
    let owner = account.owner;
    let event = SettlementEvent::Withdrawn { slot, owner, amount };
    let payout = state::config(storage)?.asset.pay(sender.as_str(), amount)?;
    Ok(Response::new().add_event(event).add_message(payout))
}
