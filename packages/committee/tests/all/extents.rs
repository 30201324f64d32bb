use gridpact_committee::bounds::LAST_REVISION;
use gridpact_committee::chain::{Accepted, ChainState};
use gridpact_committee::extent::{extent, slots, Times};
use gridpact_committee::moment::Moment;
use gridpact_committee::slots::Slots;
use gridpact_units::{IntervalIndex, Seconds, UnixSeconds};
use proptest::prelude::*;

use super::support::{grid, state};

const DAY: u64 = 86_400;
/// A midnight, as an interval of 900 s.
const MIDNIGHT: u64 = 96 * 20_788;

fn times(window: u64, delay: u64) -> Times {
    Times {
        window: Seconds(window),
        offset: Seconds(0),
        delay: Seconds(delay),
        slot: Seconds(60),
    }
}

fn second(interval: u64) -> u64 {
    interval * 900
}

fn at(state: &ChainState, times: &Times, seconds: u64, halvings: u8) -> Option<u16> {
    extent(
        &grid(7 * DAY),
        state,
        times,
        Moment::of(UnixSeconds(seconds)),
        halvings,
    )
}

#[test]
fn a_day_is_reported_when_its_delay_is_over() {
    let (state, times) = (state(MIDNIGHT, 4, 3), times(DAY, 120));
    let anchor = slots(&grid(7 * DAY), &state, &times).anchor;
    assert_eq!(anchor, Moment::of(UnixSeconds(second(MIDNIGHT + 96) + 120)));
    assert_eq!(at(&state, &times, second(MIDNIGHT + 96) + 119, 0), None);
    assert_eq!(at(&state, &times, second(MIDNIGHT + 96) + 120, 0), Some(96));
    // Late on the second day still one, and with the second over both.
    assert_eq!(at(&state, &times, second(MIDNIGHT + 191), 0), Some(96));
    assert_eq!(at(&state, &times, second(MIDNIGHT + 192) + 120, 0), Some(192));
    // Never more than a report holds.
    assert_eq!(at(&state, &times, second(MIDNIGHT + 500), 0), Some(192));
}

fn behind(first: u64, accepted: u64, revision: u16) -> Slots {
    let state = ChainState {
        accepted_before: Some(Accepted {
            at: UnixSeconds(accepted),
            revision,
        }),
        ..state(first, 4, 3)
    };
    slots(&grid(7 * DAY), &state, &times(DAY, 120))
}

/// Else what was signed of a longer draft in a late slot would have to be passed again, slot by slot, in each window that it covers.
#[test]
fn where_reports_are_behind_the_slots_go_on_as_they_were() {
    let ready = second(MIDNIGHT + 96) + 120;
    // At a boundary and beside one.
    for first in [MIDNIGHT, MIDNIGHT + 10] {
        for accepted in [ready, ready + 1, ready + 20 * 3_600] {
            let slots = behind(first, accepted, 57);
            assert_eq!(
                (slots.anchor, slots.first),
                (Moment::of(UnixSeconds(accepted)), 57)
            );
        }
    }
}

#[test]
fn where_they_are_not_the_slots_begin_anew() {
    let ready = second(MIDNIGHT + 96) + 120;
    let slots = behind(MIDNIGHT, ready - 1, 57);
    assert_eq!((slots.anchor, slots.first), (Moment::of(UnixSeconds(ready)), 0));
}

#[test]
fn the_last_revision_goes_on_too() {
    let slots = behind(MIDNIGHT, second(MIDNIGHT + 97), u16::MAX);
    assert_eq!(slots.at(slots.anchor), Some(LAST_REVISION));
}

#[test]
fn a_roster_s_end_ends_a_window() {
    let times = times(DAY, 120);
    let state = ChainState {
        roster_ends: Some(IntervalIndex(MIDNIGHT + 10)),
        ..state(MIDNIGHT, 4, 3)
    };
    let anchor = slots(&grid(7 * DAY), &state, &times).anchor;
    assert_eq!(anchor, Moment::of(UnixSeconds(second(MIDNIGHT + 10) + 120)));
    assert_eq!(at(&state, &times, second(MIDNIGHT + 10) + 120, 0), Some(10));
    assert_eq!(at(&state, &times, second(MIDNIGHT + 300), 0), Some(10));
}

#[test]
fn halvings_end_at_one_interval() {
    let (state, times) = (state(MIDNIGHT, 4, 3), times(DAY, 120));
    let late = second(MIDNIGHT + 96) + 120;
    let halved: Vec<_> = (0..=8).map(|k| at(&state, &times, late, k).unwrap()).collect();
    assert_eq!(halved, [96, 48, 24, 12, 6, 3, 1, 1, 1]);
}

#[test]
fn boundaries_may_lie_beside_midnight() {
    let times = Times {
        offset: Seconds(DAY - 3_600),
        ..times(DAY, 0)
    };
    // From midnight on the first boundary is at 23:00.
    let state = state(MIDNIGHT, 4, 3);
    assert_eq!(at(&state, &times, second(MIDNIGHT + 96), 0), Some(92));
}

proptest! {
    /// The first slot of every window has something to report, and what it has ended with its delay before the slot began.
    #[test]
    fn from_the_first_slot_on_there_is_an_extent(
        first in MIDNIGHT..MIDNIGHT + 400, window in 1_u64..=192, offset in 0_u64..192, delay in 0_u64..DAY,
        ends in proptest::option::of(1_u64..300), closing in proptest::option::of(0_u64..7 * DAY),
        slot in 0_u16..100, halvings in 0_u8..=7,
    ) {
        let grid = grid(7 * DAY);
        let times = Times {
            window: Seconds(window * 900),
            offset: Seconds(offset % window * 900),
            delay: Seconds(delay),
            slot: Seconds(60),
        };
        let state = ChainState {
            roster_ends: ends.map(|ends| IntervalIndex(first + ends)),
            closing: closing.map(|ago| UnixSeconds(second(first) + 7 * DAY - ago)),
            ..state(first, 4, 3)
        };
        let slots = slots(&grid, &state, &times);
        let start = slots.start(slot);
        let intervals = u64::from(extent(&grid, &state, &times, start, halvings).unwrap());
        prop_assert!((1..=192).contains(&intervals));
        prop_assert!(second(first + intervals) + delay <= start.second().0);
        prop_assert!(state.roster_ends.is_none_or(|ends| first + intervals <= ends.0));
        let later = u64::from(extent(&grid, &state, &times, slots.start(slot + 1), halvings).unwrap());
        prop_assert!(later >= intervals);
    }

    /// No window that is signed in one grace overlaps one after the next closing.
    #[test]
    fn what_is_signed_in_a_grace_is_closed_whole_or_not_at_all(
        limit in 3_600_u64..60 * DAY, closing in 60 * DAY..61 * DAY, later in 1_u64..10 * DAY, slot in 0_u16..140,
        window in 1_u64..=192,
    ) {
        let grid = grid(limit);
        let base = second(MIDNIGHT);
        let closing = UnixSeconds(base + closing);
        let first = grid.limit.oldest(closing, None);
        let state = ChainState { closing: Some(closing), ..state(first.0, 4, 3) };
        let times = Times { window: Seconds(window * 900), ..times(900, 0) };
        let next_closing = closing.plus(grid.limit.grace()).plus(Seconds(later));
        let next_first = grid.limit.oldest(next_closing, None);
        let start = slots(&grid, &state, &times).start(slot);
        let intervals = extent(&grid, &state, &times, start, 0).unwrap();
        prop_assert!(first.plus(intervals.into()) <= next_first);
    }
}
