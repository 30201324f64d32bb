use core::mem::take;

use cosmwasm_std::{QuerierWrapper, Response, Storage};
use gridpact_types::settlement::accounts::{CommunityAccount, Destination};
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_units::Amount;

use crate::amounts::add;
use crate::books::Books;
use crate::error::ContractError;
use crate::payment;
use crate::state::{self, Destinations};

/// Pays a part of the community account to the destination set at the start, or to its second one where the first has failed or
/// was ended early. Where the destination refuses, or its escrow does not answer, the message fails and the money stays.
pub(crate) fn sweep(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    account: CommunityAccount,
) -> Result<Response, ContractError> {
    let config = state::config(storage)?;
    let mut books = state::books(storage)?;
    let destinations = state::destinations(storage)?;
    let (name, amount, destination) = empty(&destinations, &mut books, account)?;
    if amount.is_zero() {
        return Err(ContractError::Nothing {
            what: name.to_owned(),
        });
    }
    books.swept = add(books.swept, amount, "swept")?;
    state::save_books(storage, &books);
    let (payee, payout) = payment::pay(querier, &config.asset, destination, amount)?;
    let event = SettlementEvent::Swept {
        account,
        payee: payee.to_owned(),
        amount,
    };
    Ok(Response::new().add_event(event).add_message(payout))
}

/// Takes all of one part: its name, what it held, where it goes. Whether the policy still has the fee does not matter.
fn empty<'a>(
    destinations: &'a Destinations,
    books: &mut Books,
    account: CommunityAccount,
) -> Result<(&'a str, Amount, &'a Destination), ContractError> {
    let id = match account {
        CommunityAccount::Rounding {} => {
            return Ok(("rounding", take(&mut books.rounding), &destinations.rounding));
        }
        CommunityAccount::Fee { id } => id,
    };
    let unknown = || ContractError::UnknownFee {
        known: destinations.fees.iter().map(|fee| fee.id).collect(),
        got: id,
    };
    let fee = destinations
        .fees
        .iter()
        .find(|fee| fee.id == id)
        .ok_or_else(unknown)?;
    Ok((&fee.label, books.fees.take(id), &fee.destination))
}
