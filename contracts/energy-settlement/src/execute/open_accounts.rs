use cosmwasm_std::{Addr, Response, Storage};
use gridpact_market::Terms;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_types::settlement::bounds::MAX_OPENINGS;
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_units::{IntervalIndex, IntervalLength, Seat};

use crate::authority::check_registry;
use crate::counters::Counters;
use crate::error::ContractError;
use crate::roster::{Holder, Roster};
use crate::state::{self, SlotRecord};

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
    let interval_length = state::policy(storage)?.interval_length;
    if interval_length != opening.interval_length {
        return Err(ContractError::IntervalLength {
            expected: interval_length,
            got: opening.interval_length,
        });
    }
    let max = MAX_OPENINGS;
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
    state::save_counters(storage, &counters);
    let event = SettlementEvent::AccountsOpened {
        roster_version: opening.roster_version,
        from: opening.from,
        first_slot: first,
        count: u32::try_from(got).unwrap_or(u32::MAX),
    };
    Ok(Response::new().add_event(event))
}

fn open(
    storage: &mut dyn Storage,
    counters: &mut Counters,
    roster: &mut Roster,
    account: AccountOpening,
    owner: Addr,
) -> Result<(), ContractError> {
    let slot = account.slot;
    let expected = Seat(counters.seats);
    if account.seat != expected {
        let got = account.seat;
        return Err(ContractError::SeatOrder { expected, got });
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
    let exhausted = || ContractError::Arithmetic { what: "seats" };
    counters.seats = counters.seats.checked_add(1).ok_or_else(exhausted)?;
    counters.accounts = counters.accounts.checked_add(1).ok_or_else(exhausted)?;
    roster.set(account.seat, Holder { slot, terms });
    let seat = Some(account.seat);
    state::save_slot(storage, slot, &SlotRecord { seat, owner })?;
    Ok(())
}
