use cosmwasm_std::{Response, Storage};
use gridpact_types::registry::events::RegistryEvent;

use crate::error::ContractError;
use crate::progress::Clock;
use crate::schedule::advanced;
use crate::state;
use crate::window::Window;

/// Closes what is too old to be reported, so that reports can go on. Nobody took part in it, so no settlement hears of
/// it, and it may reach over rosters. One window however long it is: its cost does not grow with the silence.
pub(crate) fn close_gap(storage: &mut dyn Storage, clock: &Clock) -> Result<Response, ContractError> {
    let progress = state::progress(storage)?;
    if progress.roster_version == 0 {
        return Err(ContractError::BeforeFirstRoster);
    }
    let (first, oldest) = (progress.next_interval, clock.oldest());
    let intervals = match oldest.since(first) {
        None | Some(0) => return Err(ContractError::NothingToClose { next: first, oldest }),
        Some(intervals) => intervals,
    };
    state::save_window(storage, first, &Window::Gap { intervals });
    let progress = advanced(storage, &progress, oldest)?;
    state::save_progress(storage, &progress);
    Ok(Response::new().add_event(RegistryEvent::GapClosed {
        first_interval: first,
        intervals,
    }))
}
