//! Conditions that can never hold: money pledged under one would only be locked until the deadline.

use cosmwasm_std::{Addr, Storage};
use gridpact_types::escrow::bounds::MOST_PLEDGERS;

use crate::amounts::sum;
use crate::case::Case;
use crate::conditions::{Ask, PartyAsk, PledgersAsk};
use crate::error::ContractError;
use crate::state::pledges;

/// Refuses what is known never to be, whoever comes.
pub(crate) fn check_possible(storage: &dyn Storage, case: &Case, ask: &Ask) -> Result<(), ContractError> {
    for PartyAsk { party, at_least } in &ask.parties {
        let most = most_of(storage, case, party)?;
        at_most(&format!("a pledge of {party}"), most, at_least.0)?;
    }
    if let Some(PledgersAsk { count, at_least }) = &ask.pledgers {
        let most = most_with(storage, case, at_least.0)?;
        at_most(&format!("pledgers with {at_least}"), most, (*count).into())?;
    }
    if let Some(total) = ask.total {
        at_most("a total", most_in_all(storage, case)?, total.0)?;
    }
    Ok(())
}

fn at_most(what: &str, most: u128, got: u128) -> Result<(), ContractError> {
    if got <= most {
        return Ok(());
    }
    let what = what.to_owned();
    Err(ContractError::Impossible { what, most, got })
}

/// The most that an address may pledge.
fn most_of(storage: &dyn Storage, case: &Case, party: &Addr) -> Result<u128, ContractError> {
    if case.terms.bars(party) {
        return Ok(0);
    }
    if case.terms.minimum.is_some() {
        return Ok(case.terms.cap.0);
    }
    let named = pledges::party(storage, case.id, party)?;
    Ok(named.map_or(0, |amount| amount.0))
}

/// The most pledgers that may pledge this much each.
fn most_with(storage: &dyn Storage, case: &Case, at_least: u128) -> Result<u128, ContractError> {
    if case.terms.minimum.is_some() {
        let can = at_least <= case.terms.cap.0;
        return Ok(if can { MOST_PLEDGERS.into() } else { 0 });
    }
    let parties = pledges::parties(storage, case.id)?;
    let with = parties.iter().filter(|amount| amount.0 >= at_least);
    Ok(with.map(|_| 1_u128).sum())
}

/// The most that may be pledged in all.
fn most_in_all(storage: &dyn Storage, case: &Case) -> Result<u128, ContractError> {
    if case.terms.minimum.is_some() {
        return Ok(case.terms.cap.0.saturating_mul(MOST_PLEDGERS.into()));
    }
    let parties = pledges::parties(storage, case.id)?;
    Ok(sum(parties.into_iter().map(|amount| amount.0)))
}
