//! How many intervals a draft of a slot covers: a pure function of the chain's state, the slot, the shared file and how often
//! the chain refused a certificate. Every member computes it; nobody has to be believed.
//!
//! A window ends at a boundary of the shared file (every `window` seconds from `offset` on) whose delay is over when the slot
//! begins, the last one there is. Where a roster ends, or the grace after a closing, it ends there at the latest, whether a
//! boundary lies in it or not.

use gridpact_units::{IntervalIndex, Seconds, UnixSeconds};

use crate::bounds::LAST_REVISION;
use crate::chain::{ChainState, Grid};
use crate::moment::Moment;
use crate::slots::Slots;

/// When reports are made, out of the shared file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Length of a window; whole intervals, at most what a report holds.
    pub window: Seconds,
    /// Where windows begin: so long after a multiple of `window` since 1970-01-01T00:00Z.
    pub offset: Seconds,
    /// How long after its end a window is left for late readings.
    pub delay: Seconds,
    /// The shortest slot, T.
    pub slot: Seconds,
}

/// The slots of the next window.
///
/// Slot 0 begins at the end of the window's first stretch and its delay. Where that was over when the window before was accepted,
/// the window begins then, and its slots go on from the revision that was accepted: reports are behind, perhaps since the chain
/// refused longer ones, and all that was signed of those has a smaller revision. From 0 on, it would have to be passed again slot
/// by slot in each of the windows that it covers.
pub fn slots(grid: &Grid, state: &ChainState, times: &Times) -> Slots {
    let end = first_end(grid, state, times);
    let ready = grid.start_of(end).plus(times.delay);
    let behind = state.accepted_before.filter(|before| before.at >= ready);
    let (anchor, first) = behind.map_or((ready, 0), |before| (before.at, before.revision));
    Slots {
        anchor: Moment::of(anchor),
        first: first.min(LAST_REVISION),
        shortest: times.slot,
    }
}

/// Intervals of a draft of a slot after so many halvings; `None` in a slot before the first.
pub fn extent(
    grid: &Grid,
    state: &ChainState,
    times: &Times,
    slot_start: Moment,
    halvings: u8,
) -> Option<u16> {
    let ready = slot_start.second().0.checked_sub(times.delay.0)?;
    // Ends at the beginning of an interval b with b L + delay <= the slot's start.
    let ready = grid.limit.length.index_at(ready);
    let farthest = state.farthest(grid);
    let boundary = boundary_before(grid, times, farthest.min(ready));
    let hard = state
        .hard_ends(grid)
        .filter(|end| *end <= farthest && *end <= ready)
        .max();
    let end = boundary.max(hard)?;
    let intervals = u16::try_from(end.since(state.first)?).ok()?;
    let halved = intervals.checked_shr(halvings.into()).unwrap_or(0);
    (intervals > 0).then_some(halved.max(1))
}

/// Where the first stretch of the next window ends: at the first boundary behind its beginning, or where it must end sooner.
fn first_end(grid: &Grid, state: &ChainState, times: &Times) -> IntervalIndex {
    let window = times.window.0.max(1);
    let start = grid.start_of(state.first).0;
    let into = (u128::from(start))
        .saturating_add(window.into())
        .saturating_sub(u128::from(times.offset.0).min(window.into()))
        .checked_rem(window.into())
        .unwrap_or(0);
    let rest = window.saturating_sub(u64::try_from(into).unwrap_or(0));
    let boundary = grid.limit.length.index_at(start.saturating_add(rest));
    boundary.max(state.first.plus(1)).min(state.farthest(grid))
}

/// The last boundary that is an interval's beginning, at or before one.
fn boundary_before(grid: &Grid, times: &Times, interval: IntervalIndex) -> Option<IntervalIndex> {
    let moment: UnixSeconds = grid.start_of(interval);
    let since = moment.0.checked_sub(times.offset.0)?;
    let into = since.checked_rem(times.window.0)?;
    Some(grid.limit.length.index_at(moment.0.saturating_sub(into)))
}
