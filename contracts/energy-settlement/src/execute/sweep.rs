use core::mem::take;

use cosmwasm_std::{Event, Response, Storage};
use gridpact_types::settlement::accounts::{CommunityAccount, Destination};
use gridpact_types::settlement::events;
use gridpact_units::Amount;

use crate::books::{add, Books};
use crate::error::ContractError;
use crate::payment;
use crate::state::{self, Config};

/// Pays a part of the community account to the destination set at the start. Where the destination refuses, the message
/// fails and the money stays.
pub(crate) fn sweep(storage: &mut dyn Storage, account: CommunityAccount) -> Result<Response, ContractError> {
    let config = state::config(storage)?;
    let mut books = state::books(storage)?;
    let (name, amount, destination) = empty(&config, &mut books, account)?;
    if amount.is_zero() {
        return Err(ContractError::Nothing { what: name });
    }
    books.swept = add(books.swept, amount, "swept")?;
    state::save_books(storage, &books);
    let event = Event::new(events::SWEPT)
        .add_attribute("account", name)
        .add_attribute("amount", amount.to_string());
    let payout = payment::pay(&config.asset, destination, amount)?;
    Ok(Response::new().add_event(event).add_message(payout))
}

/// Takes all of one part: its name, what it held, where it goes.
fn empty<'a>(
    config: &'a Config,
    books: &mut Books,
    account: CommunityAccount,
) -> Result<(String, Amount, &'a Destination), ContractError> {
    let index = match account {
        CommunityAccount::Rounding {} => {
            return Ok(("rounding".to_owned(), take(&mut books.rounding), &config.rounding));
        }
        CommunityAccount::Fee { index } => index,
    };
    let unknown = || ContractError::UnknownFee {
        count: config.fees.len(),
        got: index,
    };
    let fee = config.fees.get(usize::from(index)).ok_or_else(unknown)?;
    let amount = books
        .fees
        .get_mut(usize::from(index))
        .map(take)
        .ok_or_else(unknown)?;
    Ok((fee.label.clone(), amount, &fee.destination))
}
