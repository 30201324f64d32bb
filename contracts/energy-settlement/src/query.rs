//! What can be read.

use cosmwasm_std::{Addr, Storage};
use gridpact_storage::{page, page_limit, page_of_bytes};
use gridpact_types::settlement::answers::{
    AccountResponse, AccountsResponse, BooksResponse, CommunityResponse, ConfigResponse, EndedResponse,
    HeldResult, HeldResultsResponse, HeldWindow, HeldWindowsResponse, PendingResponse,
};
use gridpact_types::settlement::bounds::{
    DEFAULT_PAGE, MAX_HELD_PAGE, MAX_HELD_PAGE_BYTES, MAX_PAGE, MAX_PENDING_BYTES, MIN_PENDING_BYTES,
};
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use crate::balances;
use crate::ended;
use crate::error::ContractError;
use crate::held::{Held, HeldSeat};
use crate::rosters::Rosters;
use crate::state::{self, SlotRecord, StoredWindow};

pub(crate) fn config(storage: &dyn Storage) -> Result<ConfigResponse, ContractError> {
    let config = state::config(storage)?;
    let destinations = state::destinations(storage)?;
    let policy = state::policy(storage)?;
    Ok(ConfigResponse {
        registry: config.registry.to_string(),
        asset: config.asset,
        concerns: policy.concerns(),
        policy,
        fees: destinations.fees,
        rounding: destinations.rounding,
        accounts: state::counters(storage)?.accounts,
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
        free: balances::free(storage, record.place(slot))?,
    })
}

pub(crate) fn accounts(
    storage: &dyn Storage,
    owner: Option<&Addr>,
    start_after: Option<Slot>,
    limit: Option<u32>,
) -> Result<AccountsResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let slots = match owner {
        Some(owner) => state::slots_of(storage, owner, start_after),
        None => state::slots(storage, start_after),
    };
    let accounts = slots.map(|slot| {
        let (slot, record) = slot?;
        respond(storage, slot, record)
    });
    let (accounts, more) = page(accounts, limit)?;
    Ok(AccountsResponse { accounts, more })
}

/// By the rosters of the windows: who holds the seat today may be another.
pub(crate) fn held_results(
    storage: &dyn Storage,
    slot: Slot,
    start_after: Option<IntervalIndex>,
    limit: Option<u32>,
) -> Result<HeldResultsResponse, ContractError> {
    state::slot(storage, slot)?;
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_HELD_PAGE)?;
    let mut rosters = Rosters::new(state::counters(storage)?.newest_roster);
    let results = state::held_windows(storage, start_after).map(|window| {
        let StoredWindow {
            first_interval,
            held,
            bytes,
        } = window?;
        let seat = rosters.roster(storage, held.roster_version)?.seat_of(slot);
        let result = seat.and_then(|seat| held.seats.get(usize::from(seat.0)));
        let HeldSeat { debit, credit } = result.copied().unwrap_or_default();
        let result = HeldResult {
            first_interval,
            debit,
            credit,
            final_at: held.final_at,
        };
        Ok::<_, ContractError>((result, bytes))
    });
    let (results, more) = page_of_bytes(results, limit, MAX_HELD_PAGE_BYTES)?;
    Ok(HeldResultsResponse { results, more })
}

/// What one slot has in the windows not yet final, added up until enough was read.
pub(crate) fn pending(
    storage: &dyn Storage,
    now: UnixSeconds,
    slot: Slot,
    start_after: Option<IntervalIndex>,
) -> Result<PendingResponse, ContractError> {
    state::slot(storage, slot)?;
    let mut rosters = Rosters::new(state::counters(storage)?.newest_roster);
    let (mut sums, mut read) = (PendingResponse::default(), 0_usize);
    for window in state::held_windows(storage, start_after) {
        if read >= MAX_PENDING_BYTES {
            sums.more = true;
            break;
        }
        let window = window?;
        read = read.saturating_add(window.bytes.max(MIN_PENDING_BYTES));
        sums.last = Some(window.first_interval);
        let roster = rosters.roster(storage, window.held.roster_version)?;
        let seat = roster.seat_of(slot).map(|seat| usize::from(seat.0));
        if let Some(result) = seat.and_then(|seat| window.held.seats.get(seat)) {
            add_pending(&mut sums, now, window.held.final_at, *result);
        }
    }
    Ok(sums)
}

/// What is held came from free balances, whose sum is bounded: no sum overflows.
fn add_pending(sums: &mut PendingResponse, now: UnixSeconds, final_at: UnixSeconds, result: HeldSeat) {
    let add = |sum: &mut Amount, more: Amount| sum.0 = sum.0.saturating_add(more.0);
    sums.windows = sums.windows.saturating_add(1);
    add(&mut sums.debits, result.debit);
    if result.credit.is_zero() {
        return;
    }
    add(&mut sums.credits, result.credit);
    sums.last_final_at = sums.last_final_at.max(Some(final_at));
    if final_at <= now {
        add(&mut sums.ended, result.credit);
    } else {
        let next = sums.next_final_at.unwrap_or(final_at);
        sums.next_final_at = Some(next.min(final_at));
    }
}

pub(crate) fn held_windows(
    storage: &dyn Storage,
    start_after: Option<IntervalIndex>,
    limit: Option<u32>,
) -> Result<HeldWindowsResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_HELD_PAGE)?;
    let windows = state::held_windows(storage, start_after).map(|window| {
        let window = window?;
        let summary = summary(window.first_interval, &window.held);
        Ok::<_, ContractError>((summary, window.bytes))
    });
    let (windows, more) = page_of_bytes(windows, limit, MAX_HELD_PAGE_BYTES)?;
    Ok(HeldWindowsResponse { windows, more })
}

fn summary(first_interval: IntervalIndex, held: &Held) -> HeldWindow {
    HeldWindow {
        first_interval,
        intervals: held.intervals,
        revision: held.revision,
        roster_version: held.roster_version,
        final_at: held.final_at,
        debits: held.debits(),
        credits: held.credits(),
        fees: held.fees.iter().collect(),
        rounding: held.rounding,
    }
}

pub(crate) fn ended(storage: &dyn Storage, now: UnixSeconds) -> Result<EndedResponse, ContractError> {
    let (windows, finalise_first) = ended::count(storage, now)?;
    Ok(EndedResponse {
        windows,
        finalise_first,
    })
}

pub(crate) fn community(storage: &dyn Storage) -> Result<CommunityResponse, ContractError> {
    let books = state::books(storage)?;
    Ok(CommunityResponse {
        rounding: books.rounding,
        fees: books.fees.iter().collect(),
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
