use cosmwasm_std::{Response, Storage};
use gridpact_types::registry::events::RegistryEvent;

use crate::error::ContractError;
use crate::progress::{Clock, Progress};
use crate::schedule::advanced;
use crate::state;
use crate::window::Window;

/// Closes what is too old to be reported, so that reports can go on. Nobody took part in it, so no settlement hears of
/// it, and it may reach over rosters. One window however long it is: its cost does not grow with the silence.
///
/// From now on what is left stays reportable for a grace, however slow the committee is within it.
pub(crate) fn close_gap(storage: &mut dyn Storage, clock: &Clock) -> Result<Response, ContractError> {
    let progress = state::progress(storage)?;
    let Some((first_interval, intervals)) = progress.gap(clock) else {
        // Not refused: else whoever closes a gap first makes the transaction fail that was to close it and report.
        return Ok(Response::new().add_event(RegistryEvent::NoGap {
            next_interval: (progress.roster_version != 0).then_some(progress.next_interval),
            oldest_interval: progress.oldest(clock),
        }));
    };
    state::save_window(storage, first_interval, &Window::Gap { intervals });
    let closed = Progress {
        last_closing: Some(clock.now),
        ..advanced(storage, &progress, first_interval.plus(intervals))?
    };
    state::save_progress(storage, &closed);
    Ok(Response::new().add_event(RegistryEvent::GapClosed {
        first_interval,
        intervals,
    }))
}
