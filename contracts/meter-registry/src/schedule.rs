//! The rosters in time: when the next may begin, which version it gets, and which is in force.

use cosmwasm_std::Storage;
use gridpact_types::registry::bounds::{MAX_FUTURE_ROSTERS, MAX_NOTICE};
use gridpact_units::IntervalIndex;

use crate::calendar::Calendar;
use crate::error::ContractError;
use crate::progress::{Clock, Progress};
use crate::state::{self, Counters};

/// Where the next roster may begin: strictly in the future, so that nobody joins an interval whose readings may be known.
pub(crate) fn soonest(clock: &Clock, calendar: &Calendar) -> IntervalIndex {
    calendar.next(clock.running().plus(1))
}

/// A roster begins where rosters may, and not so far ahead that a slip shuts the grid's door.
pub(crate) fn check_from(
    clock: &Clock,
    calendar: &Calendar,
    from: IntervalIndex,
) -> Result<(), ContractError> {
    let soonest = soonest(clock, calendar);
    let latest = clock.limit.length.index_at(clock.now.plus(MAX_NOTICE).0);
    if from < soonest || from > latest {
        return Err(ContractError::From {
            soonest,
            latest,
            got: from,
        });
    }
    match calendar.next(from) {
        next if next == from => Ok(()),
        next => Err(ContractError::NoBeginning { next, got: from }),
    }
}

/// The version of the roster that begins at `from`: the newest, where it begins just then, or a new one behind it.
pub(crate) fn version_from(
    storage: &dyn Storage,
    counters: &Counters,
    from: IntervalIndex,
    soonest: IntervalIndex,
) -> Result<u32, ContractError> {
    if counters.newest_roster == 0 {
        return Ok(1);
    }
    let scheduled = state::roster_start(storage, counters.newest_roster)?;
    if from < scheduled {
        return Err(ContractError::BeforeScheduled { scheduled, got: from });
    }
    if from == scheduled {
        return Ok(counters.newest_roster);
    }
    let future = future_rosters(storage, counters.newest_roster, soonest)?;
    if future >= MAX_FUTURE_ROSTERS {
        return Err(ContractError::FutureRosters { got: future });
    }
    counters
        .newest_roster
        .checked_add(1)
        .ok_or(ContractError::Exhausted {
            what: "roster versions",
        })
}

/// How many rosters have not begun; looks at no more than are allowed.
fn future_rosters(storage: &dyn Storage, newest: u32, soonest: IntervalIndex) -> Result<u32, ContractError> {
    let mut future = 0_u32;
    for version in (1..=newest).rev() {
        if future >= MAX_FUTURE_ROSTERS || state::roster_start(storage, version)? < soonest {
            break;
        }
        future = future.saturating_add(1);
    }
    Ok(future)
}

/// The first roster's beginning is the grid's first interval; the first one behind the roster in force is where that one
/// ends. Later ones are found when the reports come to them.
pub(crate) fn save_schedule(
    storage: &mut dyn Storage,
    version: u32,
    from: IntervalIndex,
) -> Result<(), ContractError> {
    let progress = state::progress(storage)?;
    if progress.roster_version == 0 {
        let first = Progress {
            roster_version: version,
            next_interval: from,
            ..progress
        };
        state::save_progress(storage, &first);
    } else if progress.roster_version < version && progress.roster_ends.is_none() {
        state::save_progress(
            storage,
            &Progress {
                roster_ends: Some(from),
                ..progress
            },
        );
    }
    Ok(())
}

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
