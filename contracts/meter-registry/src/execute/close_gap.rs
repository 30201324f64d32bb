use cosmwasm_std::{Event, Response, Storage};
use gridpact_types::registry::events;

use crate::error::ContractError;
use crate::execute::advanced;
use crate::state;
use crate::window::{Clock, Window};

/// Closes what is too old to be reported, so that reports can go on. Nobody took part in it, so no settlement hears of
/// it, and it may reach over rosters. One window however long it is: its cost does not grow with the silence.
pub(crate) fn close_gap(storage: &mut dyn Storage, clock: &Clock) -> Result<Response, ContractError> {
    let progress = state::progress(storage)?;
    if progress.roster_version == 0 {
        return Err(ContractError::NoRoster);
    }
    let (first, oldest) = (progress.next_interval, clock.oldest());
    let intervals = match oldest.since(first) {
        None | Some(0) => return Err(ContractError::NoGap { next: first, oldest }),
        Some(intervals) => intervals,
    };
    state::save_window(storage, first, &Window::Gap { intervals });
    let progress = advanced(storage, &progress, oldest)?;
    state::save_progress(storage, &progress);
    let event = Event::new(events::GAP_CLOSED)
        .add_attribute("first_interval", first.to_string())
        .add_attribute("intervals", intervals.to_string());
    Ok(Response::new().add_event(event))
}
