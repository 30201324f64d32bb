//! One file an action. Handlers take storage and checked values.

mod admit;
mod close_gap;
mod drop;
mod ownership;
mod propose;
mod report;
mod schedule;

pub(crate) use admit::{admit_meters, Decision};
pub(crate) use close_gap::close_gap;
pub(crate) use drop::drop_proposal;
pub(crate) use ownership::{initialise, operator, update_ownership};
pub(crate) use propose::propose_meter;
pub(crate) use report::{report, Site};

use cosmwasm_std::Storage;
use gridpact_units::IntervalIndex;

use crate::error::ContractError;
use crate::state;
use crate::window::Progress;

/// The progress where a window ends at `to`: the next interval, and the roster in force there.
pub(crate) fn advanced(
    storage: &dyn Storage,
    progress: &Progress,
    to: IntervalIndex,
) -> Result<Progress, ContractError> {
    let mut advanced = Progress {
        next_interval: to,
        ..*progress
    };
    if progress.roster_ends.is_some_and(|ends| to >= ends) {
        let newest = state::counters(storage)?.newest_roster;
        advanced.roster_version = roster_at(storage, progress.roster_version, newest, to)?;
        advanced.roster_ends = match advanced.roster_version.checked_add(1) {
            Some(next) if next <= newest => Some(state::roster_start(storage, next)?),
            _ => None,
        };
    }
    Ok(advanced)
}

/// The roster in force at `interval`: the last of `oldest..=newest` that began by then. `oldest` has. Halves the range
/// each time, so a gap over a thousand rosters costs ten reads.
fn roster_at(
    storage: &dyn Storage,
    oldest: u32,
    newest: u32,
    interval: IntervalIndex,
) -> Result<u32, ContractError> {
    let (mut began, mut later) = (oldest, newest.saturating_add(1));
    while later.saturating_sub(began) > 1 {
        let middle = began.midpoint(later);
        if state::roster_start(storage, middle)? <= interval {
            began = middle;
        } else {
            later = middle;
        }
    }
    Ok(began)
}
