use cosmwasm_std::{Addr, Response, Storage};
use gridpact_market::{Account, IntervalOutcome, Policy, WindowOutcome, WindowSettlement};
use gridpact_report::archive::{balances_hash, results_hash};
use gridpact_report::connections::Connections;
use gridpact_report::{Decoder, Header};
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_types::settlement::messages::ReportBody;
use gridpact_units::{EnergyTotal, Price, UnixSeconds};

use crate::authority::check_registry;
use crate::ended::Ended;
use crate::error::ContractError;
use crate::held::{Held, HeldSeat};
use crate::ledger::Ledger;
use crate::roster::Roster;
use crate::state;

/// A report that the registry accepted.
pub(crate) struct Accepted<'a> {
    pub header: &'a [u8],
    pub body: &'a ReportBody,
    /// What every seat's connection can carry.
    pub connections: &'a [u8],
    pub final_at: UnixSeconds,
}

/// Settles the window of a report that the registry accepted. It succeeds whatever the balances are: who cannot pay buys
/// less.
///
/// Every window whose time is over is made final first: its credits pay for this one, and both share the rewrite of the pages. If a
/// few were left, who gets how much would be up to whoever sends `finalise` or does not; so more than a message can take are
/// refused.
pub(crate) fn settle(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    sender: &Addr,
    report: Accepted,
) -> Result<Response, ContractError> {
    let config = state::config(storage)?;
    check_registry(&config, sender)?;
    let header = Header::decode(report.header)?;
    let ReportBody::Readings(readings) = report.body;
    let decoder = Decoder::new(&header, readings)?;
    let connections = Connections::decode(report.connections)?;
    let first_interval = header.first_interval;
    let ended = Ended::list(storage, now)?;
    if ended.more {
        return Err(ContractError::FinaliseFirst {});
    }
    let mut ledger = Ledger::load(storage)?;
    ledger.books.check_next(first_interval)?;
    let roster = ledger.rosters.roster(storage, header.roster_version)?;
    check_seats(roster, header.seats.into())?;
    check_seats(roster, connections.seats())?;
    let finalised = ledger.finalise(storage, &ended.windows)?;

    let accounts = ledger.accounts(storage, header.roster_version)?;
    let balances = balances_hash(accounts.iter().map(|account| account.free));
    let (outcome, prices) = share(&state::policy(storage)?, &accounts, &connections, decoder)?;
    let held = hold(&header, report.final_at, &outcome);
    ledger.debit(storage, first_interval, &held)?;
    ledger.save(storage)?;
    state::save_held(storage, first_interval, &held)?;
    let event = settled_event(&header, &held, &outcome, prices, balances);
    Ok(Response::new().add_events(finalised).add_event(event))
}

fn check_seats(roster: &Roster, got: usize) -> Result<(), ContractError> {
    let expected = roster.0.len();
    if got == expected {
        Ok(())
    } else {
        Err(ContractError::Seats { expected, got })
    }
}

/// Lowest and highest price at which something was traded in a window; nothing where nothing was.
type PriceRange = (Price, Price);

/// Shares every interval, one at a time: memory does not grow with the window. What no connection can carry settles nothing.
fn share(
    policy: &Policy,
    accounts: &[Account],
    connections: &Connections,
    mut decoder: Decoder,
) -> Result<(WindowOutcome, PriceRange), ContractError> {
    let mut window = WindowSettlement::new(policy, accounts);
    let mut readings = Vec::new();
    let mut prices: Option<PriceRange> = None;
    while let Some(interval) = decoder.next_interval(&mut readings)? {
        connections.check(interval, &readings)?;
        let IntervalOutcome { price, traded, .. } = window.interval(interval, &readings)?;
        if traded != EnergyTotal(0) {
            let (low, high) = prices.unwrap_or((price, price));
            prices = Some((low.min(price), high.max(price)));
        }
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
        fees: outcome.community.fees.iter().copied().collect(),
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

fn settled_event(
    header: &Header,
    held: &Held,
    outcome: &WindowOutcome,
    (lowest_price, highest_price): PriceRange,
    balances: [u8; 32],
) -> SettlementEvent {
    SettlementEvent::WindowSettled {
        first_interval: header.first_interval,
        intervals: header.intervals,
        revision: header.revision,
        supply_mwh: outcome.totals.supply,
        demand_mwh: outcome.totals.demand,
        payable_mwh: outcome.totals.payable,
        traded_mwh: outcome.totals.traded,
        counted_mwh: outcome.totals.counted,
        debits: held.debits(),
        credits: held.credits(),
        fees: held.fees.sum(),
        rounding: held.rounding,
        lowest_price,
        highest_price,
        final_at: held.final_at,
        balances,
        results: results_hash(held.seats.iter().map(|seat| (seat.debit, seat.credit))),
    }
}
