use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_market::Terms;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_types::settlement::events;
use gridpact_units::{IntervalIndex, IntervalLength, Seat};

use super::check_registry;
use crate::balances::SEATS_PER_PAGE;
use crate::error::ContractError;
use crate::seat_terms::SeatTerms;
use crate::state::{self, Counters, SlotRecord};

/// Accounts for a roster to come.
pub(crate) struct Opening {
    pub roster_version: u32,
    pub from: IntervalIndex,
    pub interval_length: IntervalLength,
    pub accounts: Vec<AccountOpening>,
    /// The owners of `accounts`, checked.
    pub owners: Vec<Addr>,
}

/// Opens accounts and stores the roster: a copy of the newest with the new seats behind, or the newest itself, added to,
/// while it has not begun.
pub(crate) fn open_accounts(
    storage: &mut dyn Storage,
    sender: &Addr,
    opening: Opening,
) -> Result<Response, ContractError> {
    let config = state::config(storage)?;
    check_registry(&config, sender)?;
    if config.policy.interval_length != opening.interval_length {
        return Err(ContractError::IntervalLength {
            expected: config.policy.interval_length,
            got: opening.interval_length,
        });
    }
    let max = usize::from(SEATS_PER_PAGE);
    let got = opening.accounts.len();
    let Some(first) = opening
        .accounts
        .first()
        .map(|account| account.slot)
        .filter(|_| got <= max)
    else {
        return Err(ContractError::AccountCount { max, got });
    };
    let mut counters = state::counters(storage)?;
    let newest = counters.newest_roster;
    if opening.roster_version != newest && Some(opening.roster_version) != newest.checked_add(1)
        || opening.roster_version == 0
    {
        return Err(ContractError::RosterVersion {
            newest,
            got: opening.roster_version,
        });
    }
    let mut roster = state::roster(storage, newest)?.unwrap_or_default();
    for (account, owner) in opening.accounts.into_iter().zip(opening.owners) {
        open(storage, &mut counters, &mut roster, account, owner)?;
    }
    state::save_roster(storage, opening.roster_version, &roster);
    counters.newest_roster = opening.roster_version;
    state::save_counters(storage, counters)?;
    let event = Event::new(events::ACCOUNTS_OPENED)
        .add_attribute("roster_version", opening.roster_version.to_string())
        .add_attribute("from", opening.from.to_string())
        .add_attribute("first_slot", first.to_string())
        .add_attribute("count", got.to_string());
    Ok(Response::new().add_event(event))
}

fn open(
    storage: &mut dyn Storage,
    counters: &mut Counters,
    roster: &mut SeatTerms,
    account: AccountOpening,
    owner: Addr,
) -> Result<(), ContractError> {
    let slot = account.slot;
    if account.seat != Seat(counters.seats) {
        return Err(ContractError::SeatOrder {
            expected: counters.seats.into(),
            got: account.seat,
        });
    }
    if state::has_slot(storage, slot) {
        return Err(ContractError::AccountExists { slot });
    }
    let terms = Terms {
        household: account.household,
        weight: account.weight,
        part: account.part,
        priority: account.priority,
        buy_tier: account.buy_tier,
        sell_tier: account.sell_tier,
    };
    terms
        .validate()
        .map_err(|error| ContractError::Terms { slot, error })?;
    counters.seats = counters
        .seats
        .checked_add(1)
        .ok_or(ContractError::Arithmetic { what: "seats" })?;
    roster.0.push((slot, terms));
    state::save_slot(
        storage,
        slot,
        &SlotRecord {
            seat: account.seat,
            owner,
        },
    )?;
    Ok(())
}
