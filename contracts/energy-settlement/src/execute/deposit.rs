use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::settlement::bounds::MAX_HOLDINGS;
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_units::{Amount, Slot};

use crate::amounts::add;
use crate::balances;
use crate::error::ContractError;
use crate::state;

/// Money that came for a slot.
pub(crate) struct Deposit {
    pub slot: Slot,
    pub payer: Addr,
    pub amount: Amount,
}

/// Adds to a slot's free balance, whoever pays.
pub(crate) fn deposit(storage: &mut dyn Storage, deposit: Deposit) -> Result<Response, ContractError> {
    let Deposit { slot, payer, amount } = deposit;
    let place = state::slot(storage, slot)?.place(slot);
    let mut books = state::books(storage)?;
    let holdings = Amount(books.holdings()?.0.saturating_add(amount.0));
    if holdings > MAX_HOLDINGS {
        return Err(ContractError::Holdings {
            max: MAX_HOLDINGS,
            got: holdings,
        });
    }
    let free = add(balances::free(storage, place)?, amount, "free balance")?;
    balances::set_free(storage, place, free)?;
    books.free = add(books.free, amount, "free")?;
    books.deposited = add(books.deposited, amount, "deposited")?;
    state::save_books(storage, &books);
    let event = SettlementEvent::Deposited { slot, payer, amount };
    Ok(Response::new().add_event(event))
}
