use cosmwasm_std::{Event, Response, Storage};
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_types::settlement::events;
use gridpact_units::UnixSeconds;

use crate::balances::Balances;
use crate::books::{add, sub, Books};
use crate::error::ContractError;
use crate::state;

/// Makes windows final whose time is over. With none it does nothing: a crank turned twice is no error.
pub(crate) fn finalise(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    limit: Option<u32>,
) -> Result<Response, ContractError> {
    let got = limit.unwrap_or(MAX_FINALISED);
    let limit = usize::try_from(got)
        .ok()
        .filter(|_| (1..=MAX_FINALISED).contains(&got));
    let limit = limit.ok_or(ContractError::Limit {
        max: MAX_FINALISED,
        got,
    })?;
    let mut books = state::books(storage)?;
    let mut balances = Balances::load(storage, state::counters(storage)?.seats.into())?;
    let finalised = fold(storage, now, limit, &mut balances, &mut books)?;
    balances.save(storage)?;
    state::save_books(storage, &books);
    Ok(Response::new().add_events(finalised))
}

/// Moves credits into the free balances and fees and rounding into the community account, the earliest end first.
pub(super) fn fold(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    limit: usize,
    balances: &mut Balances,
    books: &mut Books,
) -> Result<Vec<Event>, ContractError> {
    let mut finalised = Vec::new();
    for first_interval in state::ended(storage, now, limit)? {
        let Some(held) = state::held(storage, first_interval)? else {
            continue;
        };
        for (free, seat) in balances.free.iter_mut().zip(&held.seats) {
            *free = add(*free, seat.credit, "free balance")?;
        }
        books.held = sub(books.held, held.debits(), "held")?;
        books.free = add(books.free, held.credits(), "free")?;
        books.rounding = add(books.rounding, held.rounding, "rounding")?;
        for (fee, held) in books.fees.iter_mut().zip(&held.fees) {
            *fee = add(*fee, *held, "fees")?;
        }
        state::remove_held(storage, first_interval, &held);
        let event = Event::new(events::WINDOW_FINALISED)
            .add_attribute("first_interval", first_interval.to_string())
            .add_attribute("credits", held.credits().to_string());
        finalised.push(event);
    }
    Ok(finalised)
}
