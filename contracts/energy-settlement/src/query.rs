//! What can be read.

use cosmwasm_std::Storage;
use gridpact_types::settlement::answers::{
    AccountResponse, AccountsResponse, BooksResponse, CommunityResponse, ConfigResponse, HeldResult,
    HeldResultsResponse, HeldWindow, HeldWindowsResponse,
};
use gridpact_types::settlement::bounds::{DEFAULT_PAGE, MAX_HELD_PAGE, MAX_PAGE};
use gridpact_units::{IntervalIndex, Slot};

use crate::balances;
use crate::error::ContractError;
use crate::held::Held;
use crate::state::{self, SlotRecord};

pub(crate) fn config(storage: &dyn Storage) -> Result<ConfigResponse, ContractError> {
    let config = state::config(storage)?;
    Ok(ConfigResponse {
        registry: config.registry.to_string(),
        asset: config.asset,
        policy: config.policy,
        fees: config.fees,
        rounding: config.rounding,
        accounts: state::counters(storage)?.seats.into(),
    })
}

pub(crate) fn account(storage: &dyn Storage, slot: Slot) -> Result<AccountResponse, ContractError> {
    respond(storage, slot, state::slot(storage, slot)?)
}

fn respond(storage: &dyn Storage, slot: Slot, record: SlotRecord) -> Result<AccountResponse, ContractError> {
    Ok(AccountResponse {
        slot,
        seat: record.seat,
        owner: record.owner.to_string(),
        free: balances::free(storage, record.seat)?,
    })
}

pub(crate) fn accounts(
    storage: &dyn Storage,
    start_after: Option<Slot>,
    limit: Option<u32>,
) -> Result<AccountsResponse, ContractError> {
    let (slots, more) = page(state::slots(storage, start_after), limit, MAX_PAGE)?;
    let accounts = slots.into_iter().map(|slot| {
        let (slot, record) = slot?;
        respond(storage, slot, record)
    });
    Ok(AccountsResponse {
        accounts: accounts.collect::<Result<_, _>>()?,
        more,
    })
}

pub(crate) fn held_results(
    storage: &dyn Storage,
    slot: Slot,
    start_after: Option<IntervalIndex>,
    limit: Option<u32>,
) -> Result<HeldResultsResponse, ContractError> {
    let seat = usize::from(state::slot(storage, slot)?.seat.0);
    let (windows, more) = page(state::held_windows(storage, start_after), limit, MAX_HELD_PAGE)?;
    let results = windows.into_iter().map(|window| {
        let (first_interval, held) = window?;
        let result = held.seats.get(seat).copied().unwrap_or_default();
        Ok(HeldResult {
            first_interval,
            debit: result.debit,
            credit: result.credit,
            final_at: held.final_at,
        })
    });
    Ok(HeldResultsResponse {
        results: results.collect::<Result<_, ContractError>>()?,
        more,
    })
}

pub(crate) fn held_windows(
    storage: &dyn Storage,
    start_after: Option<IntervalIndex>,
    limit: Option<u32>,
) -> Result<HeldWindowsResponse, ContractError> {
    let (windows, more) = page(state::held_windows(storage, start_after), limit, MAX_HELD_PAGE)?;
    let windows = windows
        .into_iter()
        .map(|window| window.map(|(first, held)| summary(first, held)));
    Ok(HeldWindowsResponse {
        windows: windows.collect::<Result<_, _>>()?,
        more,
    })
}

fn summary(first_interval: IntervalIndex, held: Held) -> HeldWindow {
    HeldWindow {
        first_interval,
        intervals: held.intervals,
        revision: held.revision,
        roster_version: held.roster_version,
        final_at: held.final_at,
        debits: held.debits(),
        credits: held.credits(),
        fees: held.fees,
        rounding: held.rounding,
    }
}

pub(crate) fn community(storage: &dyn Storage) -> Result<CommunityResponse, ContractError> {
    let books = state::books(storage)?;
    Ok(CommunityResponse {
        rounding: books.rounding,
        fees: books.fees,
    })
}

pub(crate) fn books(storage: &dyn Storage) -> Result<BooksResponse, ContractError> {
    let books = state::books(storage)?;
    Ok(BooksResponse {
        community: books.community()?,
        deposited: books.deposited,
        withdrawn: books.withdrawn,
        swept: books.swept,
        free: books.free,
        held: books.held,
    })
}

/// The first entries, and whether more follow.
fn page<T, E>(
    mut entries: impl Iterator<Item = Result<T, E>>,
    limit: Option<u32>,
    max: u32,
) -> Result<(Vec<Result<T, E>>, bool), ContractError> {
    let got = limit.unwrap_or(DEFAULT_PAGE);
    let count = usize::try_from(got).ok().filter(|_| (1..=max).contains(&got));
    let count = count.ok_or(ContractError::Limit { max, got })?;
    let first: Vec<Result<T, E>> = entries.by_ref().take(count).collect();
    Ok((first, entries.next().is_some()))
}
