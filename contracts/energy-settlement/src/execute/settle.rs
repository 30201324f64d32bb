use cosmwasm_std::{Addr, Event, Response, Storage};
use gridpact_market::{Account, Policy, WindowOutcome, WindowSettlement};
use gridpact_report::{Decoder, Header};
use gridpact_types::settlement::bounds::FINALISED_A_REPORT;
use gridpact_types::settlement::events;
use gridpact_types::settlement::messages::ReportBody;
use gridpact_units::{Amount, Price, UnixSeconds};

use super::check_registry;
use super::finalise::fold;
use crate::balances::Balances;
use crate::books::{add, sub};
use crate::error::ContractError;
use crate::held::{Held, HeldSeat};
use crate::seat_terms::SeatTerms;
use crate::state;

/// Settles the window of a report that the registry accepted. It succeeds whatever the balances are: who cannot pay buys
/// less.
///
/// Windows whose time is over are made final first, a few: their credits pay for this one, and both share the rewrite of
/// the pages.
pub(crate) fn settle(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    header: &[u8],
    body: &ReportBody,
    final_at: UnixSeconds,
) -> Result<Response, ContractError> {
    let config = state::config(storage)?;
    check_registry(&config, sender)?;
    let header = Header::decode(header)?;
    let ReportBody::Readings(readings) = body;
    let decoder = Decoder::new(&header, readings)?;
    let first_interval = header.first_interval;
    if state::held(storage, first_interval)?.is_some() {
        return Err(ContractError::Settled { first_interval });
    }
    let counters = state::counters(storage)?;
    let roster = roster(storage, &header, counters.newest_roster)?;
    let mut books = state::books(storage)?;
    let mut balances = Balances::load(storage, counters.seats.into())?;
    let finalised = fold(storage, now, FINALISED_A_REPORT, &mut balances, &mut books)?;

    let (outcome, prices) = share(&config.policy, &roster, &balances, decoder)?;
    let held = hold(&header, final_at, &outcome);
    for (free, seat) in balances.free.iter_mut().zip(&held.seats) {
        *free = sub(*free, seat.debit, "free balance")?;
    }
    let debits = held.debits();
    books.free = sub(books.free, debits, "free")?;
    books.held = add(books.held, debits, "held")?;
    balances.save(storage)?;
    state::save_books(storage, &books);
    state::save_held(storage, first_interval, &held)?;
    let event = settled_event(&header, &held, &outcome, prices);
    Ok(Response::new().add_events(finalised).add_event(event))
}

fn roster(storage: &dyn Storage, header: &Header, newest: u32) -> Result<SeatTerms, ContractError> {
    let got = header.roster_version;
    let roster = state::roster(storage, got)?.ok_or(ContractError::UnknownRoster { newest, got })?;
    if roster.0.len() == usize::from(header.seats) {
        Ok(roster)
    } else {
        Err(ContractError::Seats {
            expected: roster.0.len(),
            got: header.seats,
        })
    }
}

/// Lowest and highest price of a window's intervals.
type PriceRange = (Price, Price);

/// Shares every interval, one at a time: memory does not grow with the window.
fn share(
    policy: &Policy,
    roster: &SeatTerms,
    balances: &Balances,
    mut decoder: Decoder,
) -> Result<(WindowOutcome, PriceRange), ContractError> {
    let accounts: Vec<Account> = roster
        .0
        .iter()
        .zip(&balances.free)
        .map(|((slot, terms), free)| Account::new(*slot, *terms, *free))
        .collect();
    let mut window = WindowSettlement::new(policy, &accounts);
    let mut readings = Vec::new();
    let mut prices: Option<PriceRange> = None;
    while let Some(interval) = decoder.next_interval(&mut readings)? {
        let price = window.interval(interval, &readings)?.price;
        let (low, high) = prices.unwrap_or((price, price));
        prices = Some((low.min(price), high.max(price)));
    }
    decoder.finish()?;
    Ok((window.finish()?, prices.unwrap_or_default()))
}

fn hold(header: &Header, final_at: UnixSeconds, outcome: &WindowOutcome) -> Held {
    Held {
        intervals: header.intervals,
        revision: header.revision,
        roster_version: header.roster_version,
        final_at,
        rounding: outcome.community.rounding,
        fees: outcome.community.fees.clone(),
        seats: outcome
            .results
            .iter()
            .map(|result| HeldSeat {
                debit: result.debit,
                credit: result.credit,
            })
            .collect(),
    }
}

fn settled_event(header: &Header, held: &Held, outcome: &WindowOutcome, prices: PriceRange) -> Event {
    Event::new(events::WINDOW_SETTLED)
        .add_attribute("first_interval", header.first_interval.to_string())
        .add_attribute("intervals", header.intervals.to_string())
        .add_attribute("revision", header.revision.to_string())
        .add_attribute("traded_mwh", outcome.totals.traded.to_string())
        .add_attribute("debits", held.debits().to_string())
        .add_attribute("credits", held.credits().to_string())
        .add_attribute("fees", sum(&held.fees).to_string())
        .add_attribute("rounding", held.rounding.to_string())
        .add_attribute("lowest_price", prices.0.to_string())
        .add_attribute("highest_price", prices.1.to_string())
        .add_attribute("final_at", held.final_at.to_string())
}

fn sum(amounts: &[Amount]) -> Amount {
    Amount(amounts.iter().fold(0, |sum, amount| sum.saturating_add(amount.0)))
}
